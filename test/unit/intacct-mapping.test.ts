/** Laws of the mappings, and records in every form that answers come in. */
import { describe, expect, it } from 'vitest'
import type { PaymentRecord } from '../../schemas/payment.ts'
import { toUnified, toVendor } from '../../src/mapping/mapping.ts'
import { readAnswer, recordsOf } from '../../src/providers/intacct/answer.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
import { settledBy } from '../../src/providers/intacct/payment-details.ts'
import { statusOf } from '../../src/providers/intacct/payment-states.ts'

const mappings = mappingsFor()
const context = { currency: 'USD', timeZone: 'UTC' }

const recordOf = (element: string) => {
  const body = `<response><control><status>success</status></control><operation><authentication><status>success</status></authentication>
    <result><status>success</status><function>read</function><controlid>f</controlid><data listtype="X" count="1">${element}</data></result></operation></response>`
  const answer = readAnswer({ status: 200, headers: {}, body })
  return recordsOf(answer.results[0]!)[0]!
}

describe('the customer mapping', () => {
  const dotted = `<CUSTOMER><RECORDNO>33</RECORDNO><CUSTOMERID>ACME</CUSTOMERID><NAME>Acme &amp; Sons</NAME>
    <DISPLAYCONTACT.CONTACTNAME>Acme &amp; Sons(CACME)</DISPLAYCONTACT.CONTACTNAME><DISPLAYCONTACT.EMAIL1>ap@acme.example</DISPLAYCONTACT.EMAIL1>
    <DISPLAYCONTACT.MAILADDRESS.CITY>Austin</DISPLAYCONTACT.MAILADDRESS.CITY>
    <DISPLAYCONTACT.MAILADDRESS.COUNTRY>United States</DISPLAYCONTACT.MAILADDRESS.COUNTRY><TOTALDUE>225.5</TOTALDUE><STATUS>active</STATUS>
    <TERMNAME/><REGION>West</REGION><ONETIME>F</ONETIME></CUSTOMER>`
  const nested = `<customer><recordno>33</recordno><customerid>ACME</customerid><name>Acme &amp; Sons</name><displaycontact>
    <contactname>Acme &amp; Sons(CACME)</contactname><email1>ap@acme.example</email1><mailaddress><city>Austin</city>
    <country>United States</country></mailaddress></displaycontact><totaldue>225.5</totaldue><status>Active</status><termname></termname>
    <region>West</region><onetime>F</onetime></customer>`

  it('reads dotted, nested and lower-case records alike', () => {
    const [one, other] = [dotted, nested].map(
      (element) => toUnified(mappings.customer, recordOf(element).fields, context).record,
    )
    expect(one).toEqual(other)
    expect(one).toMatchObject({
      name: 'Acme & Sons',
      email: 'ap@acme.example',
      balance: '225.50',
      status: 'active',
      terms: null,
      customFields: { REGION: 'West' },
      vendorFields: { RECORDNO: '33', ONETIME: 'F' },
      addresses: [{ id: 'display', city: 'Austin', country: 'US', label: null, contactName: 'Acme & Sons(CACME)' }],
    })
    expect(one).not.toHaveProperty('phone')
  })

  it('shows one address for contacts that are the same', () => {
    const contact = (prefix: string, name: string, city: string) => ({
      [`${prefix}.CONTACTNAME`]: name,
      [`${prefix}.MAILADDRESS.CITY`]: city,
    })
    const record = {
      CUSTOMERID: 'A',
      NAME: 'A',
      ...contact('DISPLAYCONTACT', 'A(CA)', 'X'),
      ...contact('CONTACTINFO', 'A(CA)', 'X'),
      ...contact('BILLTO', 'Dock(CA)', 'Y'),
      ...contact('SHIPTO', 'Dock(CA)', 'Y'),
    }
    expect(toUnified(mappings.customer, record, context).record.addresses).toMatchObject([
      { id: 'display', isDefaultBilling: false, isDefaultShipping: false },
      { id: 'billTo', label: 'Dock', city: 'Y', isDefaultBilling: true, isDefaultShipping: true },
    ])
  })

  it('reads back what it writes, for every plain field', () => {
    for (const [field, row] of Object.entries(mappings.customer)) {
      if (row.kind !== 'at' || row.access === 'read-only') continue
      const value =
        ({ boolean: true, money: '12.50' } as Record<string, unknown>)[row.codec.title] ??
        (field === 'status' ? 'inactive' : field === 'currency' ? 'EUR' : 'x')
      const flat = toVendor(mappings.customer, { [field]: value }, { mode: 'create', blank: '', context })
      expect(toUnified(mappings.customer, flat, context).record, field).toMatchObject({ [field]: value })
    }
  })

  it('gives every absent field a reason that can be read', () => {
    for (const row of Object.values({ ...mappings.customer, ...mappings.payment }) as {
      kind: string
      reason?: string
    }[]) {
      if (row.kind === 'absent') expect(row.reason).toMatch(/^[A-Z].{15,}\.$/)
    }
  })
})

