/** The rows of SuiteQL's transaction tables: transactions, their lines, and who paid what. */
import { type BookDocument, type DocumentKind, isReceivable, type Settlement } from '../books.ts'
import { minus } from '../decimal.ts'
import { documentStatus } from './documents.ts'
import { paymentStatus, UNDEPOSITED_FUNDS } from './payments.ts'
import { columns, type Row } from './sql-columns.ts'
import { currencyId, type NetSuiteState, RECORD_TYPE_OF, today } from './state.ts'
import { transactionValue } from './transaction-values.ts'

/** Columns with `$` are the sandbox's own, for BUILTIN.DF and BUILTIN.CF; `SELECT *` does not show them. */
export const TRANSACTION_COLUMNS = {
  ...columns(
    'integer',
    'id entity currency postingperiod terms paymentmethod paymentoption daysoverduesearch daysopen',
  ),
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
  'deposit-application': { type: 'DepAppl', abbreviation: 'DEPAPPL', title: 'Deposit Application' },
  'customer-refund': { type: 'CustRfnd', abbreviation: 'CUSTREF', title: 'Customer Refund' },
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
  'DepAppl B': 'Fully Applied',
  'CustPymt B': 'Not Deposited',
  'CustPymt C': 'Deposited',
  'CustPymt V': 'Voided',
  'CustRfnd B': 'Deposited',
}

export function transactionRow(state: NetSuiteState, document: BookDocument): Row {
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
  if (document.kind === 'payment')
    return [String(details['account'] ?? UNDEPOSITED_FUNDS), String(details['arAcct'] ?? '119')]
  const receivable = String(details['account'] ?? '119')
  return [receivable, document.kind === 'deposit' ? '10' : '54']
}

/** Two lines a transaction: the main line with the whole amount and its counterpart. */
export function lineRows(state: NetSuiteState, document: BookDocument): Row[] {
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
    ...{
      memo: details['memo'],
      department: details['department'],
      class: details['class'],
      location: details['location'],
    },
    ...(position === 0 && { cleared: details['cleared'] === true ? 'T' : 'F' }),
  }))
}

export function accountingRows(document: BookDocument): Row[] {
  const sign = document.kind === 'credit-memo' || document.kind === 'deposit' ? -1 : 1
  const amount = Number(document.total) * Number(transactionValue(document, 'exchangeRate'))
  return accountsOf(document).map((account, position) => {
    const signed = (position === 0 ? sign : -sign) * amount
    const sides = signed >= 0 ? { debit: signed } : { credit: -signed }
    return {
      transaction: document.id,
      transactionline: position,
      accountingbook: 1,
      account,
      amount: signed,
      posting: 'T',
      ...sides,
    }
  })
}

/**
 * From the invoice to what paid it: the payment, or the memo or deposit that a payment used. A deposit that was applied by
 * itself has its deposit application in between; the word of the link from the deposit to it is uncertain.
 */
export function linkRows(state: NetSuiteState, settlement: Settlement): Row[] {
  const source = state.books.document(settlement.source)
  const invoice = state.books.document(settlement.invoiceId)
  const credit = state.books.document(settlement.creditId)
  if (source.kind !== 'deposit-application') return [linkRow(settlement, invoice, credit, 'Payment')]
  return [linkRow(settlement, invoice, source, 'Payment'), linkRow(settlement, credit, source, 'DepAppl')]
}

function linkRow(settlement: Settlement, previous: BookDocument, next: BookDocument, linktype: string): Row {
  return {
    settlement$id: settlement.id,
    ...{ previousdoc: previous.id, previousline: 0, previoustype: KINDS[previous.kind].type },
    ...{ previousdate: previous.date, nextdoc: next.id, nextline: 1, nexttype: KINDS[next.kind].type },
    ...{ nextdate: next.date, linktype, foreignamount: settlement.amount },
  }
}

export const LINK_COLUMNS = {
  ...columns('integer', 'settlement$id previousdoc previousline nextdoc nextline'),
  ...columns('text', 'linktype previoustype nexttype'),
  ...columns('date', 'previousdate nextdate'),
  ...columns('number', 'foreignamount'),
}
