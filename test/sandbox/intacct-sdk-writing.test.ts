/** The vendor's own SDK as a witness, writing: customers, transactions and payments, with the sandbox's books asked afterwards. */
import * as sdk from '@intacct/intacct-sdk'
import { describe, expect, it } from 'vitest'
import { requestOf, sdkWorld } from './intacct-sdk-client.ts'

const { AccountsReceivable } = sdk.Functions
const { world, run } = sdkWorld()
const books = () => world.sandbox.books

describe('a customer', () => {
  const newCustomer = (customerId: string) =>
    Object.assign(new AccountsReceivable.CustomerCreate(), {
      ...{ customerId, customerName: `Name of ${customerId}`, printAs: `Name of ${customerId}`, active: true },
      ...{ primaryEmailAddress: 'ap@sdk.example', creditLimit: 1234.5, paymentTerm: 'Net 30', onHold: false },
      ...{ addressLine1: '1 Main St', city: 'Austin', country: 'United States', isoCountryCode: 'US' },
      ...{ restrictionType: 'Restricted', restrictedLocations: ['100', '200'], deliveryMethod: 'Print#~#E-Mail' },
      customFields: [['REGION', 'West & East']],
    })

  it('is created, changed and deleted', async () => {
    const made = await run(newCustomer('SDK-1'))
    expect(made.data).toMatchObject([{ CUSTOMERID: 'SDK-1' }])
    const { details } = books().customer('SDK-1')
    expect(details).toMatchObject({
      ...{ NAME: 'Name of SDK-1', CREDITLIMIT: '1234.5', REGION: 'West & East' },
      ...{ RESTRICTEDLOCATIONS: '100#~#200', DELIVERY_OPTIONS: 'Print#~#E-Mail' },
    })
    const change = Object.assign(new AccountsReceivable.CustomerUpdate(), { customerId: 'SDK-1', comments: 'changed' })
    await run(change)
    expect(books().customer('SDK-1').details).toMatchObject({ COMMENTS: 'changed', CREDITLIMIT: '1234.5' })
    await run(Object.assign(new AccountsReceivable.CustomerDelete(), { customerId: 'SDK-1' }))
    expect(books().getCustomer('SDK-1')).toBeUndefined()
  })

  it('is created without a name to print, as the SDK leaves it empty, and with a country code by its name for it', async () => {
    const call = Object.assign(new AccountsReceivable.CustomerCreate(), {
      ...{ customerId: 'SDK-6', customerName: 'Bare', active: true, country: 'Germany', isoCountryCode: 'DE' },
      deliveryMethod: 'Print',
    })
    await run(call)
    const sent = world.sandbox.requests.at(-1)?.body ?? ''
    for (const written of ['<PRINTAS />', '<COUNTRYCODE>DE</COUNTRYCODE>', '<DELIVERYOPTIONS>Print</DELIVERYOPTIONS>'])
      expect(sent).toContain(written)
    expect(books().customer('SDK-6').details).toMatchObject({ NAME: 'Bare', DELIVERY_OPTIONS: 'Print' })
  })

  it('is refused the second time, in words that the SDK finds', async () => {
    await run(newCustomer('SDK-2'))
    const again = world.client.execute(newCustomer('SDK-2'), requestOf())
    await expect(again).rejects.toMatchObject({ message: expect.stringMatching(/already exists/) })
  })

  it('is not there after a rolled-back transaction', async () => {
    const calls = [newCustomer('SDK-3'), newCustomer('ACME')]
    const { results } = await world.client.executeBatch(calls, requestOf({ transaction: true }))
    expect(results.map(({ status }) => status)).toEqual(['aborted', 'aborted'])
    expect(results[0]?.errors.join()).toMatch(/rolled back/)
    expect(results[1]?.errors.join()).toMatch(/already exists.*rolled back/s)
    expect(books().getCustomer('SDK-3')).toBeUndefined()
  })

  it('is there when the calls are no transaction and only the other one fails', async () => {
    const { results } = await world.client.executeBatch([newCustomer('SDK-4'), newCustomer('ACME')], requestOf())
    expect(results.map(({ status }) => status)).toEqual(['success', 'failure'])
    expect(books().getCustomer('SDK-4')).toBeDefined()
  })

  it('is created once under one control id', async () => {
    const call = newCustomer('SDK-5')
    call.controlId = 'once'
    await world.client.execute(call, requestOf({ uniqueId: true }))
    const again = world.client.execute(call, requestOf({ uniqueId: true }))
    await expect(again).rejects.toThrow(/already been recorded with the control id once/)
  })
})

describe('a payment', () => {
  /** The SDK writes dates in the process's own zone. */
  const day = (date: number) => new Date(2026, 0, date)
  const item = (applyToRecordId: number, amountToApply: number) =>
    Object.assign(new AccountsReceivable.ArPaymentItem(), { applyToRecordId, amountToApply })
  const payment = (amount: number, items: readonly object[]) =>
    Object.assign(new AccountsReceivable.ArPaymentCreate(), {
      ...{
        customerId: 'ACME',
        transactionPaymentAmount: amount,
        receivedDate: day(31),
        paymentMethod: 'Printed Check',
      },
      ...{ bankAccountId: 'BOA', overpaymentLocationId: '100', referenceNumber: '1234', applyToTransactions: items },
    })

  it('is created on two invoices, and reversed', async () => {
    const { key } = await run(payment(225.5, [item(101, 100), item(102, 125.5)]))
    expect([books().openAmount('101'), books().openAmount('102')]).toEqual(['0', '0'])
    const reverse = Object.assign(new AccountsReceivable.ArPaymentReverse(), {
      recordNo: key,
      reverseDate: day(31),
      memo: 'NSF',
    })
    await run(reverse)
    expect([books().openAmount('101'), books().openAmount('102')]).toEqual(['100', '125.5'])
    expect(books().document(key).voided).toBe(true)
  })

  it('without invoices is applied later', async () => {
    const { key } = await run(payment(60, []))
    expect(books().document(key)).toMatchObject({ kind: 'advance', open: '60' })
    const apply = Object.assign(new AccountsReceivable.ArPaymentApply(), {
      ...{ recordNo: key, receivedDate: day(31), memo: 'later', applyToTransactions: [item(101, 45.25)] },
    })
    const applied = await run(apply)
    expect(applied.key).toMatch(/^\d+$/)
    expect([books().openAmount('101'), books().openAmount(key)]).toEqual(['54.75', '14.75'])
  })

  it('keeps what is above its invoices', async () => {
    const { key } = await run(payment(120, [item(101, 100)]))
    expect([books().openAmount('101'), books().openAmount(key)]).toEqual(['0', '20'])
  })

  it('is not booked in a transaction that is rolled back', async () => {
    const calls = [payment(100, [item(101, 100)]), payment(500, [item(102, 500)])]
    const { results } = await world.client.executeBatch(calls, requestOf({ transaction: true }))
    expect(results.map(({ status }) => status)).toEqual(['aborted', 'aborted'])
    expect([books().openAmount('101'), books().openAmount('102')]).toEqual(['100', '125.5'])
  })

  it('is refused where it pays more than is due, and nothing is booked', async () => {
    await expect(run(payment(500, [item(101, 500)]))).rejects.toThrow(/100/)
    expect(books().openAmount('101')).toBe('100')
  })
})
