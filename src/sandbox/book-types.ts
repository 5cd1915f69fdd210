/** What the sandboxes' books keep: customers, documents, settlements; and in what words they refuse. */

/** What a receivable can be. Positive kinds are owed to us, credit kinds are owed to the customer. */
export type DocumentKind =
  | 'invoice'
  | 'debit-memo'
  | 'journal'
  | 'credit-memo'
  | 'deposit'
  | 'advance'
  | 'payment'
  | 'deposit-application'
  | 'customer-refund'

/** Kinds that may move no money of their own: they only say which credit settles what. */
export const APPLYING_KINDS: readonly DocumentKind[] = ['payment', 'deposit-application']

/** The kinds that a credit can settle; a refund is money paid back, settled by what it pays back. */
export const RECEIVABLE_KINDS: readonly DocumentKind[] = ['invoice', 'debit-memo', 'journal', 'customer-refund']

/** Somebody who owes. `details` holds the vendor's own fields. */
export interface BookCustomer {
  readonly id: string
  readonly parentId: string | null
  readonly currency: string | null
  readonly active: boolean
  readonly details: Readonly<Record<string, unknown>>
  readonly createdAt: string
  readonly updatedAt: string
}

/** One transaction of a customer. A payment is a credit too: its unapplied rest is its open amount. */
export interface BookDocument {
  readonly id: string
  readonly kind: DocumentKind
  readonly number: string
  readonly customerId: string
  readonly date: string
  readonly dueDate: string | null
  readonly currency: string
  /** Face amount, above zero; zero only for what does nothing but apply other credits. */
  readonly total: string
  /** What is still open: `total` less every settlement that touches it; "0" once voided. */
  readonly open: string
  /** Reversed: it stays in the books, settles nothing and counts in no balance. */
  readonly voided: boolean
  /** Vendor's own fields (memo, bank account, method …); the sandboxes read and write them. */
  readonly details: Readonly<Record<string, unknown>>
  readonly createdAt: string
  readonly updatedAt: string
}

/** One application: `credit` (a payment, memo, deposit or advance) settles a part of `invoice`, told by `source`. */
export interface Settlement {
  readonly id: string
  /** The transaction that recorded the application: the payment; for a memo used by a payment, that payment. */
  readonly source: string
  readonly creditId: string
  readonly invoiceId: string
  readonly amount: string
  /** Discount taken beside `amount`; lowers the invoice, uses no credit. */
  readonly discount: string
  readonly date: string
}

/** What went wrong, in words of accounting. A sandbox turns it into its vendor's error. */
export type BookRefusal =
  | 'unknown-customer'
  | 'unknown-document'
  | 'wrong-customer'
  | 'wrong-currency'
  | 'exceeds-open-amount'
  | 'exceeds-credit'
  | 'not-positive'
  | 'in-use'
  | 'period-closed'
  | 'duplicate'

export class BookError extends Error {
  readonly refusal: BookRefusal
  readonly subject: string
  constructor(refusal: BookRefusal, subject: string, message: string) {
    super(message)
    this.refusal = refusal
    this.subject = subject
  }
}

export interface NewCustomer {
  /** Taken from the sequence `customer` when absent. */
  readonly id?: string
  readonly parentId?: string | null
  readonly currency?: string | null
  readonly active?: boolean
  readonly details?: Readonly<Record<string, unknown>>
  readonly createdAt?: string
  readonly updatedAt?: string
}

export interface NewDocument {
  /** Taken from the sequence `document` when absent. */
  readonly id?: string
  readonly kind: DocumentKind
  /** The id when absent. */
  readonly number?: string
  readonly customerId: string
  readonly date: string
  readonly dueDate?: string | null
  readonly currency: string
  readonly total: string
  readonly details?: Readonly<Record<string, unknown>>
  readonly createdAt?: string
  readonly updatedAt?: string
}

export interface NewSettlement {
  readonly source: string
  readonly creditId: string
  readonly invoiceId: string
  readonly amount: string
  readonly discount?: string
  readonly date: string
}

/** `details` are merged one by one; a key whose value is `undefined` is taken away. Everything absent stays. */
export type CustomerChange = Partial<Pick<BookCustomer, 'parentId' | 'currency' | 'active' | 'details'>>
export type DocumentChange = Partial<Pick<BookDocument, 'number' | 'date' | 'dueDate' | 'details'>>

export interface BooksOptions {
  readonly clock?: () => Date
  /** A parent's credit may settle the invoices of its sub-customers. */
  readonly familySettlement?: boolean
}

export function isReceivable(kind: DocumentKind): boolean {
  return RECEIVABLE_KINDS.includes(kind)
}

/** One record that was put, replaced or taken away; `all`: everything may be different (a restore). */
export interface BookChange {
  readonly table: 'customer' | 'document' | 'settlement' | 'all'
  readonly id: string
  /** Customers that it touches beside a customer itself: a document's owner, a customer's parent; before and after. */
  readonly customers: readonly string[]
}

/** Everything at one moment. Records are never changed in place, so copies of the tables are enough. */
export interface BookSnapshot {
  readonly customers: ReadonlyMap<string, BookCustomer>
  readonly documents: ReadonlyMap<string, BookDocument>
  readonly settlements: ReadonlyMap<string, Settlement>
  readonly sequences: ReadonlyMap<string, number>
  readonly closedThrough: string | null
}
