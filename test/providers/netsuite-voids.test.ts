/** The three ways in which a NetSuite connection voids a payment, against the sandbox's books. */
import { describe, expect, it } from 'vitest'
import type { Connection } from '../../src/providers/provider.ts'
import { connect, failure, inSandbox, once, open, pay, sandbox } from './netsuite-world.ts'

inSandbox()

const INVOICE = '5001'
const script = (query = 'script=5&deploy=1') => ({
  void: { restlet: `${sandbox.url}/app/site/hosting/restlet.nl?${query}` },
})
const refunds = () => sandbox.books.documents({ kind: 'customer-refund' })
const balance = async (connection: Connection) => (await connection.getCustomer('456')).record.balance
const paid = async (connection: Connection, amount = '70.00') =>
  (await pay(connection, { amount, applications: [{ invoiceId: `inv_ns_${INVOICE}`, amount: '50.00' }] })).nativeId
const voided = (connection: Connection, id: string, how = {}) => connection.voidPayment!(id, how, once())

describe.each([
  ['refund', () => ({ void: 'refund' }), 'refunded'],
  ['script', script, 'voided'],
] as const)('by %s', (way, settings, how) => {
  it('opens what was paid, and leaves the payment as voided', async () => {
    const connection = connect(settings())
    const before = { open: open(INVOICE), balance: await balance(connection) }
    const id = await paid(connection)
    expect({ open: open(INVOICE), balance: await balance(connection) }).not.toEqual(before)
    const result = await voided(connection, id, { date: '2026-03-10', memo: 'Bounced' })
    const reversalId = way === 'refund' ? refunds()[0]?.id : null
    expect(result).toMatchObject({
      void: { how, date: '2026-03-10', reversalId },
      payment: { nativeId: id, record: { status: 'voided', applications: [] } },
    })
    expect({ open: open(INVOICE), balance: await balance(connection) }).toEqual(before)
    expect((await connection.getPayment(id)).record.status).toBe('voided')
    expect((await connection.listOpenItems('456')).map(({ nativeId }) => nativeId)).not.toContain(id)
  })

  it('voids once, however often it is asked', async () => {
    const connection = connect(settings())
    const id = await paid(connection)
    await voided(connection, id)
    const writes = sandbox.requests.filter(({ method }) => method !== 'GET').length
    expect(await voided(connection, id)).toMatchObject({
      void: { how },
      payment: { nativeId: id, record: { status: 'voided' } },
    })
    expect(sandbox.requests.filter(({ method }) => method !== 'GET').length).toBe(writes)
  })
})

describe('by refund', () => {
  it('keeps date and memo on the refund', async () => {
    const connection = connect({ void: 'refund' })
    await voided(connection, await paid(connection), { date: '2026-03-09', memo: 'Bounced' })
    expect(refunds()).toMatchObject([{ date: '2026-03-09', total: '70', details: { memo: 'Bounced' } }])
  })
  it('gives the lines back where nothing can be refunded', async () => {
    const connection = connect({ void: 'refund' })
    const id = await paid(connection, '50.00')
    const before = open(INVOICE)
    sandbox.books.closedThrough = '2026-03-08'
    const error = await failure(voided(connection, id, { date: '2026-03-05' }))
    expect(error).toMatchObject({ code: 'period_closed', applied: 'no' })
    expect(open(INVOICE)).toBe(before)
    expect(refunds()).toEqual([])
  })
})

describe('by script', () => {
  it('says in the words of the script what it refuses', async () => {
    const connection = connect(script())
    const id = await paid(connection)
    sandbox.books.updateDocument(id, { details: { locked: true } })
    const error = await failure(voided(connection, id))
    // A script may have saved before it refused: only a look says no, and this one is called without a journal that looks.
    expect(error).toMatchObject({ code: 'not_changeable', applied: 'unknown', options: { ended: true } })
    expect(error.message).toContain('You cannot void this transaction')
  })
  it('says which script is missing', async () => {
    const connection = connect(script('script=6&deploy=1'))
    const error = await failure(voided(connection, await paid(connection)))
    expect(error).toMatchObject({
      code: 'provider_permission',
      applied: 'no',
      options: { upstream: { code: 'SSS_INVALID_SCRIPTLET_ID' } },
    })
  })
})

describe('by deletion', () => {
  it('is for the date of the payment only', async () => {
    const connection = connect()
    const id = await paid(connection)
    expect(await failure(voided(connection, id, { date: '2026-03-11' }))).toMatchObject({
      code: 'field_not_supported',
      options: { errors: [{ pointer: '/date' }] },
    })
    expect(await voided(connection, id)).toMatchObject({ void: { how: 'deleted' } })
    expect(sandbox.books.getDocument(id)).toBeUndefined()
  })
})
