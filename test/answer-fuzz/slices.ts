/** The part of the books that one case is about, and how two cases are compared although every id in them is new. */
import type { BookChange, Books } from '../../src/sandbox/books.ts'
import type { Company } from '../../src/sandbox/intacct/company.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
/** Leaves by their path. */
export type Leaves = ReadonlyMap<string, string>

export interface Slice {
  readonly leaves: Leaves
  /** How many documents of each kind, and customers. */
  readonly documents: Readonly<Record<string, number>>
}

export class Slices {
  readonly #books: Books
  readonly #company: Company | null
  readonly #customers = new Set<string>()
  #token = ''

  constructor(books: Books, company: Company | null) {
    this.#books = books
    this.#company = company
    books.onChange((change) => this.#note(change))
  }

  /** From now on everything that is touched belongs to the case with this word in its names. */
  begin(token: string, customers: readonly string[] = []): void {
    this.#token = token
    this.#customers.clear()
    for (const id of customers) this.#customers.add(id)
  }

  /** Native ids, in the order in which they were touched. */
  get customers(): readonly string[] {
    return [...this.#customers]
  }

  #note({ table, id, customers }: BookChange): void {
    if (table === 'all') this.#customers.clear()
    if (table === 'customer') this.#customers.add(id)
    if (table === 'document') for (const customer of customers) this.#customers.add(customer)
  }

  slice(): Slice {
    const customers = [...this.#customers].flatMap((id) => this.#books.getCustomer(id) ?? [])
    const documents = customers.flatMap(({ id }) => this.#books.documents({ customerId: id })).sort(byId)
    const settlements = documents.flatMap(({ id }) => this.#books.settlements({ invoiceId: id })).sort(byId)
    const whole = { customers, documents, settlements, ...this.#beside(new Set(customers.map(({ id }) => id))) }
    const counts: Record<string, number> = { customer: customers.length }
    for (const { kind } of documents) counts[kind] = (counts[kind] ?? 0) + 1
    return { leaves: this.leavesOf(whole), documents: counts }
  }

  #beside(customers: ReadonlySet<string>): object {
    const company = this.#company
    if (!company) return {}
    const mine = (row: unknown) => JSON.stringify(row).includes(this.#token)
    const ofCustomer = ({ fields }: { fields: Readonly<Record<string, string>> }) =>
      customers.has(fields['CUSTOMERID'] ?? '')
    return {
      contacts: [...company.contacts.values()].filter(mine),
      drafts: [...company.offBooks.values()].filter(ofCustomer),
      templates: [...company.emailTemplates.values()].filter((row) => ofCustomer({ fields: row })),
    }
  }

  /** Another customer like one that is there, with `[from, to]` in its names. Answers its native id. */
  copyCustomer(from: string, [word, token]: readonly [string, string]): string {
    const books = this.#books
    const { details, currency } = books.customer(from)
    const { externalId: _, ...kept } = details
    const id = this.#company ? `FUZZ-${10_000 + Number(books.nextId('fuzz'))}` : books.nextId('entity')
    const own = <Value>(value: Value): Value =>
      JSON.parse(JSON.stringify(value).replaceAll(word, token).replaceAll(from, id)) as Value
    const contacts = [...(this.#company?.contacts.values() ?? [])].filter((row) => row['CONTACTNAME']?.includes(word))
    for (const row of contacts) {
      const copy = {
        ...own<Readonly<Record<string, string>>>(row),
        RECORDNO: this.#company?.nextRecordNumber('contact') ?? '',
      }
      this.#company?.contacts.put(own(row['CONTACTNAME']) ?? '', copy)
    }
    const record = this.#company && { RECORDNO: this.#company.nextRecordNumber('customer') }
    books.addCustomer({ id, currency, details: { ...own(kept), ...record } })
    return id
  }

  /** With labels in the place of this case's ids, so that another case's can be compared. */
  leavesOf(value: unknown): Leaves {
    const labels = this.#labels()
    const token = this.#token
    // The number behind an intent is that of the step which made the record: a step that was refused has one too.
    const text = (found: string) =>
      found
        .replaceAll(token, '<token>')
        .replaceAll(token.toLowerCase(), '<token>')
        .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)?/g, '<instant>')
        .replaceAll(/(?<![a-z0-9])[0-9a-hjkmnp-tv-z]{26}(?![a-z0-9])(_\d+)?/g, '<intent>')
        .replaceAll(/[A-Z]+-\d{3,}/g, (id) => labels.get(id) ?? id)
        .replaceAll(/(?<![\d.])\d{3,}(?![\d.])/g, (id) => labels.get(id) ?? id)
    const leaves = new Map<string, string>()
    const walk = (one: unknown, path: string): void => {
      if (Array.isArray(one)) {
        leaves.set(`${path}/length`, String(one.length))
        one.forEach((entry, place) => {
          walk(entry, `${path}/${place}`)
        })
      } else if (typeof one === 'object' && one !== null) {
        for (const [name, entry] of Object.entries(one)) walk(entry, `${path}/${name}`)
      } else if (one !== undefined && one !== null) leaves.set(path, text(String(one)))
    }
    walk(value, '')
    return leaves
  }

  #labels(): ReadonlyMap<string, string> {
    const labels = new Map<string, string>()
    const customers = [...this.#customers]
    for (const [place, id] of customers.entries()) {
      labels.set(id, `<customer ${place}>`)
      const record = this.#books.getCustomer(id)?.details['RECORDNO']
      if (typeof record === 'string') labels.set(record, `<record of customer ${place}>`)
    }
    const documents = customers.flatMap((id) => this.#books.documents({ customerId: id })).sort(byId)
    for (const [place, { id }] of documents.entries()) labels.set(id, `<document ${place}>`)
    const templates = [...(this.#company?.emailTemplates.values() ?? [])]
    const mine = templates.filter((row) => customers.includes(row['CUSTOMERID'] ?? ''))
    for (const [place, row] of mine.entries()) labels.set(row['RECORDNO'] ?? '', `<template ${place}>`)
    return labels
  }
}

const byId = (left: { id: string }, right: { id: string }) => Number(left.id) - Number(right.id)

/** Numbers of parts of a record, which the ERP counts by itself. */
const COUNTED = /\/(RECORDNO|\w*CONTACTKEY\w*|DETAILKEY|(addresses|lines)\/\d+\/id)$/

export interface Difference {
  readonly path: string
  readonly expected: string | undefined
  readonly found: string | undefined
}

export function differences(expected: Leaves, found: Leaves, except: ReadonlySet<string>): Difference[] {
  const paths = new Set([...expected.keys(), ...found.keys()])
  return [...paths]
    .filter((path) => !except.has(path) && !COUNTED.test(path) && expected.get(path) !== found.get(path))
    .map((path) => ({ path, expected: expected.get(path), found: found.get(path) }))
}
