/** The half of the books that knows customers and documents: post, change, list, balance, undo. */
import { BookTables } from './book-tables.ts'
import {
  APPLYING_KINDS,
  type BookChange,
  type BookCustomer,
  type BookDocument,
  BookError,
  type BookSnapshot,
  type BooksOptions,
  type CustomerChange,
  type DocumentChange,
  type DocumentKind,
  isReceivable,
  type NewCustomer,
  type NewDocument,
} from './book-types.ts'
import { isBelowZero, minus, plain, sum } from './decimal.ts'

/** Customers and documents, without who settles what. */
export class Ledger {
  /** Nothing dated on or before this day can be posted, changed or taken back; `null`: every period is open. */
  closedThrough: string | null = null
  protected readonly tables = new BookTables()
  readonly #clock: () => Date

  constructor(options: Pick<BooksOptions, 'clock'> = {}) {
    this.#clock = options.clock ?? (() => new Date())
  }

  /** Counts up at every change, also at one that is rolled back later. */
  get version(): number {
    return this.tables.version
  }

  /** Calls `listener` at every changed record (also at each one put back by a roll-back); returns how to stop. */
  onChange(listener: (change: BookChange) => void): () => void {
    return this.tables.onChange(listener)
  }

  /** The next number of a named sequence, as text. A roll-back does not give numbers back, as in a real ERP. */
  nextId(sequence: string): string {
    return this.tables.nextId(sequence)
  }

  /** Makes `next` the number that the sequence gives next. */
  startSequence(sequence: string, next: number): void {
    this.tables.sequences.set(sequence, next)
  }

  /** All or nothing: what `work` changed is undone when it throws. Can be nested; `work` must be synchronous. */
  transaction<Result>(work: () => Result): Result {
    return this.tables.transaction(work)
  }

  snapshot(): BookSnapshot {
    return { ...this.tables.snapshot(), closedThrough: this.closedThrough }
  }

  restore(snapshot: BookSnapshot): void {
    this.closedThrough = snapshot.closedThrough
    this.tables.restore(snapshot)
  }

  // Customers

  addCustomer(customer: NewCustomer): BookCustomer {
    const id = customer.id ?? this.nextId('customer')
    if (this.tables.customers.has(id)) throw new BookError('duplicate', id, `Customer ${id} exists already.`)
    const parentId = customer.parentId ?? null
    if (parentId !== null) this.customer(parentId)
    const createdAt = customer.createdAt ?? this.now()
    const added: BookCustomer = {
      id,
      parentId,
      currency: customer.currency ?? null,
      active: customer.active ?? true,
      details: customer.details ?? {},
      createdAt,
      updatedAt: customer.updatedAt ?? createdAt,
    }
    this.tables.putCustomer(id, added)
    return added
  }

  getCustomer(id: string): BookCustomer | undefined {
    return this.tables.customers.get(id)
  }

  /** As `getCustomer`, but refuses an unknown one. */
  customer(id: string): BookCustomer {
    const customer = this.tables.customers.get(id)
    if (!customer) throw new BookError('unknown-customer', id, `Customer ${id} does not exist.`)
    return customer
  }

  /** In no promised order. */
  customers(): BookCustomer[] {
    return [...this.tables.customers.values()]
  }

  updateCustomer(id: string, change: CustomerChange): BookCustomer {
    const before = this.customer(id)
    if (change.parentId) {
      this.customer(change.parentId)
      if (this.isFamily(id, change.parentId)) {
        throw new BookError('wrong-customer', change.parentId, `Customer ${id} cannot be below itself.`)
      }
    }
    const details = merged(before.details, change.details)
    const after: BookCustomer = { ...before, ...change, details, updatedAt: this.now() }
    this.tables.putCustomer(id, after)
    return after
  }

  deleteCustomer(id: string): void {
    this.customer(id)
    if (this.tables.documentsOf(id).size > 0) {
      throw new BookError('in-use', id, `Customer ${id} has transactions.`)
    }
    if (this.tables.childrenOf(id).size > 0) {
      throw new BookError('in-use', id, `Customer ${id} has sub-customers.`)
    }
    this.tables.putCustomer(id, undefined)
  }

  /** Ids of the customers directly below. */
  childrenOf(id: string): string[] {
    return [...this.tables.childrenOf(id)]
  }

