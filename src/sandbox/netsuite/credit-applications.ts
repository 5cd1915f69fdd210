/** Credit memos and deposit applications: credits that settle invoices without a payment, by their `apply` lists. */
import type { BookDocument } from '../books.ts'
import { isBelowZero, minus, plus } from '../decimal.ts'
import { type Applications, changedApplications, type ListScope, shownLines } from './applications.ts'
import type { Values } from './body.ts'
import { readOnlyType } from './documents.ts'
import { invalidFieldValue, missingValues, ownLimit, userError } from './errors.ts'
import { byNumber, type RecordType } from './record-type.ts'
import { type NetSuiteState, today } from './state.ts'
import { CREDIT_MEMO_FIELDS, DEPOSIT_APPLICATION_FIELDS } from './transaction-fields.ts'
import { transactionValue } from './transaction-values.ts'

type Amounts = ReadonlyMap<string, string>
const EMPTY: Amounts = new Map()
const onlyApply = (apply: Amounts): Applications => ({ apply, credit: EMPTY, deposit: EMPTY })

/** The invoices that a memo or deposit can settle. */
const scopeOf = (credit: BookDocument): ListScope => ({
  customerId: credit.customerId,
  currency: credit.currency,
  arAccount: String(credit.details['account'] ?? '119'),
})

/** What of a credit is used on each invoice, by one transaction or by all others. */
function uses(state: NetSuiteState, creditId: string, by: (source: string) => boolean): Amounts {
  const amounts = new Map<string, string>()
  for (const { source, invoiceId, amount } of state.books.settlements({ creditId })) {
    if (by(source)) amounts.set(invoiceId, plus(amounts.get(invoiceId) ?? '0', amount))
  }
  return amounts
}

function settle(state: NetSuiteState, source: BookDocument, creditId: string, amounts: Amounts): void {
  for (const { id, creditId: used } of state.books.settlements({ source: source.id })) {
    if (used === creditId) state.books.release(id)
  }
  for (const [invoiceId, amount] of amounts) {
    if (amount !== '0') state.books.settle({ source: source.id, creditId, invoiceId, amount, date: source.date })
  }
}

/** What can be sent and is not known to do anything here is refused rather than forgotten. */
function requireOnly(values: Values, names: readonly string[]): void {
  const other = Object.entries(values).find(([name, value]) => value !== undefined && !names.includes(name))
  if (other) throw ownLimit(`does not change ${other[0]} of this record.`)
}

// Credit memos

export const CREDIT_MEMO: RecordType = {
  ...readOnlyType('creditMemo', 'credit-memo', CREDIT_MEMO_FIELDS),
  lines: (state, id, sublist) => (sublist === 'apply' ? memoLines(state, state.books.document(id)) : []),
  update: updateMemo,
}

/** All uses, also those in payments: that the memo shows these too follows the links of SuiteQL (uncertain for REST). */
const memoLines = (state: NetSuiteState, memo: BookDocument) =>
  shownLines(state, scopeOf(memo), 'apply', onlyApply(uses(state, memo.id, () => true)))

function updateMemo(state: NetSuiteState, id: string, values: Values, replace: ReadonlySet<string>): void {
  requireOnly(values, ['id', 'entity', 'memo', 'autoApply', 'apply'])
  const memo = state.books.document(id)
  if (values['entity'] !== undefined && values['entity'] !== memo.customerId)
    throw invalidFieldValue(values['entity'], 'entity')
  if (values['autoApply'] === true) throw ownLimit('does not apply credit memos by itself.')
  state.books.updateDocument(id, {
    details: values['memo'] === undefined ? {} : { memo: values['memo'] ?? undefined },
  })
  if (values['apply'] === undefined) return
  const before = onlyApply(uses(state, id, () => true))
  const wanted = changedApplications(state, scopeOf(memo), before, { apply: values['apply'] }, replace).apply
  const elsewhere = uses(state, id, (source) => source !== id)
  const own = new Map<string, string>()
  for (const invoiceId of new Set([...wanted.keys(), ...elsewhere.keys()])) {
    const rest = minus(wanted.get(invoiceId) ?? '0', elsewhere.get(invoiceId) ?? '0')
    // Whether the memo may take back what a payment applied is uncertain.
    if (isBelowZero(rest)) throw userError('linkedLines')
    own.set(invoiceId, rest)
  }
  settle(state, memo, id, own)
}

// Deposit applications

export const DEPOSIT_APPLICATION: RecordType = {
  name: 'depositApplication',
  fields: DEPOSIT_APPLICATION_FIELDS,
  exists: (state, id) => state.books.getDocument(id)?.kind === 'deposit-application',
  ids: (state) =>
    state.books
      .documents({ kind: 'deposit-application' })
      .map((document) => document.id)
      .sort(byNumber),
  value: applicationValue,
  lines: (state, id, sublist) => (sublist === 'apply' ? applicationLines(state, id) : []),
  update: updateApplication,
  remove: (state, id) => state.books.remove(id),
}

const depositOf = (state: NetSuiteState, id: string): BookDocument =>
  state.books.document(String(state.books.document(id).details['deposit']))

const applied = (state: NetSuiteState, id: string): Applications =>
  onlyApply(uses(state, depositOf(state, id).id, (source) => source === id))

const applicationLines = (state: NetSuiteState, id: string) =>
  shownLines(state, scopeOf(depositOf(state, id)), 'apply', applied(state, id))

/** The transform of a customer deposit; answers the new record's id. */
export function depositApplication(state: NetSuiteState, depositId: string, values: Values): string {
  requireOnly(values, ['externalId', 'tranDate', 'memo', 'arAcct', 'apply'])
  const deposit = state.books.document(depositId)
  const { externalId, tranDate, memo } = values
  if (typeof externalId === 'string' && state.names.byExternalId('depositApplication', externalId) !== undefined)
    throw userError('recordExists')
  const wanted = changedApplications(state, scopeOf(deposit), onlyApply(EMPTY), { apply: values['apply'] }, new Set())
  if (wanted.apply.size === 0) throw missingValues(['Apply'])
  const id = state.books.nextId('transaction')
  const application = state.books.post({
    id,
    kind: 'deposit-application',
    number: `DEPAPP-${id}`,
    customerId: deposit.customerId,
    date: typeof tranDate === 'string' ? tranDate : today(state),
    currency: deposit.currency,
    total: '0',
    details: {
      ...{ deposit: depositId, arAcct: '119' },
      ...(typeof externalId === 'string' && { externalId }),
      ...(typeof memo === 'string' && { memo }),
    },
  })
  settle(state, application, depositId, wanted.apply)
  return id
}

function updateApplication(state: NetSuiteState, id: string, values: Values, replace: ReadonlySet<string>): void {
  requireOnly(values, ['id', 'memo', 'apply'])
  const application = state.books.updateDocument(id, {
    details: values['memo'] === undefined ? {} : { memo: values['memo'] ?? undefined },
  })
  if (values['apply'] === undefined) return
  const deposit = depositOf(state, id)
  const before = applied(state, id)
  const wanted = changedApplications(state, scopeOf(deposit), before, { apply: values['apply'] }, replace)
  settle(state, application, deposit.id, wanted.apply)
}

function applicationValue(state: NetSuiteState, id: string, field: string): unknown {
  const application = state.books.document(id)
  const deposit = depositOf(state, id)
  switch (field) {
    case 'customer':
      return application.customerId
    case 'depositDate':
      return deposit.date
    case 'total':
    case 'applied':
      return [...applied(state, id).apply.values()].reduce(plus, '0')
    case 'unapplied':
      return deposit.open
    default:
      return transactionValue(application, field)
  }
}
