/** The customer record: what must be there, what is unique, what is computed. */
import type { BookCustomer } from '../books.ts'
import { mergeAddresses } from './address-book.ts'
import type { Values } from './body.ts'
import { CUSTOMER_FIELDS } from './customer-fields.ts'
import { customerCurrency, customerMoney, familyOf } from './customer-money.ts'
import { invalidContent, invalidFieldValue, missingValues, userError } from './errors.ts'
import { type Line, labelOf } from './fields.ts'
import { byNumber, type RecordType } from './record-type.ts'
import { customerName } from './record-view.ts'
import { currencyCode, currencyId, listEntry, type NetSuiteState } from './state.ts'

export const CUSTOMER: RecordType = {
  name: 'customer',
  fields: CUSTOMER_FIELDS,
  exists: (state, id) => state.books.getCustomer(id) !== undefined,
  ids: (state) =>
    state.books
      .customers()
      .map((customer) => customer.id)
      .sort(byNumber),
  value: customerValue,
  lines: customerLines,
  create: createCustomer,
  update: updateCustomer,
  remove: (state, id) => state.books.deleteCustomer(id),
}

function createCustomer(state: NetSuiteState, values: Values): string {
  const id = state.books.nextId('entity')
  const details = changedDetails(state, {}, { isPerson: false, entityStatus: '13', ...values }, new Set())
  if (details['entityId'] === undefined || details['autoName'] === true) details['entityId'] = `CUST${id}`
  requireValues(details)
  requireUnique(state, id, details)
  state.books.addCustomer({
    id,
    parentId: text(values['parent']),
    currency: currencyCode(text(values['currency']) ?? '1'),
    active: values['isInactive'] !== true,
    details,
  })
  return id
}

function updateCustomer(state: NetSuiteState, id: string, values: Values, replace: ReadonlySet<string>): void {
  const customer = state.books.customer(id)
  const details = changedDetails(state, customer.details, values, replace)
  requireValues(details)
  requireUnique(state, id, details)
  const currency = values['currency'] === undefined ? undefined : text(values['currency'])
  if (currency === null) throw missingValues(['Currency'])
  if (currency !== undefined) requireFreeCurrency(state, customer, currency)
  state.books.updateCustomer(id, {
    ...(values['parent'] !== undefined && { parentId: text(values['parent']) }),
    ...(currency !== undefined && { currency: currencyCode(currency) }),
    ...(values['isInactive'] !== undefined && { active: values['isInactive'] !== true }),
    details: { ...Object.fromEntries(Object.keys(customer.details).map((name) => [name, undefined])), ...details },
  })
}

/** Fields that the books keep themselves, or that only steer. */
const NOT_DETAILS = new Set(['id', 'parent', 'currency', 'isInactive'])

function changedDetails(
  state: NetSuiteState,
  before: Readonly<Record<string, unknown>>,
  values: Values,
  replace: ReadonlySet<string>,
): Record<string, unknown> {
  const details: Record<string, unknown> = { ...before }
  for (const [name, value] of Object.entries(values)) {
    if (NOT_DETAILS.has(name)) continue
    if (value === null) delete details[name]
    else if (name === 'addressBook') {
      const old = (before['addressBook'] ?? []) as readonly Line[]
      details[name] = mergeAddresses(state, old, value as Line[], replace.has(name))
    } else if (name === 'currencyList' || name === 'itemPricing') {
      details[name] = mergeByKey((before[name] ?? []) as readonly Line[], name, value as Line[], replace.has(name))
    } else details[name] = value
  }
  return details
}

/** Lines of currencyList are keyed by currency, prices by item, level and currency. */
function mergeByKey(before: readonly Line[], sublist: string, lines: readonly Line[], replace: boolean): Line[] {
  const keyOf = (line: Line) =>
    sublist === 'currencyList' ? String(line['currency']) : `${line['item']} ${line['level']} ${line['currency']}`
  const merged = new Map((replace ? [] : before).map((line) => [keyOf(line), line]))
  for (const [position, line] of lines.entries()) {
    const key = sublist === 'currencyList' ? 'currency' : 'item'
    if (line[key] === undefined) throw invalidContent(`${sublist}.items[${position}].${key}`)
    merged.set(keyOf(line), { ...merged.get(keyOf(line)), ...line })
  }
  return [...merged.values()]
}

function requireValues(details: Readonly<Record<string, unknown>>): void {
  const names = details['isPerson'] === true ? ['firstName', 'lastName'] : ['companyName']
  const missing = [...names, 'subsidiary'].filter((name) => details[name] === undefined)
  if (missing.length > 0) throw missingValues(missing.map((name) => labelOf(name, CUSTOMER_FIELDS[name])))
  if (details['entityId'] === undefined) throw missingValues([labelOf('entityId', CUSTOMER_FIELDS['entityId'])])
}

