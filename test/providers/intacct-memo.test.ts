/** The memo of a payment at Intacct: exactly as it was sent, although the mark of the write stands behind it. */
import { expect, it } from 'vitest'
import type { Connection } from '../../src/providers/provider.ts'
import { WITH_FIELD } from './intacct-step-kinds.ts'
import { condition, intacctWorld, once, pointersOf, refusal } from './intacct-world.ts'

const world = intacctWorld()
const LOOKS_LIKE_A_MARK = `paid [gw:${'a'.repeat(26)}]`
const MEMOS = [
  'Plain',
  'plain two',
  ' spaces ',
  '100% _sure_',
  'gw',
  '漢字 [gw:x]',
  LOOKS_LIKE_A_MARK,
  'paid',
  `[gw:${'b'.repeat(26)}]`,
]

async function pay(connection: Connection, memo: string | null | undefined) {
  const plan = await world.planFor('ACME', '1.00', [], memo === undefined ? {} : { memo })
  return connection.createPayment(plan, once(connection))
}
const described = (id: string) => String(world.books.getDocument(id.replace('adv-', ''))?.details['DESCRIPTION'] ?? '')

it.each([
  ['behind the text', {}],
  ['in a custom field', WITH_FIELD],
])('comes back as it was sent, with the mark %s', async (where, settings) => {
  const connection = world.connect(settings)()
  for (const memo of [...MEMOS, null, undefined]) {
    const { nativeId, record } = await pay(connection, memo)
    expect(record.memo).toBe(memo ?? null)
    expect((await connection.getPayment(nativeId)).record.memo).toBe(memo ?? null)
    if (where === 'behind the text') expect(described(nativeId)).toMatch(/\[gw:[0-9a-z]{26}\]$/)
    else if (!/\[gw:\w{26}\]$/.test(memo ?? '')) expect(described(nativeId)).toBe(memo ?? '')
  }
})

it('is searched and sorted without the mark', async () => {
  const ids = new Map<string | null, string>()
  for (const memo of [...MEMOS, null]) ids.set(memo, (await pay(world.connection, memo)).nativeId)
  const plain = world.connect(WITH_FIELD)()
  const unmarked = (await pay(plain, 'Plain')).nativeId
  const found = async (operator: string, ...values: string[]) =>
    new Set(
      (await world.list('listPayments', { filter: condition('memo', operator, ...values) })).map((one) => one.nativeId),
    )
  const all = new Set((await world.list('listPayments')).map((one) => one.nativeId))
  const of = (...memos: (string | null)[]) => memos.map((memo) => ids.get(memo) as string)
  const without = (...gone: string[]) => new Set([...all].filter((id) => !gone.includes(id)))

  expect(await found('equals', 'PLAIN')).toEqual(new Set([...of('Plain'), unmarked]))
  expect(await found('notEquals', 'plain')).toEqual(without(...of('Plain'), unmarked))
  expect(await found('in', 'Plain', 'gw')).toEqual(new Set([...of('Plain', 'gw'), unmarked]))
  expect(await found('notIn', 'Plain', 'gw')).toEqual(without(...of('Plain', 'gw'), unmarked))
  expect(await found('equals', '100% _sure_')).toEqual(new Set(of('100% _sure_')))
  expect(await found('equals', '100% xsurex')).toEqual(new Set())
  expect(await found('notEquals', '100% _sure_')).toEqual(without(...of('100% _sure_')))
  expect(await found('equals', 'paid')).toEqual(new Set(of('paid')))
  expect(await found('equals', LOOKS_LIKE_A_MARK)).toEqual(new Set(of(LOOKS_LIKE_A_MARK)))
  expect(await found('contains', 'gw')).toEqual(new Set(of('gw', '漢字 [gw:x]', LOOKS_LIKE_A_MARK, MEMOS.at(-1)!)))
  expect(await found('contains', ']')).toEqual(new Set(of('漢字 [gw:x]', LOOKS_LIKE_A_MARK, MEMOS.at(-1)!)))
  expect(await found('contains', '0')).toEqual(new Set(of('100% _sure_')))
  expect(await found('startsWith', '[gw')).toEqual(new Set(of(MEMOS.at(-1)!)))
  expect(await found('like', '*two')).toEqual(new Set(of('plain two')))
  expect(await found('notLike', '*plain*')).toEqual(without(...of('Plain', 'plain two'), unmarked))
  const none = await found('isNull')
  expect(none.has(ids.get(null)!)).toBe(true)
  expect(of(...MEMOS).some((id) => none.has(id))).toBe(false)
  expect(await found('isNotNull')).toEqual(without(...none))
  expect((await refusal(found('greaterThan', 'a'))).code).toBe('filter_not_supported')

  const sorted = await world.list('listPayments', { sort: [{ field: 'memo', direction: 'ascending' }], limit: 3 })
  const memos = sorted.map((one) => one.record['memo'] as string | null)
  const expected = [...memos.filter((memo) => memo !== null)].sort((one, other) =>
    Buffer.compare(Buffer.from(one!.toLowerCase()), Buffer.from(other!.toLowerCase())),
  )
  expect(memos).toEqual([...expected, ...memos.filter((memo) => memo === null)])
  expect(new Set(sorted.map((one) => one.nativeId))).toEqual(all)
})

it('is refused where it and the mark do not fit, and stays a draft’s own', async () => {
  const longest = 'x'.repeat(968)
  expect((await pay(world.connection, longest)).record.memo).toBe(longest)
  const error = await refusal(pay(world.connection, `${longest}x`))
  expect([error.code, error.applied, pointersOf(error)]).toEqual(['rejected', 'no', ['/memo']])
  expect((await pay(world.connect(WITH_FIELD)(), `${longest}x`)).record.memo).toBe(`${longest}x`)

  const plan = await world.planFor('ACME', '10.00', [{ invoice: '101', cash: '10.00' }], { memo: 'first', draft: true })
  const { nativeId } = await world.connection.createPayment(plan, once())
  const change = async (input: object) => {
    const before = await world.connection.getPayment(nativeId)
    return (await world.connection.updatePayment(nativeId, { input, allocation: null, before }, once())).record.memo
  }
  expect(await change({ reference: 'R' })).toBe('first')
  expect(await change({ memo: null })).toBeNull()
  expect(await change({ memo: 'second' })).toBe('second')
})
