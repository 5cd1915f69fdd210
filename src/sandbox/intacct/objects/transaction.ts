/** What all receivables records share: customer, dates, currencies, and totals that come from the books. */
import type { BookDocument } from '../../books.ts'
import { minus } from '../../decimal.ts'
import { BASE_CURRENCY, type Company, type Fields } from '../company.ts'
import { times } from '../formats.ts'
import { CUSTOMER } from './customer.ts'
import { type Field, fields, type Relation, type Row } from './object-type.ts'

/** Both currencies: TOTAL… is base currency, TRX_TOTAL… the transaction's (developer docs, invoices). */
const TOTALS = ['TOTALENTERED', 'TOTALSELECTED', 'TOTALPAID', 'TOTALDUE']

export const COMMON_FIELDS: readonly Field[] = [
  ...fields(
    `BASECURR* CURRENCY EXCH_RATE_DATE:date EXCH_RATE_TYPE_ID EXCHANGE_RATE:decimal PRBATCH PRBATCHKEY:integer*`,
  ),
  ...fields([...TOTALS, ...TOTALS.map((name) => `TRX_${name}`)].map((name) => `${name}:decimal*`).join(' ')),
  ...fields(`SUPDOCID AUWHENCREATED:timestamp* WHENMODIFIED:timestamp* CREATEDBY:integer* MODIFIEDBY:integer*
    MEGAENTITYKEY:integer* MEGAENTITYID* MEGAENTITYNAME* RECORD_URL*`),
]

export const CUSTOMER_RELATION: Relation = {
  object: 'CUSTOMER',
  label: 'Customer',
  row: (company, row) => CUSTOMER.byName(company, row.value('CUSTOMERID')),
}

/** The vendor's own fields of a document in the books. */
export function detailsOf(document: BookDocument): Fields {
  return document.details as Fields
}

export function linesOf(document: BookDocument): readonly Fields[] {
  return (document.details['lines'] ?? []) as readonly Fields[]
}

/** A document of the books as a row. `sign` -1: what lowers the customer's debt shows its totals below zero. */
export abstract class DocumentRow implements Row {
  readonly document: BookDocument
  protected readonly company: Company

  constructor(company: Company, document: BookDocument) {
    this.company = company
    this.document = document
  }

  protected abstract own(field: string): string | undefined
  protected readonly sign: 1 | -1 = 1

  value(field: string): string {
    return this.own(field) ?? this.#common(field) ?? detailsOf(this.document)[field] ?? ''
  }

  #common(field: string): string | undefined {
    const { document } = this
    switch (field) {
      case 'RECORDNO':
        return document.id
      case 'RECORDID':
        return document.number
      case 'CUSTOMERID':
        return document.customerId
      case 'CUSTOMERNAME':
        return CUSTOMER.byName(this.company, document.customerId)?.value('NAME') ?? ''
      case 'CUSTENTITY':
        return `C${document.customerId}`
      case 'BASECURR':
        return BASE_CURRENCY
      case 'CURRENCY':
        return document.currency
      case 'AUWHENCREATED':
        return `${document.createdAt.slice(0, 19)}Z`
      case 'WHENMODIFIED':
        return `${document.updatedAt.slice(0, 19)}Z`
      case 'CREATEDBY':
      case 'MODIFIEDBY':
        return '1'
      default:
        return this.#total(field)
    }
  }

  #total(field: string): string | undefined {
    const inTransaction = field.startsWith('TRX_')
    const name = inTransaction ? field.slice(4) : field
    if (!TOTALS.includes(name)) return undefined
    const { document } = this
    const amount = {
      TOTALENTERED: document.total,
      TOTALSELECTED: '0',
      TOTALPAID: document.voided ? '0' : minus(document.total, document.open),
      TOTALDUE: document.open,
    }[name]!
    const signed = this.sign === 1 ? amount : minus('0', amount)
    return inTransaction || document.currency === BASE_CURRENCY
      ? signed
      : times(signed, detailsOf(document)['EXCHANGE_RATE'] ?? '1')
  }
}
