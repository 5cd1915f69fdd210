/** Paging by key over two objects that are one list: nothing is lost or twice, whatever the ERP does with empty values. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Client, QueryCall, QueryPage } from '../../src/providers/intacct/client.ts'
import type { ListedPage, Listing } from '../../src/providers/intacct/list.ts'
import { listRecords } from '../../src/providers/intacct/listing.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
import type { Position } from '../../src/providers/provider.ts'
import type { XmlNode } from '../../src/wire/xml.ts'

type Row = Readonly<Record<string, string>>

/** As the ERP would: dates by day, the rest as numbers or text. */
const keyOf = (column: string, value: string): number | string =>
  column === 'RECEIPTDATE' ? `${value.slice(6)}${value.slice(0, 5)}` : column === 'RECORDID' ? value : Number(value)

function fits(row: Row, [operator, content]: XmlNode): boolean {
  const parts = content as readonly XmlNode[]
  if (operator === 'and') return parts.every((part) => fits(row, part))
  if (operator === 'or') return parts.some((part) => fits(row, part))
  const [column = '', ...values] = parts.map(([, value]) => value as string)
  const own = row[column] ?? ''
  if (operator === 'isnull') return own === ''
  if (operator === 'isnotnull') return own !== ''
  if (operator === 'in') return values.includes(own)
  const [left, right] = [keyOf(column, own), keyOf(column, values[0] ?? '')]
  if (own === '') return false
  if (operator === 'equalto') return left === right
  return operator === 'greaterthan' ? left > right : left < right
}

function fakeClient(tables: Readonly<Record<string, readonly Row[]>>, nullsFirst: boolean): Client {
  const query = async (call: QueryCall): Promise<QueryPage> => {
    const rows = (tables[call.object] ?? []).filter((row) => !call.filter || fits(row, call.filter))
    rows.sort((left, right) => {
      for (const { field, descending } of call.orderBy ?? []) {
        const [one, other] = [left[field] ?? '', right[field] ?? '']
        if (one === other) continue
        if (one === '' || other === '') return (one === '') === nullsFirst ? -1 : 1
        return (keyOf(field, one) < keyOf(field, other) ? -1 : 1) * (descending ? -1 : 1)
      }
      return 0
    })
    const page = rows.slice(0, call.pageSize)
    return {
      records: page.map((fields) => ({ fields, content: '' })),
      total: rows.length,
      hasMore: rows.length > page.length,
    }
  }
  return { query, queries: (calls: readonly QueryCall[]) => Promise.all(calls.map(query)) } as unknown as Client
}

const filter = { predicate: true, ignoreCase: false }
const listing: Listing = {
  mapping: mappingsFor().payment,
  context: { currency: null, timeZone: 'UTC' },
  sources: [
    { object: 'ARPYMT', prefix: '', select: [], filter },
    { object: 'ARADVANCE', prefix: 'adv-', select: [], filter },
  ],
}
const row = fc.record({
  RECEIPTDATE: fc.constantFrom('', '01/31/2026', '02/01/2026', '12/31/2025'),
  TRX_TOTALENTERED: fc.constantFrom('', '5', '10', '9.50'),
  RECORDID: fc.constantFrom('', 'a1', 'B1', 'a2', 'Ä', '𝒳', '\ufb01'),
})
const table = fc
  .array(row, { maxLength: 12 })
  .map((rows) => rows.map((one, index) => ({ ...one, RECORDNO: String(index + 1) })))

describe('listRecords', () => {
  it('pages through everything once, in order', async () => {
    const sorts = fc.constantFrom([], ['date'], ['amount'], ['number'], ['amount', 'date'])
    const ways = fc.constantFrom('ascending' as const, 'descending' as const)
    await fc.assert(
      fc.asyncProperty(
        table,
        table,
        sorts,
        ways,
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        async (ARPYMT, ARADVANCE, fields, direction, limit, nullsFirst) => {
          const client = fakeClient({ ARPYMT, ARADVANCE }, nullsFirst)
          const sort = fields.map((field) => ({ field, direction }))
          const whole = await listRecords(client, listing, { sort, after: null, limit: 200 })
          const positions: Position[] = []
          for (let page: ListedPage | null = null; page === null || page.hasMore; ) {
            page = await listRecords(client, listing, { sort, after: positions.at(-1) ?? null, limit })
            expect(page.items.length).toBeLessThanOrEqual(limit)
            positions.push(...page.items.map(({ position }) => position))
          }
          const ids = positions.map(({ nativeId }) => nativeId)
          expect(new Set(ids)).toEqual(
            new Set([...ARPYMT.map((one) => one.RECORDNO), ...ARADVANCE.map((one) => `adv-${one.RECORDNO}`)]),
          )
          expect(ids).toEqual(whole.items.map(({ position }) => position.nativeId))
          expect(whole.total).toBe(ARPYMT.length + ARADVANCE.length)
          const empty = positions.map(({ values }) => values[0] === null)
          if (fields.length > 0) expect(empty).toEqual([...empty].sort((one, other) => Number(one) - Number(other)))
        },
      ),
      { numRuns: 300 },
    )
  })
})
