/** What the sandbox's parts share: the books, the account's lists, unique names, the clock, and its own address. */
import type { BookChange, BookDocument, Books, DocumentKind } from '../books.ts'
import { type ListEntry, NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import type { Job } from './batch-read.ts'
import type { Profile } from './profile.ts'

export interface NetSuiteState {
  readonly books: Books
  readonly clock: () => Date
  readonly names: Names
  readonly profile: Profile
  /** Asynchronous requests, oldest first. */
  readonly jobs: Job[]
  /** Payment methods with an account of their own. */
  readonly methodAccounts: Readonly<Record<string, string>>
  /** Origin of the sandbox; known once it listens. */
  url: string
  /** The check box "Auto Apply" keeps the last user's setting (field help of `autoapply`). */
  autoApply: boolean
}

/** Record type names of the transactions. */
export const RECORD_TYPE_OF: Readonly<Record<DocumentKind, string>> = {
  invoice: 'invoice',
  'debit-memo': 'invoice',
  journal: 'journalEntry',
  'credit-memo': 'creditMemo',
  deposit: 'customerDeposit',
  advance: 'customerDeposit',
  payment: 'customerPayment',
  'deposit-application': 'depositApplication',
  'customer-refund': 'customerRefund',
}

/** One account has one zone and one date format: this one has UTC and M/D/YYYY. */
export function today(state: NetSuiteState): string {
  return state.clock().toISOString().slice(0, 10)
}

export function listEntry(list: string, id: string): ListEntry | undefined {
  return NETSUITE_LISTS[list]?.find((entry) => entry.id === id)
}

/** The currency record's id for an ISO code (the books know codes, NetSuite ids). */
export function currencyId(code: string): string {
  const entry = NETSUITE_LISTS['currency']!.find((candidate) => candidate.more?.['symbol'] === code)
  if (!entry) throw new Error(`The sandbox account has no currency ${code}.`)
  return entry.id
}

export function currencyCode(id: string): string {
  return String(listEntry('currency', id)!.more!['symbol'])
}

/** The account's own word for a currency: "USA" for USD. */
export function nameOfCurrency(code: string): string {
  return listEntry('currency', currencyId(code))!.name
}

/** Decimal text: base currency for one unit. */
export function exchangeRate(code: string): string {
  return String(listEntry('currency', currencyId(code))!.more!['exchangerate'])
}

/** Finds records by external id and by the entity id, which must be unique; follows the books by itself. */
export class Names {
  readonly #books: Books
  readonly #owner = new Map<string, string>()
  readonly #keysOf = new Map<string, readonly string[]>()

  constructor(books: Books) {
    this.#books = books
    books.onChange((change) => this.#follow(change))
    this.#rebuild()
  }

  byExternalId(recordType: string, externalId: string): string | undefined {
    return this.#owner.get(`${recordType}\n${externalId}`)
  }

  /** Letter case does not make an entity id another one. */
  byEntityId(entityId: string): string | undefined {
    return this.#owner.get(`entityId\n${entityId.toLowerCase()}`)
  }

  #follow(change: BookChange): void {
    if (change.table === 'all') this.#rebuild()
    else if (change.table === 'customer') this.#index(`customer ${change.id}`, change.id, this.#customerKeys(change.id))
    else if (change.table === 'document') this.#index(`document ${change.id}`, change.id, this.#documentKeys(change.id))
  }

  #rebuild(): void {
    this.#owner.clear()
    this.#keysOf.clear()
    for (const { id } of this.#books.customers()) this.#index(`customer ${id}`, id, this.#customerKeys(id))
    for (const { id } of this.#books.documents()) this.#index(`document ${id}`, id, this.#documentKeys(id))
  }

  #index(record: string, id: string, keys: readonly string[]): void {
    for (const key of this.#keysOf.get(record) ?? []) {
      if (this.#owner.get(key) === id) this.#owner.delete(key)
    }
    for (const key of keys) this.#owner.set(key, id)
    if (keys.length > 0) this.#keysOf.set(record, keys)
    else this.#keysOf.delete(record)
  }

  #customerKeys(id: string): string[] {
    const details = this.#books.getCustomer(id)?.details
    if (!details) return []
    const { entityId, externalId } = details
    return [
      ...(typeof entityId === 'string' ? [`entityId\n${entityId.toLowerCase()}`] : []),
      ...(typeof externalId === 'string' ? [`customer\n${externalId}`] : []),
    ]
  }

  #documentKeys(id: string): string[] {
    const document: BookDocument | undefined = this.#books.getDocument(id)
    const externalId = document?.details['externalId']
    return document && typeof externalId === 'string' ? [`${RECORD_TYPE_OF[document.kind]}\n${externalId}`] : []
  }
}
