/** Writes records as NetSuite's record service does: links, references with names, enumerations, sublists by demand. */
import type { Field, FieldTable, Line } from './fields.ts'
import { listEntry, type NetSuiteState } from './state.ts'

export interface ViewOptions {
  readonly expandSubResources: boolean
  readonly simpleEnumFormat: boolean
}

/** Where things live, for `links`. Clients read ids only; hosts may differ behind a proxy. */
export function recordUrl(state: NetSuiteState, recordType: string, id?: string): string {
  const base = `${state.url}/services/rest/record/v1/${recordType}`
  return id === undefined ? base : `${base}/${id}`
}

export function selfLink(href: string): { rel: string; href: string } {
  return { rel: 'self', href }
}

/** A value as JSON; `undefined` for none: NetSuite leaves empty fields out. */
export function viewOfValue(state: NetSuiteState, field: Field, value: unknown, options: ViewOptions): unknown {
  if (value === undefined || value === null) return undefined
  switch (field.kind) {
    case 'double':
    case 'integer':
      return Number(value)
    case 'date-time':
      return `${String(value).slice(0, 19)}Z`
    case 'enum':
      return options.simpleEnumFormat ? value : { id: value, refName: field.values?.[String(value)] }
    case 'reference':
      return viewOfReference(state, field.to ?? 'nothing', String(value))
    default:
      return value
  }
}

function viewOfReference(state: NetSuiteState, list: string, id: string) {
  const type = list === 'transaction' ? 'transaction' : list
  return { links: [selfLink(recordUrl(state, type, id))], id, refName: nameOf(state, list, id) }
}

/** What people read for a reference. */
export function nameOf(state: NetSuiteState, list: string, id: string): string {
  if (list === 'customer') return customerTitle(state, id)
  if (list === 'transaction') return transactionTitle(state, id)
  if (list === 'accountingPeriod') return periodName(id)
  return listEntry(list, id)?.name ?? ''
}

/** Accounts that number their customers show number and name together. */
export function customerTitle(state: NetSuiteState, id: string): string {
  const details = state.books.getCustomer(id)?.details
  if (!details) return ''
  const number = String(details['entityId'])
  const name = customerName(details)
  if (!state.profile.numbersInNames) return name
  return name === number ? number : `${number} ${name}`
}

export function customerName(details: Readonly<Record<string, unknown>>): string {
  if (details['isPerson'] !== true) return String(details['companyName'] ?? details['entityId'])
  const parts = [details['firstName'], details['middleName'], details['lastName']]
  return parts.filter((part) => part !== undefined).join(' ')
}

const TITLES: Readonly<Record<string, string>> = {
  invoice: 'Invoice',
  'debit-memo': 'Invoice',
  journal: 'Journal',
  'credit-memo': 'Credit Memo',
  deposit: 'Customer Deposit',
  advance: 'Customer Deposit',
  payment: 'Payment',
  'deposit-application': 'Deposit Application',
}

function transactionTitle(state: NetSuiteState, id: string): string {
  const document = state.books.getDocument(id)
  return document ? `${TITLES[document.kind]} #${document.number}` : ''
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function periodName(id: string): string {
  return `${MONTHS[Number(id.slice(4, 6)) - 1] ?? '?'} ${id.slice(0, 4)}`
}

/** A whole sublist or, without `expandSubResources`, only where it is. */
export function viewOfSublist(
  state: NetSuiteState,
  href: string,
  table: FieldTable,
  lines: () => readonly Line[],
  options: ViewOptions,
): unknown {
  if (!options.expandSubResources) return { links: [selfLink(href)] }
  const items = lines().map((line) => viewOfLine(state, href, table, line, options))
  return { links: [selfLink(href)], items, totalResults: items.length }
}

function viewOfLine(
  state: NetSuiteState,
  href: string,
  table: FieldTable,
  line: Line,
  options: ViewOptions,
): Record<string, unknown> {
  const key = line['id'] ?? line['doc'] ?? line['currency']
  const view: Record<string, unknown> = { links: [selfLink(key === undefined ? href : `${href}/${String(key)}`)] }
  for (const [name, value] of Object.entries(line)) {
    const field = table[name]
    if (field === undefined || value === undefined || value === null) continue
    if (field.kind === 'subrecord')
      view[name] = viewOfLine(state, `${href}/${name}`, field.items ?? {}, value as Line, options)
    else view[name] = viewOfValue(state, field, value, options)
  }
  return view
}
