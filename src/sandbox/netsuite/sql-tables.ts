/** The SuiteQL tables of the sandbox: names and columns as public SuiteQL and published exports of accounts use them. */
import type { BookDocument, DocumentKind, Settlement } from '../books.ts'
import { isReceivable } from '../books.ts'
import { minus } from '../decimal.ts'
import { NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import { CUSTOMER_COLUMNS, customerRow } from './sql-customer.ts'
import { documentStatus } from './documents.ts'
import type { Line } from './fields.ts'
import { UNDEPOSITED_FUNDS, paymentStatus, transactionValue } from './payments.ts'
import { customerTitle } from './record-view.ts'
import { type NetSuiteState, RECORD_TYPE_OF, currencyId, today } from './state.ts'

export type ColumnType = 'integer' | 'number' | 'text' | 'date'
export type Row = Readonly<Record<string, unknown>>

export interface SqlTable {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnType>>
  /** A change of which record makes rows anew; `list`: they never change. */
  readonly source: 'customer' | 'document' | 'settlement' | 'list'
  /** The column that holds the source record's id. */
  readonly key: string
  rows(state: NetSuiteState, id: string): readonly Row[]
}

function columns(type: ColumnType, names: string): Record<string, ColumnType> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, type]))
}

/** Columns with `$` are the sandbox's own, for BUILTIN.DF and BUILTIN.CF; `SELECT *` does not show them. */
const TRANSACTION_COLUMNS = {
  ...columns('integer', 'id entity currency postingperiod terms paymentmethod paymentoption daysoverduesearch daysopen'),
  ...columns('text', 'tranid transactionnumber typebaseddocumentnumber trandisplayname type abbrevtype recordtype'),
  ...columns('text', 'status memo externalid otherrefnum void voided posting isreversal custbody_channel'),
  ...columns('number', 'exchangerate total foreigntotal foreignamountpaid foreignamountunpaid'),
  ...columns('number', 'foreignpaymentamountused foreignpaymentamountunused'),
  ...columns('date', 'trandate duedate closedate createddate lastmodifieddate'),
  ...columns('text', 'status$text status$code'),
}

/** Type and abbreviation, and the words of BUILTIN.DF(status). */
const KINDS: Readonly<Record<DocumentKind, { type: string; abbreviation: string; title: string }>> = {
  invoice: { type: 'CustInvc', abbreviation: 'INV', title: 'Invoice' },
  'debit-memo': { type: 'CustInvc', abbreviation: 'INV', title: 'Invoice' },
  journal: { type: 'Journal', abbreviation: 'GENJRNL', title: 'Journal' },
  'credit-memo': { type: 'CustCred', abbreviation: 'CREDMEM', title: 'Credit Memo' },
  deposit: { type: 'CustDep', abbreviation: 'CUSTDEP', title: 'Customer Deposit' },
  advance: { type: 'CustDep', abbreviation: 'CUSTDEP', title: 'Customer Deposit' },
  payment: { type: 'CustPymt', abbreviation: 'PMT', title: 'Customer Payment' },
}
const STATUS_WORDS: Readonly<Record<string, string>> = {
  'CustInvc A': 'Open',
  'CustInvc B': 'Paid In Full',
  'CustInvc V': 'Voided',
  'Journal A': 'Approved for Posting',
  'Journal B': 'Approved for Posting',
  'CustCred A': 'Open',
  'CustCred B': 'Fully Applied',
  'CustDep B': 'Deposited',
  'CustDep C': 'Fully Applied',
  'CustPymt B': 'Not Deposited',
  'CustPymt C': 'Deposited',
}

