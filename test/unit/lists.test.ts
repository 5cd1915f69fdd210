/** Merged lists: nothing is lost, nothing comes twice, the order holds, cursors fit their filters only. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { decodeCursor, encodeCursor } from '../../src/gateway/cursor.ts'
import { compareText, type ListRequest, mergeLists, type Source } from '../../src/gateway/lists.ts'
import type { ListQuery, RecordPage } from '../../src/providers/provider.ts'

interface Row {
  name: string | null
}
const byName = (one: Row & { id: number }, other: Row & { id: number }): number => {
  if (one.name === null || other.name === null)
    return one.name === other.name ? one.id - other.id : one.name === null ? 1 : -1
  return compareText(one.name, other.name) || one.id - other.id
}

/** A connection with its records in memory, paging by key as a provider does. */
function source(
  name: string,
  rows: readonly (Row & { id: number })[],
  sorted: boolean,
): Source<Row> & { calls: ListQuery[] } {
  const ordered = [...rows].sort(sorted ? byName : (one, other) => one.id - other.id)
  const calls: ListQuery[] = []
  return {
    name,
    calls,
    list: async (query): Promise<RecordPage<Row>> => {
      calls.push(query)
      const start = query.after ? ordered.findIndex((row) => String(row.id) === query.after?.nativeId) + 1 : 0
      const items = ordered.slice(start, start + query.limit).map((row) => ({
        nativeId: String(row.id),
        record: { name: row.name },
        raw: row,
        position: { nativeId: String(row.id), values: sorted ? [row.name] : [] },
      }))
      return { items, hasMore: start + query.limit < ordered.length, total: query.after ? null : ordered.length }
    },
  }
}
const request = (more: Partial<ListRequest> = {}): ListRequest => ({
  resource: 'customers',
  filter: null,
  sort: [],
  orders: { name: 'text' },
  limit: 3,
  cursor: null,
  partial: false,
  fields: null,
  include: new Set(),
  ...more,
})

async function pageThrough(
  sources: readonly Source<Row>[],
  more: Partial<ListRequest>,
): Promise<{ seen: string[]; names: (string | null)[]; totals: (number | null)[] }> {
  const seen: string[] = []
  const names: (string | null)[] = []
  const totals: (number | null)[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof mergeLists<Row>>> = await mergeLists(sources, request({ ...more, cursor }))
    seen.push(...page.items.map((one) => `${one.source}/${one.item.nativeId}`))
    names.push(...page.items.map((one) => one.item.record.name))
    totals.push(page.total)
    expect(page.items.length > 0 || page.nextCursor === null).toBe(true)
    cursor = page.nextCursor
  } while (cursor !== null)
  return { seen, names, totals }
}

const rows = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 500 }),
    name: fc.option(fc.constantFrom('Acme', 'acme', 'Zeta', '𝒜', '\uFF21', 'Ørsted')),
  }),
  { selector: (row) => row.id, maxLength: 12 },
)

describe('mergeLists', () => {
  it('gives every record of every connection once, without a sort', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rows, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        async (all, limit) => {
          const sources = all.map((one, place) => source(`c${place}`, one, false))
          const { seen, totals } = await pageThrough(sources, { limit })
          const expected = all.flatMap((one, place) =>
            [...one].sort((a, b) => a.id - b.id).map((row) => `c${place}/${row.id}`),
          )
          expect(seen).toEqual(expected)
          expect(new Set(totals)).toEqual(new Set([expected.length]))
        },
      ),
    )
  })
  it('gives every record once and in order, with a sort', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rows, { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 7 }),
        async (all, limit) => {
          const sources = all.map((one, place) => source(`c${place}`, one, true))
          const { seen, names } = await pageThrough(sources, {
            limit,
            sort: [{ field: 'name', direction: 'ascending' }],
          })
          expect([...seen].sort()).toEqual(all.flatMap((one, place) => one.map((row) => `c${place}/${row.id}`)).sort())
          for (let at = 1; at < names.length; at++) {
            const [before, after] = [names[at - 1], names[at]]
            expect(
              before === null ? after === null : after === null || compareText(before as string, after as string) <= 0,
            ).toBe(true)
          }
        },
      ),
    )
  })
  it.each([false, true])('pages on behind records that a provider had to leave out (sorted: %s)', async (sorted) => {
    const ids = [1, 2, 3, 4, 5, 6, 7]
    const whole = source(
      'a',
      ids.map((id) => ({ id, name: `n${id}` })),
      sorted,
    )
    const unreadable = new Set(['2', '3', '4', '7'])
    const leavingOut: Source<Row> = {
      name: 'a',
      list: async (query) => {
        const page = await whole.list(query)
        const items = page.items.filter((item) => !unreadable.has(item.nativeId))
        const end = page.items.at(-1)?.position
        const warnings = [{ pointer: null, code: 'garbled', detail: 'A record was left out.' }]
        return { ...page, items, ...(items.length < page.items.length && { warnings, ...(end && { end }) }) }
      },
    }
    const sort = sorted ? [{ field: 'name', direction: 'ascending' as const }] : []
    const seen: string[] = []
    const told: number[] = []
    for (let cursor: string | null = null, turns = 0; ; turns++) {
      const page: Awaited<ReturnType<typeof mergeLists<Row>>> = await mergeLists(
        [leavingOut, source('b', [{ id: 9, name: 'z' }], sorted)],
        request({ limit: 2, sort, cursor }),
      )
      seen.push(...page.items.map(({ item }) => item.nativeId))
      told.push(page.warnings.get('a')?.length ?? 0)
      cursor = page.nextCursor
      if (cursor === null || turns > 9) break
    }
    expect(seen).toEqual(['1', '5', '6', '9'])
    expect(told.filter((count) => count > 0).length).toBeGreaterThan(1)
  })
  it('fails as a whole, or leaves the failing connection out with partial', async () => {
    const broken: Source<Row> = {
      name: 'b',
      list: async () => Promise.reject(new GatewayError('provider_failed', 'broken')),
    }
    const whole = source('a', [{ id: 1, name: null }], false)
    await expect(mergeLists([whole, broken], request())).rejects.toMatchObject({ code: 'provider_failed' })
    const page = await mergeLists([whole, broken], request({ partial: true }))
    expect([page.items.length, [...page.failures.keys()], page.nextCursor]).toEqual([1, ['b'], null])
  })
})

describe('cursors', () => {
  it('come back as they were, and only with their filters', () => {
    const state = { positions: { a: { nativeId: 'ACME', values: ['x', null] }, b: 'end' as const }, total: 7 }
    const cursor = encodeCursor('filters', state)
    expect(decodeCursor('filters', cursor)).toEqual(state)
    expect(() => decodeCursor('others', cursor)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
  })
  it('are refused when they are anything else', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => decodeCursor('filters', text)).toThrow(expect.objectContaining({ code: 'invalid_cursor' }))
      }),
    )
  })
})
