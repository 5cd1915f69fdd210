/** Where the money of a NetSuite payment is kept: the button of undeposited funds decides, and a payment method may bring an account. */
import { describe, expect, it } from 'vitest'
import { change, connect, inSandbox, pay, sandbox } from './netsuite-world.ts'

inSandbox({ methodAccounts: { '5': '11' } })

const kept = (id: string) => sandbox.books.document(id).details
const lastBody = () => JSON.parse(sandbox.requests.findLast(({ method }) => method === 'PATCH')?.body ?? '{}')

describe('depositTo', () => {
  it('moves a payment out of undeposited funds: the button and the account, in this order', async () => {
    const connection = connect()
    const { nativeId, record } = await pay(connection, { depositTo: { kind: 'undepositedFunds' } })
    expect(record.depositTo).toEqual({ kind: 'undepositedFunds', id: null })
    const changed = await change(connection, nativeId, { depositTo: { kind: 'bankAccount', id: '11' } })
    expect(changed.record.depositTo).toEqual({ kind: 'bankAccount', id: '11' })
    expect(kept(nativeId)).toMatchObject({ account: '11', undepFunds: 'F' })
    expect(Object.entries(lastBody()).slice(0, 2)).toEqual([
      ['undepFunds', { id: 'F' }],
      ['account', { id: '11' }],
    ])
  })

  it('moves a payment into undeposited funds', async () => {
    const connection = connect()
    const { nativeId } = await pay(connection, { depositTo: { kind: 'bankAccount', id: '10' } })
    const changed = await change(connection, nativeId, { depositTo: { kind: 'undepositedFunds' } })
    expect(changed.record).toMatchObject({ depositTo: { kind: 'undepositedFunds', id: null }, status: 'posted' })
    expect(kept(nativeId)['account']).toBeUndefined()
  })

  it('reads back the account that the payment method has brought', async () => {
    const { nativeId, record } = await pay(connect(), {
      methodRef: { id: '5' },
      depositTo: { kind: 'bankAccount', id: '10' },
    })
    expect(record.depositTo).toEqual({ kind: 'bankAccount', id: '11' })
    expect(kept(nativeId)['account']).toBe('11')
  })
})
