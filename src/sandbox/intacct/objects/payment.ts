/** ARPYMT with its details, and ARADVANCE with its items, as they are read: posted ones, drafts and reversals. */
import type { BookDocument } from '../../books.ts'
import { BASE_CURRENCY, type Company, type Fields, type OffBooksRecord } from '../company.ts'
import { CUSTOMER } from './customer.ts'
import { byName, type Field, FieldsRow, fields, type ObjectType, type Row } from './object-type.ts'
import { COMMON_FIELDS, CUSTOMER_RELATION, DocumentRow, linesOf } from './transaction.ts'

/**
 * Which words the XML gateway answers is uncertain. These follow the screen (release notes 2024 R2: Draft, Posted, Complete,
 * Reconciled) and the reversal (Reversed for the original, Reversal for the second record); C = complete is documented.
 */
export const PAYMENT_STATES = { Draft: 'D', Posted: 'A', Complete: 'C', Reconciled: 'X', Reversed: 'V', Reversal: 'R' }
export const PAYMENT_METHODS = ['Printed Check', 'Cash', 'EFT', 'Credit Card']

const METHODS = Object.fromEntries(PAYMENT_METHODS.map((method) => [method, method]))

/** Custom fields that the sandbox's company has defined on receipts, as many companies do for what writes to them. */
export const RECEIPT_CUSTOM: readonly Field[] = fields('GATEWAY_INTENT').map((field) => ({ ...field, custom: true }))

const HEADER_FIELDS = byName([
  ...fields(
    `RECORDNO:integer* RECORDTYPE* RECORDID* FINANCIALENTITY FINANCIALENTITYTYPE* FINANCIALACCOUNTNAME*
    FINANCIALACCOUNTCURRENCY* STATE:enum* DISPLAYSTATE* RAWSTATE* PAYMENTMETHOD:enum! CUSTOMERID CUSTOMERNAME* PAYERNAME
    DOCNUMBER DESCRIPTION WHENCREATED:date* RECEIPTDATE:date! WHENPAID:date UNDEPOSITEDACCOUNTNO PARENTPAYMENTKEY:integer*
    MULTIENTITYPYMTKEY:integer* CLEARED* CLRDATE:date* BILLTOPAYTONAME`,
    { STATE: PAYMENT_STATES, PAYMENTMETHOD: METHODS },
  ),
  ...COMMON_FIELDS,
  ...RECEIPT_CUSTOM,
])

export const DETAIL_FIELDS: readonly Field[] =
  fields(`RECORDNO:integer* RECORDKEY:integer ENTRYKEY:integer POSADJKEY:integer
  POSADJENTRYKEY:integer INLINEKEY:integer INLINEENTRYKEY:integer INLINEAMOUNT:decimal* TRX_INLINEAMOUNT:decimal
  ADVANCEKEY:integer ADVANCEENTRYKEY:integer POSTEDADVANCEKEY:integer* POSTEDADVANCEENTRYKEY:integer*
  POSTEDADVANCEAMOUNT:decimal* TRX_POSTEDADVANCEAMOUNT:decimal OVERPAYMENTKEY:integer OVERPAYMENTENTRYKEY:integer
  POSTEDOVERPAYMENTKEY:integer* POSTEDOVERPAYMENTENTRYKEY:integer* POSTEDOVERPAYMENTAMOUNT:decimal*
  TRX_POSTEDOVERPAYMENTAMOUNT:decimal NEGATIVEINVOICEKEY:integer NEGATIVEINVOICEENTRYKEY:integer
  NEGATIVEINVOICEAMOUNT:decimal* TRX_NEGATIVEINVOICEAMOUNT:decimal ADJUSTMENTKEY:integer ADJUSTMENTENTRYKEY:integer
  ADJUSTMENTAMOUNT:decimal* TRX_ADJUSTMENTAMOUNT:decimal DISCOUNTKEY:integer* DISCOUNTDATE:date DISCOUNTAMOUNT:decimal*
  TRX_DISCOUNTAMOUNT:decimal* TRX_TOTALDISCOUNTTOAPPLY:decimal PAYMENTKEY:integer* PAYMENTENTRYKEY:integer*
  PAYMENTDATE:date* PAYMENTAMOUNT:decimal* TRX_PAYMENTAMOUNT:decimal CURRENCY* STATE* WHENCREATED:timestamp*
  WHENMODIFIED:timestamp* CREATEDBY:integer* MODIFIEDBY:integer* PARENTPAYMENTKEY:integer*`)

