/** Negative lines of invoices as credits, where the company has switched that on. */
import { describe, expect, it } from 'vitest'
import { newKey } from '../support/gateway.ts'
import { beginWithFullCompany, FULL, gateway, id, ok, on, open, pay, request } from './intacct-full.ts'

beginWithFullCompany()

describe('a negative line of an invoice', () => {
  /** Gross 100.00 with a line of -15.00, which the books keep as a credit of its own. */
  function invoiceWithCredit(): void {
    const { books } = gateway.erps.intacct
    const common = { customerId: 'ACME', date: '2026-03-01', currency: 'USD' }
    const line = { ACCOUNTNO: '4000', LOCATIONID: '100' }
    const lines = [
      { ...line, RECORDNO: '9101', LINE_NO: '1', TRX_AMOUNT: '100' },
      { ...line, RECORDNO: '9102', LINE_NO: '2', TRX_AMOUNT: '-15' },
    ]
    const details = { MODULEKEY: '4.AR', EXCHANGE_RATE: '1' }
    books.post({
      ...common,
      id: '9001',
      kind: 'invoice',
      number: 'INV-9001',
      dueDate: '2026-04-01',
      total: '100',
      details: { ...details, lines },
    })
    books.post({
      ...common,
      id: 'inline-9001.9102',
      kind: 'credit-memo',
      number: 'INV-9001',
      total: '15',
      details: { ...details, object: 'INLINE' },
    })
  }
  const INLINE = 'inline-9001.9102'
  const items = async (connection: string) => {
    const { body } = await request('GET', `/v1/customers/cus_${connection}_ACME/open-items`)
    return { totals: body.totals, data: body.data.filter((one: { number: string }) => one.number === 'INV-9001') }
  }

  it('is an open item where the company has inline credits, with the same net total', async () => {
    invoiceWithCredit()
    const full = await items(FULL)
    expect(full.data).toMatchObject([
      { id: id('inv', '9001'), kind: 'invoice', amount: '100.00', openAmount: '100.00' },
      { id: id('crd', INLINE), kind: 'inline', amount: '15.00', openAmount: '15.00' },
    ])
    const plain = await items('intacct')
    expect(plain.data).toMatchObject([{ kind: 'invoice', openAmount: '85.00' }])
    expect(full.totals.net).toBe(plain.totals.net)
  })

  it('settles another invoice beside cash, and is free again when that is voided', async () => {
    invoiceWithCredit()
    const made = await pay({
      amount: '85.00',
      applications: [on('101', '100.00')],
      credits: [{ creditId: id('crd', INLINE), amount: '15.00' }],
    })
    expect(made).toMatchObject({
      applications: [{ amount: '100.00', cashAmount: '85.00', creditAmount: '15.00' }],
      credits: [{ creditId: id('crd', INLINE), amount: '15.00', invoiceId: id('inv', '101') }],
    })
    expect(open('101', INLINE, '9001')).toEqual(['0', '0', '100'])
    expect((await items(FULL)).data).toMatchObject([{ kind: 'invoice', openAmount: '100.00' }])
    ok(await request('POST', `/v1/payments/${made.id}/void`, { key: newKey() }), 200)
    expect(open('101', INLINE)).toEqual(['100', '15'])
  })

  it('settles its own invoice', async () => {
    invoiceWithCredit()
    await pay({
      amount: '85.00',
      applications: [on('9001', '100.00')],
      credits: [{ creditId: id('crd', INLINE), amount: '15.00' }],
    })
    expect(open('9001', INLINE)).toEqual(['0', '0'])
    expect((await items(FULL)).data).toEqual([])
  })
})
