/** The flat filters of the lists, as one table per resource: what a parameter means and what it may hold. */
import { INVOICE_STATUSES } from '../../schemas/invoice.ts'
import { PAYMENT_METHODS, PAYMENT_STATUSES } from '../../schemas/payment.ts'
import { GatewayError } from '../errors.ts'
import type { Condition, Filter, FilterOperator, Sort } from '../providers/provider.ts'
import { parseId } from './ids.ts'

export type ValueType = 'text' | 'money' | 'date' | 'instant' | 'boolean' | 'currency' | 'customerId' | 'word'

export interface FlatFilter {
  readonly field: string
  readonly operator: FilterOperator
  readonly type: ValueType
  readonly description: string
  /** The words of a closed list; such a parameter is repeatable. */
  readonly words?: readonly string[]
  /** For booleans: the condition when true and when false. */
  readonly when?: { readonly true: Omit<Condition, 'field'>; readonly false: Omit<Condition, 'field'> }
  readonly example?: string
}

const text = (
  field: string,
  description: string,
  operator: FilterOperator = 'equals',
  example?: string,
): FlatFilter => ({ field, operator, type: 'text', description, ...(example && { example }) })
const amount = (field: string, operator: FilterOperator, description: string): FlatFilter => ({
  field,
  operator,
  type: 'money',
  description,
})
const date = (field: string, operator: FilterOperator, description: string): FlatFilter => ({
  field,
  operator,
  type: 'date',
  description,
})
const instant = (field: string, operator: FilterOperator, description: string): FlatFilter => ({
  field,
  operator,
  type: 'instant',
  description,
})
const words = (field: string, list: readonly string[], description: string): FlatFilter => ({
  field,
  operator: 'in',
  type: 'word',
  words: list,
  description,
})
const flag = (
  field: string,
  yes: Omit<Condition, 'field'>,
  no: Omit<Condition, 'field'>,
  description: string,
): FlatFilter => ({ field, operator: 'equals', type: 'boolean', description, when: { true: yes, false: no } })
const ABOVE_ZERO = { operator: 'greaterThan', values: ['0'] } as const
const IS_ZERO = { operator: 'equals', values: ['0'] } as const

export const CUSTOMER_FILTERS = {
  name: text('name', 'The name that the ERP displays, whole; case is ignored.'),
  nameStartsWith: text('name', 'The beginning of the name; case is ignored.', 'startsWith'),
  nameContains: text('name', 'A part of the name; case is ignored.', 'contains'),
  email: text('email', 'E-mail address; case is ignored.'),
  number: text('number', "The customer's number."),
  externalId: text('externalId', "The caller's own id."),
  status: words('status', ['active', 'inactive'], 'Repeatable.'),
  stage: text('stage', "The stage's id in the ERP."),
  currency: { field: 'currency', operator: 'equals', type: 'currency', description: 'ISO 4217.' },
  balanceMin: amount('balance', 'greaterOrEqual', 'Balance of at least this (the bound is included).'),
  balanceMax: amount('balance', 'lessOrEqual', 'Balance of at most this (the bound is included).'),
  parentId: { field: 'parent', operator: 'equals', type: 'customerId', description: 'Sub-customers of this customer.' },
  createdSince: instant('createdAt', 'greaterOrEqual', 'Created then or later.'),
  updatedSince: instant('updatedAt', 'greaterOrEqual', 'Changed then or later.'),
  updatedBefore: instant('updatedAt', 'lessThan', 'Changed before.'),
} as const satisfies Record<string, FlatFilter>

export const PAYMENT_FILTERS = {
  customerId: { field: 'customer', operator: 'equals', type: 'customerId', description: 'Payments of this customer.' },
  date: date('date', 'equals', 'Dated exactly then.'),
  dateFrom: date('date', 'greaterOrEqual', 'Dated then or later.'),
  dateTo: date('date', 'lessOrEqual', 'Dated then or earlier.'),
  amountMin: amount('amount', 'greaterOrEqual', 'Amount of at least this (the bound is included).'),
  amountMax: amount('amount', 'lessOrEqual', 'Amount of at most this (the bound is included).'),
  unapplied: flag('unappliedAmount', ABOVE_ZERO, IS_ZERO, 'true: with money left to apply; false: applied in full.'),
  methodId: text('methodRef', "The payment method's id in the ERP."),
  method: words('method', PAYMENT_METHODS, 'Repeatable.'),
  undeposited: flag(
    'undeposited',
    { operator: 'equals', values: ['true'] },
    { operator: 'equals', values: ['false'] },
    'true: kept in undeposited funds.',
  ),
  status: words('status', PAYMENT_STATUSES, 'Repeatable.'),
  number: text('number', "The payment's number."),
  reference: text('reference', 'Cheque number or bank reference.'),
  externalId: text('externalId', "The caller's own id."),
  updatedSince: instant('updatedAt', 'greaterOrEqual', 'Changed then or later.'),
} as const satisfies Record<string, FlatFilter>

