/** The store below the books: records by id with their indexes, a journal to undo them, snapshots, sequences, listeners. */
import type { BookChange, BookCustomer, BookDocument, BookSnapshot, DocumentKind, Settlement } from './book-types.ts'

type Index = Map<string, Set<string>>
const NOTHING: ReadonlySet<string> = new Set()

export class BookTables {
  version = 0
  customers = new Map<string, BookCustomer>()
  documents = new Map<string, BookDocument>()
  settlements = new Map<string, Settlement>()
  sequences = new Map<string, number>()
  readonly #children: Index = new Map()
  readonly #documentsByCustomer: Index = new Map()
  readonly #documentsByKind: Index = new Map()
  readonly #settlementsBySource: Index = new Map()
  readonly #settlementsByCredit: Index = new Map()
  readonly #settlementsByInvoice: Index = new Map()
  readonly #listeners = new Set<(change: BookChange) => void>()
  #journal: (() => void)[] | null = null

  onChange(listener: (change: BookChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  nextId(sequence: string): string {
    const next = this.sequences.get(sequence) ?? 1
    this.sequences.set(sequence, next + 1)
    return String(next)
  }

  putCustomer(id: string, next: BookCustomer | undefined): void {
    const before = replace(this.customers, id, next)
    if (before?.parentId !== next?.parentId) {
      unlink(this.#children, before?.parentId, id)
      link(this.#children, next?.parentId, id)
    }
    this.#changed('customer', id, [before?.parentId, next?.parentId], () => this.putCustomer(id, before))
  }

  putDocument(id: string, next: BookDocument | undefined): void {
    const before = replace(this.documents, id, next)
    if (before?.customerId !== next?.customerId) {
      unlink(this.#documentsByCustomer, before?.customerId, id)
      unlink(this.#documentsByKind, before && kindKey(before.customerId, before.kind), id)
      if (next) this.#linkDocument(next)
    }
    this.#changed('document', id, [before?.customerId, next?.customerId], () => this.putDocument(id, before))
  }

  putSettlement(id: string, next: Settlement | undefined): void {
    const before = replace(this.settlements, id, next)
    if (before) this.#unlinkSettlement(before)
    if (next) this.#linkSettlement(next)
    this.#changed('settlement', id, [], () => this.putSettlement(id, before))
  }

  childrenOf(customerId: string): ReadonlySet<string> {
    return this.#children.get(customerId) ?? NOTHING
  }

  documentsOf(customerId: string): ReadonlySet<string> {
    return this.#documentsByCustomer.get(customerId) ?? NOTHING
  }

  documentsOfCustomer(customerId: string): BookDocument[] {
    return Array.from(this.documentsOf(customerId), (id) => this.documents.get(id)!)
  }

  documentsOfKind(customerId: string, kind: DocumentKind): BookDocument[] {
    const ids = this.#documentsByKind.get(kindKey(customerId, kind)) ?? NOTHING
    return Array.from(ids, (id) => this.documents.get(id)!)
  }

  settlementsBy(filter: { source?: string; creditId?: string; invoiceId?: string }): Settlement[] {
    const sets = [
      filter.source === undefined ? undefined : (this.#settlementsBySource.get(filter.source) ?? NOTHING),
      filter.creditId === undefined ? undefined : (this.#settlementsByCredit.get(filter.creditId) ?? NOTHING),
      filter.invoiceId === undefined ? undefined : (this.#settlementsByInvoice.get(filter.invoiceId) ?? NOTHING),
    ].filter((set) => set !== undefined)
    const smallest = sets.sort((left, right) => left.size - right.size)[0]
    const candidates = smallest
      ? Array.from(smallest, (id) => this.settlements.get(id)!)
      : [...this.settlements.values()]
    if (sets.length < 2) return candidates
    return candidates.filter((settlement) => sets.every((set) => set.has(settlement.id)))
  }

  transaction<Result>(work: () => Result): Result {
    const outermost = this.#journal === null
    const journal = this.#journal ?? []
    this.#journal = journal
    const start = journal.length
    try {
      return work()
    } catch (error) {
      const undo = journal.splice(start).reverse()
      this.#journal = null
      for (const step of undo) step()
      if (!outermost) this.#journal = journal
      throw error
    } finally {
      if (outermost) this.#journal = null
    }
  }

  snapshot(): Omit<BookSnapshot, 'closedThrough'> {
    return {
      customers: new Map(this.customers),
      documents: new Map(this.documents),
      settlements: new Map(this.settlements),
      sequences: new Map(this.sequences),
    }
  }

  restore(snapshot: BookSnapshot): void {
    if (this.#journal) throw new Error('Books cannot be restored inside a transaction.')
    this.customers = new Map(snapshot.customers)
    this.documents = new Map(snapshot.documents)
    this.settlements = new Map(snapshot.settlements)
    this.sequences = new Map(snapshot.sequences)
    for (const index of [this.#children, this.#documentsByCustomer, this.#documentsByKind]) index.clear()
    for (const index of [this.#settlementsBySource, this.#settlementsByCredit, this.#settlementsByInvoice])
      index.clear()
    for (const customer of this.customers.values()) link(this.#children, customer.parentId, customer.id)
    for (const document of this.documents.values()) this.#linkDocument(document)
    for (const settlement of this.settlements.values()) this.#linkSettlement(settlement)
    this.#changed('all', '', [], () => {})
  }

  #linkDocument(document: BookDocument): void {
    link(this.#documentsByCustomer, document.customerId, document.id)
    link(this.#documentsByKind, kindKey(document.customerId, document.kind), document.id)
  }

  #linkSettlement(settlement: Settlement): void {
    link(this.#settlementsBySource, settlement.source, settlement.id)
    link(this.#settlementsByCredit, settlement.creditId, settlement.id)
    link(this.#settlementsByInvoice, settlement.invoiceId, settlement.id)
  }

  #unlinkSettlement(settlement: Settlement): void {
    unlink(this.#settlementsBySource, settlement.source, settlement.id)
    unlink(this.#settlementsByCredit, settlement.creditId, settlement.id)
    unlink(this.#settlementsByInvoice, settlement.invoiceId, settlement.id)
  }

  #changed(
    table: BookChange['table'],
    id: string,
    touched: readonly (string | null | undefined)[],
    undo: () => void,
  ): void {
    this.version += 1
    this.#journal?.push(undo)
    const customers = touched.filter((customer) => typeof customer === 'string')
    for (const listener of this.#listeners) listener({ table, id, customers })
  }
}

function kindKey(customerId: string, kind: DocumentKind): string {
  return `${kind} ${customerId}`
}

function replace<Value>(table: Map<string, Value>, id: string, next: Value | undefined): Value | undefined {
  const before = table.get(id)
  if (next === undefined) table.delete(id)
  else table.set(id, next)
  return before
}

function link(index: Index, key: string | null | undefined, id: string): void {
  if (key === null || key === undefined) return
  const set = index.get(key)
  if (set) set.add(id)
  else index.set(key, new Set([id]))
}

function unlink(index: Index, key: string | null | undefined, id: string): void {
  if (key === null || key === undefined) return
  const set = index.get(key)
  set?.delete(id)
  if (set?.size === 0) index.delete(key)
}
