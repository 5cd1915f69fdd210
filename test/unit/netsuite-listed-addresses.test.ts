/** Addresses of a page of customers, where the account answers as sandboxes do not. */
import { describe, expect, it } from 'vitest'
import type { ListQuery } from '../../src/providers/provider.ts'
import { type Answer, CURRENCIES, scripted } from './netsuite-scripted.ts'

const query: ListQuery = {
  ...{ filter: null, sort: [], after: null, limit: 50 },
  ...{ fields: new Set(['email', 'addresses']), include: new Set<string>() },
}
const rows = (items: object[], hasMore = false) => ({ items, hasMore, totalResults: items.length })
const PAGE = rows([{ id: '1' }, { id: '2' }])
const BOOK = { defaultbilling: 'F', defaultshipping: 'F' }
const address = (customer: string, line: string) => ({
  ...BOOK,
  ...{ customer, internalid: line, addressbookaddress: `9${line}`, nkey: `9${line}`, city: `City ${line}` },
})
/** The page, then what the address query is answered with. */
function customers(...answers: Answer[]) {
  const { connection, seen } = scripted([['POST', /suiteql/, PAGE, ...answers], CURRENCIES])
  const asked = () => seen.filter(({ path }) => path.includes('suiteql')).map(({ body }) => body)
  return { list: (wanted = query) => connection.listCustomers(wanted), asked }
}

describe('addresses in lists', () => {
  it('say which part of them cannot be read', async () => {
    const { list } = customers(
      rows([
        { ...address('1', '11'), state: {} },
        { ...BOOK, customer: '2' },
      ]),
    )
    const [first] = (await list()).items
    expect(first?.record.addresses).toMatchObject([{ city: 'City 11', region: null }])
    expect(first?.warnings).toMatchObject([{ pointer: '/addresses/0/region', code: 'garbled' }])
  })

  it('are asked for once for a page, and not at all where nobody wants them', async () => {
    const { list, asked } = customers(rows([address('1', '11'), { ...BOOK, customer: '2' }]))
    const { items } = await list()
    expect(items.map(({ record }) => record.addresses)).toMatchObject([[{ id: '11', city: 'City 11' }], []])
    expect(asked()).toHaveLength(2)
    expect(asked()[1]).toMatchObject({ q: expect.stringContaining('c.id IN (?, ?)'), params: [1, 2] })
    const plain = customers(rows([]))
    const [first] = (await plain.list({ ...query, fields: null })).items
    expect(first?.record).not.toHaveProperty('addresses')
    expect(plain.asked()).toHaveLength(1)
  })

  it('are all there where one answer cannot hold them', async () => {
    const rest = rows([address('1', '12'), address('2', '21')])
    const { list, asked } = customers(rows([address('1', '11')], true), rest)
    const ids = (await list()).items.map(({ record }) => record.addresses?.map(({ id }) => id))
    expect(ids).toEqual([['11', '12'], ['21']])
    expect(asked()[2]).toMatchObject({
      q: expect.stringContaining('AND (c.id > ? OR (c.id = ? AND b.internalid > ?)) ORDER BY c.id, b.internalid'),
      params: [1, 2, 1, 1, 11],
    })
  })

  const unknown = "Search error occurred: Record 'customeraddressbook' was not found."
  const detail = [{ detail: unknown, 'o:errorQueryParam': 'q', 'o:errorCode': 'INVALID_PARAMETER' }]
  it.each<[string, Answer]>([
    ['the tables', { status: 400, body: JSON.stringify({ status: 400, 'o:errorDetails': detail }) }],
    ['the rows of the address book', rows([{ customer: '1', defaultbillingaddress: '5' }])],
    ['the rows of the addresses', rows([{ ...address('1', '11'), nkey: undefined }])],
  ])('are refused, never empty, where the role may not see %s', async (_, answer) => {
    await expect(customers(answer).list()).rejects.toMatchObject({
      ...{ code: 'field_not_supported', message: expect.stringContaining('may not see') },
      options: { errors: [{ pointer: '?fields' }] },
    })
  })
})