export const INVOICE_FILTERS = {
  customerId: { field: 'customer', operator: 'equals', type: 'customerId', description: 'Invoices of this customer.' },
  status: words('status', INVOICE_STATUSES, 'Repeatable.'),
  dueBefore: date('dueDate', 'lessThan', 'Due before.'),
  number: text('number', "The invoice's number."),
  open: flag('openAmount', ABOVE_ZERO, IS_ZERO, 'true: something is open; false: nothing is.'),
} as const satisfies Record<string, FlatFilter>

export const EMAIL_TEMPLATE_FILTERS = {
  customerId: { field: 'customer', operator: 'equals', type: 'customerId', description: 'Chosen for this customer.' },
  template: text('template', 'The name of the e-mail template, whole; case is ignored.'),
  documentType: text('documentType', 'The transaction definition that it is for.'),
} as const satisfies Record<string, FlatFilter>

/** Sortable fields and how their values compare across connections. */
export const SORTS = {
  customers: { name: 'text', number: 'text', balance: 'number', createdAt: 'text', updatedAt: 'text' },
  payments: { date: 'text', amount: 'number', number: 'text', updatedAt: 'text' },
  invoices: { dueDate: 'text', date: 'text', openAmount: 'number' },
  emailTemplates: { template: 'text' },
} as const

/** The conditions of a query, and the connection that a customer id binds it to. */
export interface ParsedFilters {
  readonly filter: Filter | null
  readonly boundTo: string | null
}

/** Reads the flat parameters. Values are already of their type (the query schema checked them). */
export function parseFilters(
  table: Readonly<Record<string, FlatFilter>>,
  query: Readonly<Record<string, unknown>>,
): ParsedFilters {
  const conditions: Condition[] = []
  let boundTo: string | null = null
  for (const [name, definition] of Object.entries(table)) {
    const value = query[name]
    if (value === undefined) continue
    if (definition.type === 'customerId') {
      const id = parseId(String(value), 'customer', `?${name}`)
      if (boundTo !== null && boundTo !== id.connection)
        throw refuse(name, 'It belongs to another connection than the other ids.')
      boundTo = id.connection
      conditions.push({ field: definition.field, operator: definition.operator, values: [id.nativeId] })
    } else if (definition.when) {
      conditions.push({ field: definition.field, ...definition.when[value ? 'true' : 'false'] })
    } else {
      const values = Array.isArray(value) ? value.map(String) : [String(value)]
      conditions.push({ field: definition.field, operator: definition.operator, values })
    }
  }
  if (conditions.length === 0) return { filter: null, boundTo }
  return { filter: conditions.length === 1 ? (conditions[0] as Condition) : { all: conditions }, boundTo }
}

/** `-updatedAt,name` as sorts. Throws `invalid_request` for a field that cannot be sorted by. */
export function parseSort(sortable: Readonly<Record<string, string>>, value: string | undefined): Sort[] {
  if (value === undefined) return []
  const sorts: Sort[] = []
  for (const word of value.split(',')) {
    const descending = word.startsWith('-')
    const field = descending ? word.slice(1) : word
    if (!Object.hasOwn(sortable, field))
      throw refuse('sort', `"${field}" is not one of ${Object.keys(sortable).join(', ')}.`)
    if (sorts.some((sort) => sort.field === field)) throw refuse('sort', `"${field}" stands there twice.`)
    sorts.push({ field, direction: descending ? 'descending' : 'ascending' })
  }
  return sorts
}

/** Comma separated words out of a closed list, as a set; null when the parameter is absent. */
export function parseWords(
  name: string,
  value: string | undefined,
  allowed: readonly string[],
): ReadonlySet<string> | null {
  if (value === undefined) return null
  const found = value.split(',')
  const unknown = found.find((word) => !allowed.includes(word))
  if (unknown !== undefined) throw refuse(name, `"${unknown}" is not one of ${allowed.join(', ')}.`)
  return new Set(found)
}

const refuse = (name: string, detail: string): GatewayError =>
  new GatewayError('invalid_request', `?${name}: ${detail}`, {
    errors: [{ pointer: `?${name}`, code: 'invalid', detail }],
  })