function transactionRow(state: NetSuiteState, document: BookDocument): Row {
  const { type, abbreviation, title } = KINDS[document.kind]
  const status = document.kind === 'payment' ? paymentStatus(document) : documentStatus(document)
  const used = minus(document.total, document.open)
  const receivable = isReceivable(document.kind)
  const rate = String(transactionValue(document, 'exchangeRate'))
  const { details } = document
  return {
    id: document.id,
    tranid: document.number,
    transactionnumber: document.number,
    typebaseddocumentnumber: document.number,
    trandisplayname: `${title} #${document.number}`,
    ...{ type, abbrevtype: abbreviation, recordtype: RECORD_TYPE_OF[document.kind].toLowerCase() },
    entity: document.customerId,
    currency: currencyId(document.currency),
    exchangerate: rate,
    ...{ foreigntotal: document.total, total: Number(document.total) * Number(rate) },
    ...(receivable && { foreignamountpaid: used, foreignamountunpaid: document.open }),
    ...(!receivable && { foreignpaymentamountused: used, foreignpaymentamountunused: document.open }),
    ...{ trandate: document.date, duedate: document.dueDate },
    ...(receivable && document.open !== '0' && { daysoverduesearch: daysOverdue(state, document) }),
    ...{ status, status$text: `${title} : ${STATUS_WORDS[`${type} ${status}`]}`, status$code: `${type}:${status}` },
    ...{ void: 'F', voided: document.voided ? 'T' : 'F', posting: 'T', isreversal: 'F' },
    ...{ memo: details['memo'], externalid: details['externalId'], terms: details['terms'] },
    otherrefnum: details['otherRefNum'] ?? details['checkNumber'],
    // Both names are columns of real accounts; which one is filled follows the payment form.
    ...{ paymentmethod: details['paymentOption'], paymentoption: details['paymentOption'] },
    custbody_channel: details['custbody_channel'],
    postingperiod: transactionValue(document, 'postingPeriod'),
    ...{ createddate: document.createdAt, lastmodifieddate: document.updatedAt },
  }
}

function daysOverdue(state: NetSuiteState, document: BookDocument): number {
  return Math.floor((Date.parse(today(state)) - Date.parse(document.dueDate ?? document.date)) / 86_400_000)
}

/** Debit and credit accounts: the main line's first. */
function accountsOf(document: BookDocument): [string, string] {
  const { details } = document
  if (document.kind === 'payment') return [String(details['account'] ?? UNDEPOSITED_FUNDS), String(details['arAcct'] ?? '119')]
  const receivable = String(details['account'] ?? '119')
  return [receivable, document.kind === 'deposit' ? '10' : '54']
}

/** Two lines a transaction: the main line with the whole amount and its counterpart. */
function lineRows(state: NetSuiteState, document: BookDocument): Row[] {
  const sign = document.kind === 'credit-memo' || document.kind === 'deposit' ? -1 : 1
  const { details } = document
  const subsidiary = details['subsidiary'] ?? state.books.getCustomer(document.customerId)?.details['subsidiary']
  return accountsOf(document).map((account, position) => ({
    transaction: document.id,
    ...{ id: position, linesequencenumber: position, uniquekey: `${document.id}${position}` },
    ...{ mainline: position === 0 ? 'T' : 'F', taxline: 'F' },
    ...{ entity: document.customerId, subsidiary, expenseaccount: account },
    foreignamount: (position === 0 ? sign : -sign) * Number(document.total),
    ...(position === 0 && isReceivable(document.kind) && { foreignamountunpaid: document.open }),
    ...(position === 0 && !isReceivable(document.kind) && { foreignpaymentamountunused: document.open }),
    ...{ memo: details['memo'], department: details['department'], class: details['class'], location: details['location'] },
    ...(position === 0 && { cleared: details['cleared'] === true ? 'T' : 'F' }),
  }))
}

function accountingRows(document: BookDocument): Row[] {
  const sign = document.kind === 'credit-memo' || document.kind === 'deposit' ? -1 : 1
  const amount = Number(document.total) * Number(transactionValue(document, 'exchangeRate'))
  return accountsOf(document).map((account, position) => {
    const signed = (position === 0 ? sign : -sign) * amount
    const sides = signed >= 0 ? { debit: signed } : { credit: -signed }
    return { transaction: document.id, transactionline: position, accountingbook: 1, account, amount: signed, posting: 'T', ...sides }
  })
}