  /** Whether `id` is `ancestorId` or somewhere below it. */
  isFamily(ancestorId: string, id: string): boolean {
    for (let at: string | null = id; at !== null; at = this.getCustomer(at)?.parentId ?? null) {
      if (at === ancestorId) return true
    }
    return false
  }

  // Documents

  post(document: NewDocument): BookDocument {
    const id = document.id ?? this.nextId('document')
    if (this.tables.documents.has(id)) throw new BookError('duplicate', id, `Transaction ${id} exists already.`)
    this.customer(document.customerId)
    this.requireOpenPeriod(document.date, id)
    const total = plain(document.total)
    if (isBelowZero(total) || (total === '0' && !APPLYING_KINDS.includes(document.kind))) {
      throw new BookError('not-positive', id, `The amount of transaction ${id} must be above zero.`)
    }
    const createdAt = document.createdAt ?? this.now()
    const posted: BookDocument = {
      id,
      kind: document.kind,
      number: document.number ?? id,
      customerId: document.customerId,
      date: document.date,
      dueDate: document.dueDate ?? null,
      currency: document.currency,
      total,
      open: total,
      voided: false,
      details: document.details ?? {},
      createdAt,
      updatedAt: document.updatedAt ?? createdAt,
    }
    this.tables.putDocument(id, posted)
    return posted
  }

  getDocument(id: string): BookDocument | undefined {
    return this.tables.documents.get(id)
  }

  /** As `getDocument`, but refuses an unknown one. */
  document(id: string): BookDocument {
    const document = this.tables.documents.get(id)
    if (!document) throw new BookError('unknown-document', id, `Transaction ${id} does not exist.`)
    return document
  }

  /** In no promised order. With `customerId` the cost is that customer's documents, not all. */
  documents(filter: { customerId?: string; kind?: DocumentKind | readonly DocumentKind[] } = {}): BookDocument[] {
    const { customerId, kind } = filter
    const kinds = kind === undefined ? null : typeof kind === 'string' ? [kind] : kind
    if (customerId === undefined) {
      const all = [...this.tables.documents.values()]
      return kinds ? all.filter((document) => kinds.includes(document.kind)) : all
    }
    if (!kinds) return this.tables.documentsOfCustomer(customerId)
    return kinds.flatMap((one) => this.tables.documentsOfKind(customerId, one))
  }

  /** What is still open of a document. */
  openAmount(id: string): string {
    return this.document(id).open
  }

  /** Open receivables less open credits of the kinds asked for (default: all kinds), in one currency when given. */
  balance(customerId: string, options: { kinds?: readonly DocumentKind[]; currency?: string } = {}): string {
    const amounts = this.documents({ customerId, ...(options.kinds && { kind: options.kinds }) })
      .filter((document) => options.currency === undefined || document.currency === options.currency)
      .map((document) => (isReceivable(document.kind) ? document.open : minus('0', document.open)))
    return sum(amounts)
  }

  updateDocument(id: string, change: DocumentChange): BookDocument {
    const before = this.document(id)
    this.requireOpenPeriod(before.date, id)
    if (change.date !== undefined) this.requireOpenPeriod(change.date, id)
    const details = merged(before.details, change.details)
    const after: BookDocument = { ...before, ...change, details, updatedAt: this.now() }
    this.tables.putDocument(id, after)
    return after
  }

  /** Another amount for a payment: not below what of it is used. */
  changeTotal(id: string, total: string): BookDocument {
    const before = this.document(id)
    this.requireOpenPeriod(before.date, id)
    if (before.kind !== 'payment' || before.voided) {
      throw new BookError('in-use', id, `The amount of transaction ${id} cannot change.`)
    }
    if (isBelowZero(total)) throw new BookError('not-positive', id, 'An amount cannot be below zero.')
    const open = minus(total, minus(before.total, before.open))
    if (isBelowZero(open)) throw new BookError('exceeds-credit', id, `More than ${total} of payment ${id} is used.`)
    const after: BookDocument = { ...before, total: plain(total), open, updatedAt: this.now() }
    this.tables.putDocument(id, after)
    return after
  }

  protected requireOpenPeriod(date: string, subject: string): void {
    if (this.closedThrough !== null && date <= this.closedThrough) {
      throw new BookError('period-closed', subject, `The books are closed through ${this.closedThrough}.`)
    }
  }

  protected now(): string {
    return this.#clock().toISOString()
  }
}

function merged(before: Readonly<Record<string, unknown>>, change: Readonly<Record<string, unknown>> | undefined) {
  if (change === undefined) return before
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined))
}
