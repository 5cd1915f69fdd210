/** What tests must know of each ERP beside the API: which bytes are a write, how to put an invoice into its books, how it fails. */
import type { BookDocument, Books } from '../../src/sandbox/books.ts'
import type { Exchange, FaultProxy, WireAnswer } from './fault-proxy.ts'

export interface Posted {
  /** Gateway id: `inv_…` or `crd_…`. */
  readonly id: string
  readonly nativeId: string
  readonly number: string
  /** What the books say is open now. */
  readonly open: () => string
}

export interface NewItem {
  readonly total: string
  readonly currency?: string
  readonly date?: string
  readonly dueDate?: string
}

/** One sandbox behind its proxy. */
export interface Erp {
  readonly connection: ErpName
  readonly books: Books
  readonly proxy: FaultProxy
  reset(): void
  readonly isWrite: (exchange: Exchange) => boolean
  /** Neither a write nor a login. */
  readonly isRead: (exchange: Exchange) => boolean
  readonly isLogin: (exchange: Exchange) => boolean
  /** Puts a document of the customer (native id) straight into the books, as people at the ERP would. */
  readonly invoice: (customer: string, item: NewItem) => Posted
  readonly creditMemo: (customer: string, item: NewItem) => Posted
  /** How this vendor says it. */
  readonly says: { readonly tooMany: WireAnswer; readonly loginEnded: WireAnswer }
  readonly seed: Seed
}
export type ErpName = 'netsuite' | 'intacct'

/** Records that are there after every reset. */
export interface Seed {
  readonly customer: string
  readonly invoice: string
  readonly terms: { readonly id: string; readonly name: string }
  readonly otherTerms: { readonly id: string; readonly name: string }
}

type Where = Pick<Erp, 'books' | 'proxy' | 'reset'>

/** What an edge server answers in the ERP's place (Cloudflare and Akamai answer HTML). */
export const HTML_502: WireAnswer = {
  status: 502,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: '<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body><div id="cf-error-details">Error 502</div></body></html>',
}
export const HTML_200: WireAnswer = { ...HTML_502, status: 200 }

const DATE = '2026-04-01'
const DUE = '2026-05-01'

export function netSuite(where: Where): Erp {
  const isLogin = (exchange: Exchange) => exchange.path.endsWith('/oauth2/v1/token')
  const isWrite = (exchange: Exchange) => exchange.path.includes('/record/v1/') && exchange.method !== 'GET'
  const post = (prefix: 'inv' | 'crd', kind: 'invoice' | 'credit-memo', customer: string, item: NewItem): Posted => {
    const id = where.books.nextId('transaction')
    const number = `${kind === 'invoice' ? 'INV' : 'CM'}-${id}`
    const details = { account: '119', subsidiary: '1' }
    where.books.post({ id, kind, number, customerId: customer, ...dated(kind, item), details })
    const native = kind === 'invoice' ? id : `memo-${id}`
    return { id: `${prefix}_netsuite_${native}`, nativeId: id, number, open: () => openAmount(where.books, id) }
  }
  return {
    connection: 'netsuite',
    ...where,
    isLogin,
    isWrite,
    isRead: (exchange) => !isLogin(exchange) && !isWrite(exchange),
    invoice: (customer, item) => post('inv', 'invoice', customer, item),
    creditMemo: (customer, item) => post('crd', 'credit-memo', customer, item),
    says: {
      tooMany: oracleError(
        429,
        'Too Many Requests',
        'CONCURRENCY_LIMIT_EXCEEDED',
        'Concurrent request limit exceeded. Request blocked.',
      ),
      loginEnded: oracleError(401, 'Unauthorized', 'INVALID_LOGIN', 'Invalid login attempt.', {
        'www-authenticate':
          'Bearer realm="TSTDRV100", error="invalid_token", error_description="Invalid login attempt."',
      }),
    },
    seed: {
      customer: 'cus_netsuite_456',
      invoice: 'inv_netsuite_5001',
      terms: { id: '2', name: 'Net 30' },
      otherTerms: { id: '3', name: 'Net 60' },
    },
  }
}