export const ITEM_FIELDS: readonly Field[] = fields(`RECORDNO:integer* RECORDKEY:integer* LINE_NO:integer* ACCOUNTNO
  ACCOUNTLABEL TRX_AMOUNT:decimal AMOUNT:decimal* LOCATIONID DEPARTMENTID ENTRYDESCRIPTION TRX_TOTALDUE:decimal*`)

class PaymentRow extends DocumentRow {
  protected override own(field: string): string | undefined {
    const { document } = this
    switch (field) {
      // Meaning by the docs: rp marks what can be an overpayment, rr an advance; a separate record for the rest was not found.
      case 'RECORDTYPE':
        return document.kind === 'advance' ? 'rr' : 'rp'
      case 'STATE':
      case 'DISPLAYSTATE':
        return this.#state()
      case 'RAWSTATE':
        return PAYMENT_STATES[this.#state() as keyof typeof PAYMENT_STATES]
      case 'WHENCREATED':
      case 'RECEIPTDATE':
        return document.date
      default:
        return financialEntity(this.company, field, this.document.details['FINANCIALENTITY'])
    }
  }

  #state(): string {
    if (this.document.voided) return 'Reversed'
    if (this.document.details['CLEARED'] === 'T') return 'Reconciled'
    return this.document.details['FINANCIALENTITY'] ? 'Complete' : 'Posted'
  }
}

function financialEntity(company: Company, field: string, id: unknown): string | undefined {
  const known = ['FINANCIALENTITYTYPE', 'FINANCIALACCOUNTNAME', 'FINANCIALACCOUNTCURRENCY'].includes(field)
  if (!known) return undefined
  for (const [table, type] of [
    ['CHECKINGACCOUNT', 'ba'],
    ['SAVINGSACCOUNT', 'sa'],
  ] as const) {
    const account = company.reference.get(table)?.get(String(id ?? ''))
    if (!account) continue
    if (field === 'FINANCIALENTITYTYPE') return type
    return (field === 'FINANCIALACCOUNTNAME' ? account['BANKNAME'] : account['CURRENCY']) ?? ''
  }
  return ''
}