function requireUnique(state: NetSuiteState, id: string, details: Readonly<Record<string, unknown>>): void {
  const owner = state.names.byEntityId(String(details['entityId']))
  const { externalId } = details
  const twin = typeof externalId === 'string' ? state.names.byExternalId('customer', externalId) : undefined
  if ((owner ?? id) !== id || (twin ?? id) !== id) throw userError('entityExists')
}

/** A customer with transactions keeps its primary currency. */
function requireFreeCurrency(state: NetSuiteState, customer: BookCustomer, wanted: string): void {
  const same = currencyId(customerCurrency(customer)) === wanted
  if (!same && state.books.documents({ customerId: customer.id }).length > 0)
    throw invalidFieldValue(wanted, 'currency')
}

const MONEY: Readonly<Record<string, (money: ReturnType<typeof customerMoney>) => string>> = {
  balance: (money) => money.balance,
  overdueBalance: (money) => money.overdueBalance,
  depositBalance: (money) => money.depositBalance,
  daysOverdue: (money) => String(money.daysOverdue),
  unbilledOrders: () => '0',
  aging: (money) => money.aging[0],
  aging1: (money) => money.aging[1],
  aging2: (money) => money.aging[2],
  aging3: (money) => money.aging[3],
  aging4: (money) => money.aging[4],
}

export function customerValue(state: NetSuiteState, id: string, field: string): unknown {
  const customer = state.books.customer(id)
  const consolidated = field.startsWith('consol')
  const plainName = consolidated ? field.charAt(6).toLowerCase() + field.slice(7) : field
  const money = MONEY[plainName]
  if (money) return money(customerMoney(state, consolidated ? familyOf(state, id) : [id], customerCurrency(customer)))
  switch (field) {
    case 'id':
      return id
    case 'refName':
    case 'altName':
      return customerName(customer.details)
    case 'parent':
      return customer.parentId ?? undefined
    case 'topLevelParent':
      return topOf(state, customer)
    case 'currency':
      return currencyId(customerCurrency(customer))
    case 'isInactive':
      return !customer.active
    case 'dateCreated':
      return customer.createdAt
    case 'lastModifiedDate':
      return customer.updatedAt
    case 'searchStage':
      return stageOf(customer)
    default:
      return customer.details[field] ?? CUSTOMER_DEFAULTS[field]
  }
}

export const CUSTOMER_DEFAULTS: Readonly<Record<string, unknown>> = {
  isPerson: false,
  autoName: false,
  taxable: false,
  emailTransactions: false,
  printTransactions: false,
  faxTransactions: false,
  creditHoldOverride: 'AUTO',
  emailPreference: 'DEFAULT',
}

/** "CUSTOMER-Closed Won" stands in stage Customer. */
function stageOf(customer: BookCustomer): string {
  const word = listEntry('customerStatus', String(customer.details['entityStatus']))?.name.split('-')[0] ?? 'CUSTOMER'
  return word.charAt(0) + word.slice(1).toLowerCase()
}

function topOf(state: NetSuiteState, customer: BookCustomer): string | undefined {
  let top: string | undefined
  for (let at = customer.parentId; at !== null; at = state.books.customer(at).parentId) top = at
  return top
}

/** ISO codes in which the customer can be billed, the primary one first. */
export function customerCurrencies(customer: BookCustomer): string[] {
  const more = (customer.details['currencyList'] ?? []) as readonly Line[]
  return [...new Set([customerCurrency(customer), ...more.map((line) => currencyCode(String(line['currency'])))])]
}

function customerLines(state: NetSuiteState, id: string, sublist: string): readonly Line[] {
  const customer = state.books.customer(id)
  if (sublist !== 'currencyList') return (customer.details[sublist] ?? []) as readonly Line[]
  return customerCurrencies(customer).map((code) => {
    const own = customerMoney(state, [id], code)
    const all = customerMoney(state, familyOf(state, id), code)
    return {
      currency: currencyId(code),
      ...{ balance: own.balance, overdueBalance: own.overdueBalance, depositBalance: own.depositBalance },
      ...{ consolBalance: all.balance, consolOverdueBalance: all.overdueBalance },
      ...{ consolDepositBalance: all.depositBalance, unbilledOrders: '0', consolUnbilledOrders: '0' },
      displaySymbol: listEntry('currency', currencyId(code))?.more?.['displaysymbol'],
    }
  })
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
