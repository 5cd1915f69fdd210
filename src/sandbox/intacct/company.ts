/** The one company that the sandbox serves: its books, what the books do not keep, and who may log in. */
import { randomBytes } from 'node:crypto'
import { Books } from '../books.ts'
import { Journal, Table } from './table.ts'

export interface IntacctCredentials {
  readonly senderId: string
  readonly senderPassword: string
  readonly companyId: string
  readonly userId: string
  readonly userPassword: string
}

/** Fields by name, in the sandbox's own notation: ISO dates, `true`/`false`, shortest decimals, '' for nothing. */
export type Fields = Readonly<Record<string, string>>

/** A payment or advance that is in no books: a draft, or the record of a reversal. */
export interface OffBooksRecord {
  readonly object: 'ARPYMT' | 'ARADVANCE'
  readonly fields: Fields
  readonly lines: readonly Fields[]
}

export interface CompanyOptions {
  readonly clock: () => Date
  readonly credentials: IntacctCredentials
  /** `read` and `readByName` answer contacts as nested elements instead of dotted names (which of both is uncertain). */
  readonly nestedContacts: boolean
  /** The company has switched custom discounts on (2024 R3). */
  readonly customDiscounts: boolean
  /** The company lets negative lines of invoices be applied. */
  readonly inlineCredits: boolean
  /** How the user has dates written in answers, as `readUserFormatting` says it: a separator and an order, `/mdY`. */
  readonly dateFormat: string
  /** Columns that `query` refuses in this company, by object. */
  readonly hiddenColumns: Readonly<Record<string, readonly string[]>>
}

export const BASE_CURRENCY = 'USD'

export class Company {
  readonly options: CompanyOptions
  readonly books: Books
  readonly #journal = new Journal()
  /** By contact name, which is unique in the whole company. */
  readonly contacts = new Table<Fields>(this.#journal)
  /** By RECORDNO. */
  readonly emailTemplates = new Table<Fields>(this.#journal)
  readonly offBooks = new Table<OffBooksRecord>(this.#journal)
  readonly auditTrail = new Table<Fields>(this.#journal)
  /** Control ids of functions that were done with `uniqueid` true. How long the vendor remembers is unknown: for ever here. */
  readonly executed = new Table<true>(this.#journal)
  /** Small tables by object name: rows by their id. Written by the seed only. */
  readonly reference = new Map<string, ReadonlyMap<string, Fields>>()
  readonly #customerIds = new Map<string, string>()
  readonly #recordNumbers = new Map<string, string>()

  constructor(options: CompanyOptions) {
    this.options = options
    this.books = new Books({ clock: options.clock })
    this.books.onChange((change) => {
      if (change.table === 'customer') this.#indexCustomer(change.id)
      else if (change.table === 'all') this.#indexAll()
    })
  }

  now(): Date {
    return this.options.clock()
  }

  today(): string {
    return this.now().toISOString().slice(0, 10)
  }

  nextRecordNumber(table: 'customer' | 'contact' | 'record' | 'line' | 'email-template' | 'audit'): string {
    return this.books.nextId(`intacct-${table}`)
  }

  transaction<Result>(work: () => Result): Result {
    return this.#journal.run(() => this.books.transaction(work))
  }

  customerIdOf(recordNumber: string): string | undefined {
    return this.#customerIds.get(recordNumber)
  }

  /** `C` create, `M` modify, `D` delete. */
  audit(objectType: string, objectKey: string, mode: 'C' | 'M' | 'D'): void {
    const recordNumber = this.nextRecordNumber('audit')
    this.auditTrail.put(recordNumber, {
      ID: recordNumber,
      OBJECTTYPE: objectType,
      OBJECTKEY: objectKey,
      ACCESSMODE: mode,
      ACCESSTIME: `${this.now().toISOString().slice(0, 19)}Z`,
      USERID: this.options.credentials.userId,
    })
  }

  /** What `reset` puts back. */
  save(): () => void {
    const books = this.books.snapshot()
    const tables: Table<unknown>[] = [this.contacts, this.emailTemplates, this.offBooks, this.auditTrail, this.executed]
    const copies = tables.map((table) => table.copy())
    return () => {
      this.books.restore(books)
      tables.forEach((table, index) => {
        table.restore(copies[index]!)
      })
    }
  }

  #indexCustomer(id: string): void {
    const before = this.#recordNumbers.get(id)
    if (before !== undefined) this.#customerIds.delete(before)
    const recordNumber = this.books.getCustomer(id)?.details['RECORDNO']
    if (typeof recordNumber === 'string') {
      this.#recordNumbers.set(id, recordNumber)
      this.#customerIds.set(recordNumber, id)
    } else this.#recordNumbers.delete(id)
  }

  #indexAll(): void {
    this.#customerIds.clear()
    this.#recordNumbers.clear()
    for (const customer of this.books.customers()) this.#indexCustomer(customer.id)
  }
}

export function newSessionId(): string {
  return `${randomBytes(18).toString('base64url')}..`
}
