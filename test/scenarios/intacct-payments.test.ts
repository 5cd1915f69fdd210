/** Payments of Intacct in full, through the gateway: after each the books are asked what is open. */
import { describe, expect, it } from 'vitest'
import { newKey } from '../support/gateway.ts'
import {
  beginWithFullCompany,
  customer,
  DATE,
  FULL,
  gateway,
  id,
  ok,
  on,
  open,
  patch,
  pay,
  post,
  read,
  refused,
  request,
} from './intacct-full.ts'

beginWithFullCompany()

describe('a draft', () => {
  const draft = (more: object = {}) =>
    pay({ amount: '60.00', draft: true, memo: 'first', applications: [on('101', '60.00')], ...more })

  it('is kept without touching the books', async () => {
    const made = await draft()
    expect(made).toMatchObject({ status: 'draft', amount: '60.00', appliedAmount: '60.00', unappliedAmount: '0.00' })
    expect(await read(made)).toEqual({ ...made, idempotencyKey: undefined })
    expect(open('101')).toEqual(['100'])
  })

  it('changes its lines, its date, its memo and where the money goes', async () => {
    const made = await draft()
    const changed = ok(
      await patch(made, {
        amount: '110.00',
        date: '2026-04-11',
        memo: 'second',
        reference: 'R-2',
        method: 'check',
        depositTo: { kind: 'undepositedFunds' },
        applications: [on('101', '40.00'), on('102', '60.00')],
      }),
      200,
    )
    expect(changed).toMatchObject({
      ...{ id: made.id, status: 'draft', amount: '110.00', date: '2026-04-11', memo: 'second', reference: 'R-2' },
      ...{ method: 'check', depositTo: { kind: 'undepositedFunds', id: '1090' } },
      ...{ appliedAmount: '100.00', unappliedAmount: '10.00' },
      applications: [{ amount: '40.00' }, { amount: '60.00' }],
    })
    expect(open('101', '102')).toEqual(['100', '125.5'])
  })

  it('is submitted, and from then on cannot be changed or deleted', async () => {
    const made = await draft()
    const submitted = ok(await patch(made, { draft: false }), 200)
    expect(submitted).toMatchObject({ id: made.id, status: 'deposited', appliedAmount: '60.00' })
    expect(open('101')).toEqual(['40'])
    refused(await patch(made, { memo: 'later' }), 409, 'not_changeable')
    refused(await request('DELETE', `/v1/payments/${made.id}`), 409, 'not_changeable')
    expect(open('101')).toEqual(['40'])
  })

  it('is submitted together with its last changes', async () => {
    const made = await draft()
    const body = { draft: false, amount: '100.00', applications: [on('101', '100.00')], memo: 'last' }
    expect(ok(await patch(made, body), 200)).toMatchObject({ amount: '100.00', memo: 'last', status: 'deposited' })
    expect(open('101')).toEqual(['0'])
  })

  it('is deleted, and then is not there', async () => {
    const made = await draft()
    expect((await request('DELETE', `/v1/payments/${made.id}`)).status).toBe(204)
    refused(await request('GET', `/v1/payments/${made.id}`), 404, 'not_found')
    expect(open('101')).toEqual(['100'])
  })

  it('uses a credit memo only when it is submitted', async () => {
    const made = await draft({
      amount: '40.00',
      credits: [{ creditId: id('crd', 'memo-305'), amount: '20.00' }],
    })
    expect(made).toMatchObject({ appliedAmount: '40.00', credits: [{ amount: '20.00' }] })
    expect(open('101', '305')).toEqual(['100', '20'])
    ok(await patch(made, { draft: false }), 200)
    expect(open('101', '305')).toEqual(['40', '0'])
  })

  it('is not voided, and needs applications', async () => {
    const made = await draft()
    refused(await request('POST', `/v1/payments/${made.id}/void`, { key: newKey() }), 409, 'not_changeable')
    refused(await post({ amount: '5.00', draft: true }), 422, 'field_not_supported', '/draft')
  })
})