/** From the invoice to what paid it: the payment, or the memo or deposit that a payment used. */
function linkRows(state: NetSuiteState, settlement: Settlement): Row[] {
  const previous = state.books.document(settlement.invoiceId)
  const next = state.books.document(settlement.creditId)
  return [
    {
      settlement$id: settlement.id,
      ...{ previousdoc: previous.id, previousline: 0, previoustype: KINDS[previous.kind].type, previousdate: previous.date },
      ...{ nextdoc: next.id, nextline: 1, nexttype: KINDS[next.kind].type, nextdate: next.date },
      ...{ linktype: 'Payment', foreignamount: settlement.amount },
    },
  ]
}

const LINK_COLUMNS = {
  ...columns('integer', 'settlement$id previousdoc previousline nextdoc nextline'),
  ...columns('text', 'linktype previoustype nexttype'),
  ...columns('date', 'previousdate nextdate'),
  ...columns('number', 'foreignamount'),
}

const ADDRESS_COLUMNS = columns('text', 'addressee attention addr1 addr2 addr3 addrphone city state zip country addrtext')

function addresses(state: NetSuiteState, id: string): readonly Line[] {
  return (state.books.getCustomer(id)?.details['addressBook'] ?? []) as readonly Line[]
}

function flag(value: unknown): 'T' | 'F' {
  return value === true ? 'T' : 'F'
}

const BOOK_TABLES: readonly SqlTable[] = [
  {
    ...{ name: 'customer', source: 'customer', key: 'id', columns: CUSTOMER_COLUMNS },
    rows: (state, id) => [customerRow(state, state.books.customer(id))],
  },
  {
    ...{ name: 'customersubsidiaryrelationship', source: 'customer', key: 'entity' },
    columns: { ...columns('integer', 'id entity subsidiary'), ...columns('text', 'isprimarysub isinactive') },
    rows: (state, id) => [
      { id, entity: id, subsidiary: state.books.customer(id).details['subsidiary'], isprimarysub: 'T', isinactive: 'F' },
    ],
  },
  {
    ...{ name: 'customeraddressbook', source: 'customer', key: 'entity' },
    columns: {
      ...columns('integer', 'entity internalid addressbookaddress'),
      ...columns('text', 'label defaultbilling defaultshipping isresidential'),
    },
    rows: (state, id) =>
      addresses(state, id).map((line) => ({
        ...{ entity: id, internalid: line['id'], addressbookaddress: line['id'], label: line['label'] },
        ...{ defaultbilling: flag(line['defaultBilling']), defaultshipping: flag(line['defaultShipping']) },
        isresidential: flag(line['isResidential']),
      })),
  },
  {
    ...{ name: 'customeraddressbookentityaddress', source: 'customer', key: 'customer$id' },
    columns: { ...columns('integer', 'nkey customer$id'), ...ADDRESS_COLUMNS },
    rows: (state, id) => addressRows(state, id, 'nkey'),
  },
  {
    ...{ name: 'entityaddress', source: 'customer', key: 'customer$id' },
    columns: { ...columns('integer', 'nkey customer$id'), ...ADDRESS_COLUMNS },
    rows: (state, id) => addressRows(state, id, 'nkey'),
  },
  {
    ...{ name: 'entity', source: 'customer', key: 'id' },
    columns: { ...columns('integer', 'id'), ...columns('text', 'entityid entitytitle type isinactive') },
    rows: (state, id) => {
      const customer = state.books.customer(id)
      const title = customerTitle(state, id)
      return [{ id, entityid: customer.details['entityId'], entitytitle: title, type: 'CustJob', isinactive: flag(!customer.active) }]
    },
  },
  {
    ...{ name: 'transaction', source: 'document', key: 'id', columns: TRANSACTION_COLUMNS },
    rows: (state, id) => [transactionRow(state, state.books.document(id))],
  },
  {
    ...{ name: 'transactionline', source: 'document', key: 'transaction' },
    columns: {
      ...columns('integer', 'transaction id linesequencenumber uniquekey entity subsidiary expenseaccount'),
      ...columns('integer', 'department class location'),
      ...columns('text', 'mainline taxline memo cleared'),
      ...columns('number', 'foreignamount foreignamountunpaid foreignpaymentamountunused'),
    },
    rows: (state, id) => lineRows(state, state.books.document(id)),
  },
  {
    ...{ name: 'transactionaccountingline', source: 'document', key: 'transaction' },
    columns: {
      ...columns('integer', 'transaction transactionline accountingbook account'),
      ...columns('number', 'amount debit credit'),
      ...columns('text', 'posting'),
    },
    rows: (state, id) => accountingRows(state.books.document(id)),
  },
  ...['nexttransactionlinelink', 'previoustransactionlinelink'].map(
    (name): SqlTable => ({
      ...{ name, source: 'settlement', key: 'settlement$id', columns: LINK_COLUMNS },
      rows: (state, id) => linkRows(state, state.books.getSettlement(id)!),
    }),
  ),
]

