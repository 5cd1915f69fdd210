/**
 * The accounting that both sandboxes share: customers, receivables documents, receipts, and who settles what.
 * It knows double entry's limits (nothing is applied twice or beyond what is open), never a vendor's field names.
 * Amounts are decimal text in the document's own currency; dates are YYYY-MM-DD; instants are RFC 3339 UTC.
 */

import {
  type BookDocument,
  BookError,
  type BooksOptions,
  isReceivable,
  type NewSettlement,
  type Settlement,
} from './book-types.ts'
import { isAbove, isBelowZero, minus, plain, plus, sum } from './decimal.ts'
import { Ledger } from './ledger.ts'

export * from './book-types.ts'

/** Everything is synchronous; records that the books hand out never change (they are replaced). */
export class Books extends Ledger {
  readonly #familySettlement: boolean

  constructor(options: BooksOptions = {}) {
    super(options)
    this.#familySettlement = options.familySettlement ?? false
  }

  /** Deletes: gives back what it settled as source; refused when another transaction uses or pays it. */
  remove(id: string): void {
    this.#takeBack(id)
    this.tables.putDocument(id, undefined)
  }

  /** Reverses: as `remove`, but the document stays, marked, with nothing open. */
  voidDocument(id: string): BookDocument {
    if (this.document(id).voided) throw new BookError('in-use', id, `Transaction ${id} is voided already.`)
    this.#takeBack(id)
    const after: BookDocument = { ...this.document(id), open: '0', voided: true, updatedAt: this.now() }
    this.tables.putDocument(id, after)
    return after
  }

  // Settlements

  /** By one or several of the transactions that take part. The cost is what was found, not all. */
  settlements(filter: { source?: string; creditId?: string; invoiceId?: string } = {}): Settlement[] {
    return this.tables.settlementsBy(filter)
  }

  getSettlement(id: string): Settlement | undefined {
    return this.tables.settlements.get(id)
  }

  settle(settlement: NewSettlement): Settlement {
    const source = this.document(settlement.source)
    const credit = this.document(settlement.creditId)
    const invoice = this.document(settlement.invoiceId)
    const amount = plain(settlement.amount)
    const discount = plain(settlement.discount ?? '0')
    const used = plus(amount, discount)
    if (isBelowZero(amount) || isBelowZero(discount) || used === '0') {
      throw new BookError('not-positive', invoice.id, 'An application must be above zero.')
    }
    this.requireOpenPeriod(settlement.date, source.id)
    this.#requireFit(source, credit, invoice)
    if (isAbove(used, invoice.open)) {
      throw new BookError(
        'exceeds-open-amount',
        invoice.id,
        `${invoice.number} has ${invoice.open} open; ${used} was applied.`,
      )
    }
    if (isAbove(amount, credit.open)) {
      throw new BookError('exceeds-credit', credit.id, `${credit.number} has ${credit.open} left; ${amount} was used.`)
    }
    const id = this.nextId('settlement')
    const made: Settlement = {
      id,
      source: source.id,
      creditId: credit.id,
      invoiceId: invoice.id,
      amount,
      discount,
      date: settlement.date,
    }
    this.tables.putSettlement(id, made)
    this.#changeOpen(invoice.id, minus(invoice.open, used))
    this.#changeOpen(credit.id, minus(credit.open, amount))
    return made
  }

  /** Takes one application back: the invoice is open again, the credit can be used again. */
  release(settlementId: string): void {
    const settlement = this.tables.settlements.get(settlementId)
    if (!settlement)
      throw new BookError('unknown-document', settlementId, `Application ${settlementId} does not exist.`)
    this.requireOpenPeriod(settlement.date, settlement.source)
    const invoice = this.document(settlement.invoiceId)
    this.tables.putSettlement(settlementId, undefined)
    this.#changeOpen(invoice.id, sum([invoice.open, settlement.amount, settlement.discount]))
    this.#changeOpen(settlement.creditId, plus(this.document(settlement.creditId).open, settlement.amount))
  }

  #takeBack(id: string): void {
    const document = this.document(id)
    this.requireOpenPeriod(document.date, id)
    const others = [...this.settlements({ creditId: id }), ...this.settlements({ invoiceId: id })]
    if (others.some((settlement) => settlement.source !== id)) {
      throw new BookError('in-use', id, `Another transaction uses or pays ${document.number}.`)
    }
    this.transaction(() => {
      for (const settlement of this.settlements({ source: id })) this.release(settlement.id)
    })
  }

  #requireFit(source: BookDocument, credit: BookDocument, invoice: BookDocument): void {
    if (!isReceivable(invoice.kind) || invoice.voided) {
      throw new BookError('unknown-document', invoice.id, `${invoice.number} cannot be paid.`)
    }
    if (isReceivable(credit.kind) || credit.voided || source.voided) {
      throw new BookError('unknown-document', credit.id, `${credit.number} is no credit.`)
    }
    for (const other of [credit, invoice]) {
      const fits = this.#familySettlement
        ? this.isFamily(source.customerId, other.customerId)
        : source.customerId === other.customerId
      if (!fits) throw new BookError('wrong-customer', other.id, `${other.number} belongs to another customer.`)
    }
    if (credit.currency !== invoice.currency) {
      throw new BookError(
        'wrong-currency',
        invoice.id,
        `${invoice.number} is in ${invoice.currency}, not ${credit.currency}.`,
      )
    }
  }

  #changeOpen(id: string, open: string): void {
    this.tables.putDocument(id, { ...this.document(id), open, updatedAt: this.now() })
  }
}