describe('several currencies', () => {
  const euro = (more: object) =>
    post({ customer: customer('EUROPA'), depositTo: { kind: 'bankAccount', id: 'EURBANK' }, ...more })

  it('take the rate that is given, in both amounts', async () => {
    const made = ok(await euro({ amount: '120.00', exchangeRate: '1.0825', applications: [on('104', '100.00')] }), 201)
    expect(made).toMatchObject({
      ...{ currency: 'EUR', amount: '120.00', exchangeRate: '1.0825', baseCurrency: 'USD', baseAmount: '129.90' },
      ...{ appliedAmount: '100.00', unappliedAmount: '20.00', depositTo: { id: 'EURBANK' } },
    })
    expect(open('104', made.nativeId)).toEqual(['100', '20'])
  })

  it('take the daily rate where none is given', async () => {
    const made = ok(await euro({ amount: '200.00', applications: [on('104', '200.00')] }), 201)
    expect(made).toMatchObject({ currency: 'EUR', exchangeRate: '1.1', baseAmount: '220.00' })
    expect(open('104')).toEqual(['0'])
  })

  it('keep a receipt without invoices as an advance in its currency', async () => {
    const made = ok(await euro({ amount: '50.00', exchangeRate: '1.2' }), 201)
    expect(made).toMatchObject({
      ...{ nativeId: expect.stringMatching(/^adv-\d+$/), currency: 'EUR', exchangeRate: '1.2' },
      ...{ baseAmount: '60.00', unappliedAmount: '50.00' },
    })
    const { body } = await request('GET', `/v1/customers/${customer('EUROPA').id}/open-items`)
    expect(body.data).toContainEqual(
      expect.objectContaining({ kind: 'advance', currency: 'EUR', openAmount: '50.00', paymentId: made.id }),
    )
  })

  it('are not mixed, and go to no undeposited funds', async () => {
    refused(
      await euro({ amount: '10.00', currency: 'USD', applications: [on('104', '10.00')] }),
      422,
      'currency_mismatch',
    )
    const funds = { depositTo: { kind: 'undepositedFunds' }, amount: '10.00', applications: [on('104', '10.00')] }
    refused(await euro(funds), 422, 'field_not_supported', '/depositTo')
    expect(open('104')).toEqual(['200'])
  })
})

describe('what a receipt is made of', () => {
  it('is kept in undeposited funds, and found there', async () => {
    const depositTo = { kind: 'undepositedFunds', id: '1050' }
    const made = await pay({ amount: '100.00', method: 'cash', depositTo, applications: [on('101', '100.00')] })
    expect(made).toMatchObject({ status: 'posted', depositTo, method: 'cash' })
    const found = await request('GET', `/v1/payments?connection=${FULL}&undeposited=true`)
    expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([made.id])
    expect(open('101')).toEqual(['0'])
  })

  it('takes a discount beside the cash, and voiding opens both again', async () => {
    const made = await pay({ amount: '97.00', applications: [on('101', '97.00', { discount: '3.00' })] })
    expect(made).toMatchObject({ amount: '97.00', applications: [{ amount: '97.00', discount: '3.00' }] })
    expect(open('101')).toEqual(['0'])
    const voided = ok(await request('POST', `/v1/payments/${made.id}/void`, { key: newKey() }), 200)
    expect(voided).toMatchObject({ status: 'voided', void: { how: 'reversed' } })
    expect(open('101')).toEqual(['100'])
  })

  it('never books the cash alone where the company has no custom discounts', async () => {
    const body = {
      customer: { id: 'cus_intacct_ACME' },
      ...{ date: DATE, amount: '97.00' },
      applications: [{ invoiceId: 'inv_intacct_101', amount: '97.00', discount: '3.00' }],
    }
    const answer = await request('POST', '/v1/payments', { key: newKey(), body })
    refused(answer, 422, 'field_not_supported', '/applications/0/discount')
    expect(open('101')).toEqual(['100'])
  })

  it('settles single lines of an invoice', async () => {
    const made = await pay({
      amount: '35.50',
      applications: [on('102', '25.50', { lineId: '204' }), on('102', '10.00', { lineId: '205' })],
    })
    expect(open('102')).toEqual(['90'])
    expect(gateway.erps.intacct.proxy.exchanges.filter(gateway.erps.intacct.isWrite).at(-1)?.body).toContain(
      '<ENTRYKEY>204</ENTRYKEY>',
    )
    const { body: invoice } = await request('GET', `/v1/invoices/${id('inv', '102')}?include=lines`)
    expect(invoice.lines).toMatchObject([
      { id: '204', openAmount: '0.00' },
      { id: '205', openAmount: '90.00' },
    ])
    expect(made.applications).toMatchObject([{ amount: '35.50' }])
  })

  it('is refused where a line has less open', async () => {
    const answer = await post({ amount: '30.00', applications: [on('102', '30.00', { lineId: '204' })] })
    refused(answer, 422, 'allocation_exceeds_open_amount', '/applications')
    expect(open('102')).toEqual(['125.5'])
  })

  it('settles a debit memo with a negative invoice', async () => {
    const made = await pay({
      customer: customer('EUROPA'),
      ...{ amount: '5.00', currency: 'EUR', depositTo: { kind: 'bankAccount', id: 'EURBANK' } },
      applications: [on('debit-412', '35.00')],
      credits: [{ creditId: id('crd', 'negative-invoice-106'), amount: '30.00' }],
    })
    expect(made).toMatchObject({
      applications: [{ invoiceId: id('inv', 'debit-412'), cashAmount: '5.00', creditAmount: '30.00' }],
      credits: [{ creditId: id('crd', 'negative-invoice-106'), amount: '30.00' }],
    })
    expect(open('412', '106')).toEqual(['5', '0'])
    ok(await request('POST', `/v1/payments/${made.id}/void`, { key: newKey() }), 200)
    expect(open('412', '106')).toEqual(['40', '30'])
  })
})