/** Drafts and reversals keep all their fields themselves. */
class OffBooksRow implements Row {
  readonly record: OffBooksRecord
  readonly #company: Company
  constructor(company: Company, record: OffBooksRecord) {
    this.#company = company
    this.record = record
  }
  value(field: string): string {
    const { fields: own } = this.record
    if (field === 'BASECURR') return BASE_CURRENCY
    if (field === 'DISPLAYSTATE') return own['STATE'] ?? ''
    if (field === 'RAWSTATE') return PAYMENT_STATES[own['STATE'] as keyof typeof PAYMENT_STATES] ?? ''
    if (field === 'CUSTOMERNAME') return CUSTOMER.byName(this.#company, own['CUSTOMERID'] ?? '')?.value('NAME') ?? ''
    return financialEntity(this.#company, field, own['FINANCIALENTITY']) ?? own[field] ?? ''
  }
}

type AnyRow = PaymentRow | OffBooksRow

function recordLines(row: AnyRow, linkField: string): FieldsRow[] {
  const lines: readonly Fields[] = row instanceof PaymentRow ? linesOf(row.document) : row.record.lines
  const state = row.value('STATE')
  return lines.map(
    (line) =>
      new FieldsRow({ ...line, [linkField]: row.value('RECORDNO'), STATE: state, CURRENCY: row.value('CURRENCY') }),
  )
}

interface Shape {
  readonly name: 'ARPYMT' | 'ARADVANCE'
  readonly kind: BookDocument['kind']
  readonly list: string
  readonly item: string
  readonly lineFields: readonly Field[]
  /** The line's field that names the record it belongs to. */
  readonly linkField: string
}

function receipt(shape: Shape): ObjectType {
  const posted = (company: Company, document: BookDocument | undefined) =>
    document?.kind === shape.kind ? new PaymentRow(company, document) : undefined
  const offBooks = (company: Company, record: OffBooksRecord | undefined) =>
    record?.object === shape.name ? new OffBooksRow(company, record) : undefined
  const byRecordNumber = (company: Company, recordNumber: string): AnyRow | undefined =>
    posted(company, company.books.getDocument(recordNumber)) ?? offBooks(company, company.offBooks.get(recordNumber))
  const rows = function* (company: Company, customerId?: string): Iterable<AnyRow> {
    const filter = customerId === undefined ? {} : { customerId }
    for (const document of company.books.documents({ ...filter, kind: shape.kind })) {
      yield new PaymentRow(company, document)
    }
    for (const record of company.offBooks.values()) {
      const mine = customerId === undefined || record.fields['CUSTOMERID'] === customerId
      if (mine && record.object === shape.name) yield new OffBooksRow(company, record)
    }
  }
  return {
    name: shape.name,
    fields: HEADER_FIELDS,
    relations: { CUSTOMER: CUSTOMER_RELATION },
    nameField: 'RECORDNO',
    rows: (company) => rows(company),
    byRecordNumber,
    byName: byRecordNumber,
    rowsWhere: (company, field, value) => {
      if (field === 'CUSTOMERID') return rows(company, value)
      if (field !== 'RECORDNO') return null
      const row = byRecordNumber(company, value)
      return row ? [row] : []
    },
    lines: (_company, row) => [
      {
        list: shape.list,
        item: shape.item,
        fields: shape.lineFields,
        rows: recordLines(row as AnyRow, shape.linkField),
      },
    ],
  }
}

export const ARPYMT = receipt({
  name: 'ARPYMT',
  kind: 'payment',
  list: 'ARPYMTDETAILS',
  item: 'ARPYMTDETAIL',
  lineFields: DETAIL_FIELDS,
  linkField: 'PAYMENTKEY',
})

export const ARADVANCE = receipt({
  name: 'ARADVANCE',
  kind: 'advance',
  list: 'ARADVANCEITEMS',
  item: 'ARADVANCEITEM',
  lineFields: ITEM_FIELDS,
  linkField: 'RECORDKEY',
})

/** Details as an object of their own: who paid this invoice? */
function detailObject(name: string, owner: ObjectType, list: readonly Field[], linkField: string): ObjectType {
  const all = function* (company: Company): Iterable<Row> {
    for (const row of owner.rows(company)) yield* recordLines(row as AnyRow, linkField)
  }
  const byRecordNumber = (company: Company, recordNumber: string) => {
    for (const row of all(company)) if (row.value('RECORDNO') === recordNumber) return row
    return undefined
  }
  return {
    name,
    fields: byName(list),
    relations: {},
    nameField: 'RECORDNO',
    rows: all,
    byRecordNumber,
    byName: byRecordNumber,
    rowsWhere: (company, field, value) => {
      if (field !== linkField) return null
      const row = owner.byRecordNumber(company, value)
      return row ? recordLines(row as AnyRow, linkField) : []
    },
  }
}

export const ARPYMTDETAIL = detailObject('ARPYMTDETAIL', ARPYMT, DETAIL_FIELDS, 'PAYMENTKEY')
export const ARADVANCEITEM = detailObject('ARADVANCEITEM', ARADVANCE, ITEM_FIELDS, 'RECORDKEY')
