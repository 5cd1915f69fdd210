/** The suite watches itself: what it would let through unseen is a fault of its own. */
import { expect, it } from 'vitest'
import { audit, OPERATIONS } from './promises.ts'

const everything = { sentence: 'does everything', operations: OPERATIONS }
const sound = {
  provider: { name: 'any', missing: {} },
  present: new Set(OPERATIONS),
  promised: [everything],
  skips: [],
  fenced: new Set(OPERATIONS),
}
const without = new Set(OPERATIONS.filter((name) => name !== 'voidPayment'))

it('finds nothing wrong with a complete provider', () => {
  expect(audit(sound)).toEqual([])
})
it('finds a missing operation without a reason', () => {
  expect(audit({ ...sound, present: without })).toEqual(['any has no voidPayment and does not say why'])
  expect(audit({ ...sound, present: without, provider: { name: 'any', missing: { voidPayment: 'No way.' } } })).toEqual(
    [],
  )
})
it('finds a reason for an operation that exists', () => {
  expect(audit({ ...sound, provider: { name: 'any', missing: { voidPayment: 'No way.' } } })).toEqual([
    'any has voidPayment and says that it is missing',
  ])
})
it('finds a skip that matches nothing', () => {
  expect(audit({ ...sound, skips: [{ promise: 'sings', reason: 'cannot sing' }] })).toEqual([
    'the skip of "sings" matches nothing',
  ])
})
it('finds an operation that only skipped promises are about', () => {
  const promised = [everything, { sentence: 'voids', operations: ['voidPayment' as const] }]
  const faults = audit({
    ...sound,
    promised: [{ ...everything, operations: [...without] }, promised[1]!],
    skips: [{ promise: 'voids', reason: 'not today' }],
  })
  expect(faults).toEqual(['voidPayment of any is promised nothing'])
})
it('finds a promise that stands there twice', () => {
  expect(audit({ ...sound, promised: [everything, everything] })).toEqual([
    'the promise "does everything" stands there twice',
  ])
})
it('finds a write whose fence nobody proves', () => {
  const fenced = new Set(OPERATIONS.filter((name) => name !== 'applyCredit' && name !== 'listCustomers'))
  expect(audit({ ...sound, fenced })).toEqual(['applyCredit of any is a write without a fence'])
  const present = new Set(OPERATIONS.filter((name) => name !== 'applyCredit'))
  expect(audit({ ...sound, present, fenced, provider: { name: 'any', missing: { applyCredit: 'No way.' } } })).toEqual(
    [],
  )
})
