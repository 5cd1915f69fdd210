/** What `GET /__sandbox/books` shows: the ledger itself, so that tests and people need not trust the vendor's API. */
import type { BookCustomer, Books } from './books.ts'

export interface BooksView {
  readonly closedThrough: string | null
  readonly customers: readonly {
    readonly id: string
    readonly active: boolean
    readonly currency: string | null
    /** Open receivables less all open credits. */
    readonly balance: string
    readonly openItems: readonly { id: string; kind: string; number: string; currency: string; open: string }[]
  }[]
  readonly documents: readonly unknown[]
  readonly settlements: readonly unknown[]
}

/** Everything, or one customer and what touches it. */
export function viewOfBooks(books: Books, customerId: string | null): BooksView {
  const customers = customerId === null ? books.customers() : [books.getCustomer(customerId)].filter((one) => !!one)
  const documents = books.documents(customerId === null ? {} : { customerId })
  const mine = new Set(documents.map((document) => document.id))
  const settlements = books
    .settlements()
    .filter(
      ({ source, creditId, invoiceId }) =>
        customerId === null || mine.has(source) || mine.has(creditId) || mine.has(invoiceId),
    )
  return {
    closedThrough: books.closedThrough,
    customers: customers.map((customer) => viewOfCustomer(books, customer)),
    documents,
    settlements,
  }
}

function viewOfCustomer(books: Books, customer: BookCustomer): BooksView['customers'][number] {
  const open = books.documents({ customerId: customer.id }).filter((document) => document.open !== '0')
  return {
    id: customer.id,
    active: customer.active,
    currency: customer.currency,
    balance: books.balance(customer.id),
    openItems: open.map(({ id, kind, number, currency, open }) => ({ id, kind, number, currency, open })),
  }
}