function oracleError(
  status: number,
  title: string,
  code: string,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): WireAnswer {
  const type = 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1'
  return {
    status,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8', ...headers },
    body: JSON.stringify({ type, title, status, 'o:errorDetails': [{ detail, 'o:errorCode': code }] }),
  }
}

const WRITING =
  /<(?:create|update|delete|reverse_arpayment|create_customer|update_customer|delete_customer|create_arpayment|apply_arpayment)[ />]/

export function intacct(where: Where): Erp {
  const isLogin = (exchange: Exchange) => exchange.body.includes('<getAPISession')
  const isWrite = (exchange: Exchange) => WRITING.test(exchange.body)
  const post = (prefix: 'inv' | 'crd', kind: 'invoice' | 'credit-memo', customer: string, item: NewItem): Posted => {
    const id = where.books.nextId('intacct-record')
    const number = `${kind === 'invoice' ? 'INV' : 'CM'}-${id}`
    const line = {
      RECORDNO: where.books.nextId('intacct-line'),
      LINE_NO: '1',
      ACCOUNTNO: '4000',
      LOCATIONID: '100',
      TRX_AMOUNT: item.total,
    }
    const details = { DESCRIPTION: '', MODULEKEY: '4.AR', EXCHANGE_RATE: '1', lines: [line] }
    where.books.post({ id, kind, number, customerId: customer, ...dated(kind, item), details })
    const native = kind === 'invoice' ? id : `memo-${id}`
    return { id: `${prefix}_intacct_${native}`, nativeId: id, number, open: () => openAmount(where.books, id) }
  }
  return {
    connection: 'intacct',
    ...where,
    isLogin,
    isWrite,
    isRead: (exchange) => !isLogin(exchange) && !isWrite(exchange),
    invoice: (customer, item) => post('inv', 'invoice', customer, item),
    creditMemo: (customer, item) => post('crd', 'credit-memo', customer, item),
    says: { tooMany: TOO_MANY_JOBS, loginEnded: SESSION_ENDED },
    seed: {
      customer: 'cus_intacct_ACME',
      invoice: 'inv_intacct_101',
      terms: { id: 'Net 30', name: 'Net 30' },
      otherTerms: { id: 'Net 60', name: 'Net 60' },
    },
  }
}

const XML = { 'content-type': 'text/xml; encoding="UTF-8"' }
const TOO_MANY_JOBS: WireAnswer = {
  status: 429,
  headers: XML,
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<response><control><status>failure</status></control><errormessage><error><errorno>GW-0010</errorno><description>API rate limit exceeded [Request ID: 1F.60]</description></error></errormessage></response>',
}
const SESSION_ENDED: WireAnswer = {
  status: 200,
  headers: XML,
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<response><control><status>success</status><senderid>sandbox-sender</senderid><controlid>1</controlid><uniqueid>false</uniqueid><dtdversion>3.0</dtdversion></control><operation><authentication><status>failure</status><userid></userid><companyid></companyid></authentication><errormessage><error><errorno>XL03000006</errorno><description></description><description2>Invalid session q....</description2><correction></correction></error></errormessage></operation></response>',
}

const dated = (kind: 'invoice' | 'credit-memo', item: NewItem) => ({
  date: item.date ?? DATE,
  dueDate: kind === 'invoice' ? (item.dueDate ?? DUE) : null,
  currency: item.currency ?? 'USD',
  total: item.total,
})

/** Two digits, so that it compares with the API's money. */
export const openAmount = (books: Books, id: string): string => cents(books.document(id).open)
export const cents = (amount: string): string => Number(amount).toFixed(2)

/** The customer's documents of some kinds that are still open, largest id last. */
export const openDocuments = (books: Books, customerId: string): BookDocument[] =>
  books.documents({ customerId }).filter((document) => document.open !== '0')
