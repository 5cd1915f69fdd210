/** Values that break carelessly built queries find exactly the right rows, whichever filter of NetSuite's lists they come in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { pageThrough } from '../support/pages.ts'

const LONG = 'x'.repeat(2000)
const LONG_WIDE = '漢'.repeat(2000)
/** Each stands beside a decoy that a wildcard, a comment or a cut value would find as well. */
const VALUES: readonly (readonly [value: string, decoy: string])[] = [
  ["O'Brien", 'OxBrien'],
  ["O''Brien", "O'Brien2"],
  ['"quoted"', 'xquotedx'],
  ['100%', '100 and more'],
  ['%', 'anything'],
  ['a_b', 'axb'],
  ['a--b', 'a'],
  ['a; b', 'a'],
  ['/* a */', ' a '],
  ['a]]b', 'a]b'],
  ['漢字', '漢'],
  ["' OR '1'='1", '1'],
  ['back\\slash', 'backslash'],
  ['back\\', 'back'],
  ['?', ':p'],
  ['{{x}} $y', '{x}'],
  ['trailing ', 'trailing'],
  ['\ttab', 'tab'],
]
const LONG_VALUES = [
  [LONG, `${LONG.slice(1)}y`],
  [LONG_WIDE, `${LONG_WIDE.slice(1)}字`],
] as const

const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`
const values = (text: string): string => encodeURIComponent(text)

describe.each(['2026.1', 'single'] as const)('%s', (profile) => {
  let gateway: TestGateway
  const customers = new Map<string, string>()
  beforeAll(async () => {
    gateway = await startGateway({ customers: 2, profile })
    const made = async (value: string, fields: object) => {
      const body = { connection: 'netsuite', companyName: 'Hostile', ...fields }
      const answer = await gateway.request('POST', '/v1/customers', { body })
      expect(answer.status, answer.text).toBe(201)
      customers.set(value, answer.body.id)
      return answer.body.id as string
    }
    for (const [place, pair] of VALUES.entries()) {
      for (const value of pair) {
        // The same text twice would rightly be found twice.
        if (customers.has(value)) continue
        const id = await made(value, { companyName: value, phone: `+${place}`, comments: value, resaleNumber: value })
        const payment = { customer: { id }, date: '2026-04-02', amount: '1.00', currency: 'USD' }
        const body = { ...payment, memo: value, reference: value }
        const paid = await gateway.request('POST', '/v1/payments', { key: newKey(), body })
        expect(paid.status, paid.text).toBe(201)
      }
    }
    for (const value of LONG_VALUES.flat()) await made(value, { comments: value })
  })
  afterAll(() => gateway.close())

  const found = (list: 'customers' | 'payments', query: string): Promise<Record<string, unknown>[]> =>
    pageThrough(gateway.request, `/v1/${list}?connection=netsuite&limit=200&${query}`)

  /** What the record service cannot be asked: another field than it knows, a lone quote or one of several, and what no URL holds. */
  const wordless = profile === 'single'
  const unsayable = (field: string, text: string): boolean =>
    wordless && (field === 'resaleNumber' || (text.includes('=in=') && /\\/.test(text)) || values(text).length > 7_500)
  const refused = async (list: 'customers' | 'payments', query: string, field: string): Promise<void> => {
    const { status, body } = await gateway.request('GET', `/v1/${list}?connection=netsuite&limit=200&${query}`)
    expect({ status, code: body.code }).toEqual({ status: 422, code: 'filter_not_supported' })
    expect(body.detail).toContain(`netsuite: ${field} cannot be used`)
  }

  /** A caller's `*` is a wildcard, in filters and in the value they compare. */
  describe.each(VALUES.map(([value]) => value))('%j', (value) => {
    const startsWith = (name: unknown) => String(name).toLowerCase().startsWith(value.toLowerCase())
    const contains = (name: unknown) => String(name).toLowerCase().includes(value.toLowerCase())
    const literal = !value.includes('*')

    it('finds the customer of that name', async () => {
      expect((await found('customers', `name=${values(value)}`)).map(({ id }) => id)).toEqual([customers.get(value)])
    })
    it.runIf(literal)('finds it by RSQL, in each text field', async () => {
      for (const field of ['name', 'companyName', 'comments', 'resaleNumber']) {
        for (const text of [`${field}==${quoted(value)}`, `${field}=in=(${quoted(value)},"no such")`]) {
          if (unsayable(field, text)) await refused('customers', `filter=${values(text)}`, field)
          else {
            const ids = (await found('customers', `filter=${values(text)}`)).map(({ id }) => id)
            expect({ text, ids }).toEqual({ text, ids: [customers.get(value)] })
          }
        }
      }
    })
    it('finds by beginnings and parts what begins with it and has it', async () => {
      const all = await found('customers', '')
      for (const [parameter, fits] of [
        ['nameStartsWith', startsWith],
        ['nameContains', contains],
      ] as const) {
        const ids = (await found('customers', `${parameter}=${values(value)}`)).map(({ id }) => id)
        expect({ parameter, ids }).toEqual({
          parameter,
          ids: all.filter(({ name }) => fits(name)).map(({ id }) => id),
        })
        expect(ids).toContain(customers.get(value))
      }
    })
    it('finds the payment with that reference and memo', async () => {
      const customer = (one: Record<string, unknown>) => (one['customer'] as { id: string }).id
      expect((await found('payments', `reference=${values(value)}`)).map(customer)).toEqual([customers.get(value)])
      if (!literal) return
      const byMemo = await found('payments', `filter=${values(`memo==${quoted(value)}`)}`)
      expect(byMemo.map(customer)).toEqual([customers.get(value)])
    })
  })

  it('tells values of 2,000 characters apart', async () => {
    for (const value of LONG_VALUES.flat()) {
      const text = `comments==${quoted(value)}`
      if (unsayable('comments', text)) await refused('customers', `filter=${values(text)}`, 'comments')
      else
        expect((await found('customers', `filter=${values(text)}`)).map(({ id }) => id)).toEqual([customers.get(value)])
    }
  })

  it('finds nothing by a name of 2,000 characters, or its beginning', async () => {
    const PARAMETERS = {
      customers: ['name', 'nameStartsWith', 'nameContains', 'email', 'number', 'externalId'],
      payments: ['number', 'reference', 'externalId'],
    } as const
    for (const value of [LONG, LONG_WIDE]) {
      for (const list of ['customers', 'payments'] as const) {
        for (const parameter of PARAMETERS[list]) {
          const query = `${parameter}=${values(value)}`
          const field = parameter.replace(/(StartsWith|Contains)$/, '')
          if (unsayable(field, value)) await refused(list, query, field)
          else expect({ parameter, found: await found(list, query) }).toEqual({ parameter, found: [] })
        }
      }
    }
  })
})
