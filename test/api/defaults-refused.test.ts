/** What the ERP refuses of the connection's defaults names the setting; no problem points at a field that was not sent. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

/** One wrong default each, and the body that leaves the value to it. */
const WRONG = {
  'ns-bank': { like: 'netsuite', defaults: { depositAccountId: '98765' }, names: 'defaults.depositAccountId' },
  'ns-ar': {
    like: 'netsuite',
    defaults: { depositAccountId: '10', arAccountId: '98765' },
    names: 'defaults.arAccountId',
  },
  'ns-method': {
    like: 'netsuite',
    defaults: { depositAccountId: '10', paymentMethods: { check: '98765' } },
    names: 'defaults.paymentMethods',
    says: { method: 'check' },
    pointers: ['/method'],
  },
  'in-bank': {
    like: 'intacct',
    defaults: { bankAccountId: 'NOBANK', locationId: '100', advanceAccountNo: '2100' },
    names: 'defaults.bankAccountId',
  },
  'in-advance': {
    like: 'intacct',
    defaults: { bankAccountId: 'BOA', locationId: '100', advanceAccountNo: '9999' },
    names: 'defaults.advanceAccountNo',
  },
  'in-place': {
    like: 'intacct',
    defaults: { bankAccountId: 'BOA', locationId: 'NOWHERE', advanceAccountNo: '2100' },
    names: 'defaults.locationId',
  },
  'in-currency': {
    like: 'intacct',
    defaults: { bankAccountId: 'BOA', locationId: '100', advanceAccountNo: '2100', currency: 'XTS' },
    names: 'defaults.currency',
    says: { currency: undefined },
    customer: { connection: 'in-currency', name: 'Of no currency' },
  },
} as const
type Case = keyof typeof WRONG
const CASES = Object.entries(WRONG) as [
  Case,
  (typeof WRONG)[Case] & { pointers?: readonly string[]; says?: object; customer?: object },
][]
const NATIVE = { netsuite: '456', intacct: 'ACME' }

describe("a connection's defaults", () => {
  let gateway: TestGateway
  beforeAll(async () => {
    const more = Object.fromEntries(
      CASES.map(([name, { like, defaults }]) => [name, { like, settings: { defaults } } as const]),
    )
    gateway = await startGateway({ customers: 5, more })
  })
  afterAll(() => gateway.close())

  const call = (method: string, path: string, body: object): Promise<Answer> =>
    gateway.request(method, path, { key: newKey(), body, as: OPERATOR_KEY })
  const pay = (name: Case, fields: object = {}): Promise<Answer> =>
    call('POST', '/v1/payments', {
      customer: { id: `cus_${name}_${NATIVE[WRONG[name].like]}` },
      ...{ date: '2026-04-10', amount: '5.00', currency: 'USD', ...fields },
    })
  const pointersOf = ({ body }: Answer): string[] => body.errors.map(({ pointer }: { pointer: string }) => pointer)

  it.each(CASES)(
    'of %s are named where the ERP refuses them',
    async (name, { names, pointers = [], says = {}, customer }) => {
      const made = customer && (await call('POST', '/v1/customers', customer)).body
      const answer = await pay(name, { ...says, ...(made && { customer: { id: made.id } }) })
      expect(answer.body).toMatchObject({ applied: 'no', code: 'invalid_reference' })
      expect(answer.body.detail).toContain(`settings of the connection: ${names}.`)
      expect(pointersOf(answer)).toEqual(pointers)
    },
  )
  it('are not named for what the caller says', async () => {
    const bank = await pay('ns-bank', { depositTo: { kind: 'bankAccount', id: '98765' } })
    expect(bank.body).toMatchObject({ code: 'invalid_reference' })
    expect(bank.body.detail).not.toContain('settings of the connection')
    expect(pointersOf(bank)).toEqual(['/depositTo'])
    const entity = await pay('in-bank', { depositTo: { kind: 'bankAccount', id: 'NOBANK' } })
    expect(entity.body.detail).not.toContain('settings of the connection')
    expect(pointersOf(entity)).toEqual(['/depositTo'])
  })
  it('are not named for another operation, whose body need not have the field', async () => {
    const change = await call('PATCH', '/v1/customers/cus_netsuite_456', { terms: { id: '98765' } })
    expect(pointersOf(change)).toEqual(['/terms'])
    expect(change.body.detail).not.toContain('settings of the connection')
  })
})

describe('a pointer', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({ customers: 5, more: { none: { like: 'netsuite', settings: { defaults: {} } } } })
  })
  afterAll(() => gateway.close())

  it('stays for a field that is missing', async () => {
    const body = { customer: { id: 'cus_none_456' }, date: '2026-04-10', amount: '5.00', currency: 'USD' }
    const answer = await gateway.request('POST', '/v1/payments', { key: newKey(), body, as: OPERATOR_KEY })
    expect(answer.body).toMatchObject({ code: 'field_required', errors: [{ pointer: '/depositTo' }] })
  })
  it('leads into no body where there is none', async () => {
    const { body } = await gateway.request('GET', '/v1/customers/cus_netsuite_999999')
    expect(body).toMatchObject({ status: 404, errors: [] })
  })
})