describe('payments', () => {
  const read = (fields: object): PaymentRecord =>
    toUnified(mappings.payment, { TRX_TOTALENTERED: '100', TRX_TOTALDUE: '25.5', CURRENCY: 'USD', ...fields }, context)
      .record

  it.each([
    ['Draft', {}, 'draft'],
    ['Posted', {}, 'posted'],
    ['Complete', { FINANCIALENTITY: 'BOA' }, 'deposited'],
    ['Complete', { FINANCIALENTITY: 'BOA', CLRDATE: '01/31/2026' }, 'reconciled'],
    ['Complete', { CLEARED: 'T' }, 'reconciled'],
    ['Complete', { CLEARED: 'F', FINANCIALENTITY: 'BOA' }, 'deposited'],
    ['Reconciled', {}, 'reconciled'],
    ['Reversed', {}, 'voided'],
    ['Gone fishing', {}, 'unknown'],
  ])('%s %j is %s', (STATE, more, status) => {
    expect(statusOf({ STATE, ...more })).toBe(status)
    expect(read({ STATE, ...more })).toMatchObject({ status, statusText: STATE })
  })

  it('splits the amount into what is applied and what is left', () => {
    expect(read({ STATE: 'Posted' })).toMatchObject({
      amount: '100.00',
      appliedAmount: '74.50',
      unappliedAmount: '25.50',
    })
    expect(read({ STATE: 'Posted', TRX_TOTALDUE: '-25.5' })).toMatchObject({
      appliedAmount: '74.50',
      unappliedAmount: '25.50',
    })
    expect(read({ STATE: 'Draft', '#CASH': '80' })).toMatchObject({ appliedAmount: '80.00', unappliedAmount: '20.00' })
    expect(read({ STATE: 'Reversed', '#CASH': '80' })).toMatchObject({
      appliedAmount: '80.00',
      unappliedAmount: '20.00',
    })
  })

  it('groups details by invoice, and tells cash from every kind of credit', () => {
    const settled = settledBy(
      [
        { RECORDKEY: '101', TRX_PAYMENTAMOUNT: '80', TRX_DISCOUNTAMOUNT: '2', ENTRYKEY: '7' },
        { RECORDKEY: '101', ADJUSTMENTKEY: '305', TRX_ADJUSTMENTAMOUNT: '20', ENTRYKEY: '8' },
        {
          POSADJKEY: '412',
          POSADJENTRYKEY: '9',
          POSTEDADVANCEKEY: '78',
          TRX_POSTEDADVANCEAMOUNT: '5',
          TRX_PAYMENTAMOUNT: '',
        },
        {
          RECORDKEY: '102',
          INLINEKEY: '200',
          INLINEENTRYKEY: '202',
          TRX_INLINEAMOUNT: '15',
          OVERPAYMENTKEY: '',
          TRX_POSTEDOVERPAYMENTAMOUNT: '0',
        },
      ],
      context,
    )
    expect(settled.applications).toMatchObject([
      {
        invoiceId: '101',
        amount: '100.00',
        cashAmount: '80.00',
        creditAmount: '20.00',
        discount: '2.00',
        lineId: null,
      },
      { invoiceId: 'debit-412', amount: '5.00', cashAmount: '0.00', creditAmount: '5.00', lineId: '9' },
      { invoiceId: '102', amount: '15.00' },
    ])
    expect(settled.credits).toEqual([
      { creditId: 'memo-305', amount: '20.00', invoiceId: '101' },
      { creditId: 'advance-78', amount: '5.00', invoiceId: 'debit-412' },
      { creditId: 'inline-200.202', amount: '15.00', invoiceId: '102' },
    ])
    expect(settled).toMatchObject({ cash: '80', invoiceKeys: ['101', '102'], debitMemoKeys: ['412'] })
  })
})