function addressRows(state: NetSuiteState, id: string, key: string): Row[] {
  return addresses(state, id).map((line) => {
    const address = Object.entries(line['addressBookAddress'] as Line).map(([name, value]) => [name.toLowerCase(), value])
    return { ...Object.fromEntries(address), [key]: line['id'], customer$id: id }
  })
}

/** Columns beside id, name and isinactive. */
const LIST_COLUMNS: Readonly<Record<string, Record<string, ColumnType>>> = {
  currency: { ...columns('text', 'symbol isbasecurrency displaysymbol'), ...columns('number', 'exchangerate') },
  term: columns('integer', 'daysuntilnetdue'),
  subsidiary: { ...columns('integer', 'currency'), ...columns('text', 'country fullname') },
  account: columns('text', 'acctnumber accttype fullname accountsearchdisplayname'),
  employee: columns('text', 'entityid issalesrep'),
  partner: columns('text', 'entityid'),
  classification: columns('text', 'fullname'),
  department: columns('text', 'fullname'),
  location: columns('text', 'fullname'),
  item: columns('text', 'itemid fullname'),
  contact: columns('text', 'entityid'),
}
/** Lists that SuiteQL knows under two names, or another than the record service. */
const LIST_NAMES: Readonly<Record<string, readonly string[]>> = {
  customerStatus: ['entitystatus', 'customerstatus'],
  taxItem: ['salestaxitem'],
}

const LIST_TABLES: readonly SqlTable[] = Object.entries(NETSUITE_LISTS).flatMap(([list, entries]) =>
  (LIST_NAMES[list] ?? [list.toLowerCase()]).map((name): SqlTable => {
    const more = LIST_COLUMNS[list] ?? {}
    const rows = entries.map((entry) => {
      const names = Object.fromEntries(Object.keys(more).map((column) => [column, entry.name]))
      const shown = { accountsearchdisplayname: `${entry.more?.['acctnumber']} ${entry.name}` }
      const extra = { ...names, ...(list === 'account' && shown), ...entry.more }
      const common = { id: entry.id, ...(list === 'entitystatus' && { key: entry.id }), name: entry.name }
      return { ...extra, ...common, isinactive: flag(entry.inactive) }
    })
    const own = { id: 'integer', name: 'text', isinactive: 'text', ...more } as const
    return { name, source: 'list', key: 'id', columns: own, rows: () => rows }
  }),
)

export const SQL_TABLES: readonly SqlTable[] = [...BOOK_TABLES, ...LIST_TABLES]
