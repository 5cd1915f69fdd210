/** Errors as the ERPs word them, each in the shape of its vendor: what arrives in the place of a true answer. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ErpName } from '../support/erps.ts'
import type { ChangedAnswer, Exchange } from '../support/fault-proxy.ts'

export interface ErrorText {
  /** Error code or number. */
  readonly code: string
  readonly text: string
  /** What Intacct says before and after the text. */
  readonly description?: string
  readonly correction?: string
  /** The words are those of a refused login. */
  readonly refusesLogin?: boolean
  /** How it came where it was seen. */
  readonly seen?: { readonly status: number; readonly level: string }
}

/** Where it is said: NetSuite's `record`, `query`, `restlet`, `token`; Intacct's `control`, `authentication`, `function`; `edge` of both. */
interface Said {
  readonly text: ErrorText
  readonly status: number
  readonly level: string
}

/** Without the corpus there are these; words of public forums, issue trackers and the vendors' own error tables. */
const FEW: Readonly<Record<ErpName, readonly (readonly [code: string, text: string])[]>> = {
  netsuite: [
    ['RCRD_HAS_BEEN_CHANGED', 'Record has been changed'],
    ['USER_ERROR', 'Please enter value(s) for: Customer'],
    ['USER_ERROR', 'This record has been locked by a user defined workflow.'],
    ['USER_ERROR', 'The record has been deleted since you retrieved it.'],
    ['UNEXPECTED_ERROR', 'An unexpected error occurred. Error ID: l7x2ab01'],
    ['SSS_USAGE_LIMIT_EXCEEDED', 'Script Execution Usage Limit Exceeded'],
    ['SSS_TIME_LIMIT_EXCEEDED', 'Script Execution Time Exceeded.'],
    ['USER_ERROR', 'TypeError: Cannot read property "firstName" from undefined (/SuiteScripts/after-submit.js#42)'],
    ['CONCURRENCY_LIMIT_EXCEEDED', 'Concurrent request limit exceeded. Request blocked.'],
    ['SSS_REQUEST_LIMIT_EXCEEDED', 'The maximum number of requests has been exceeded.'],
    ['INSUFFICIENT_PERMISSION', 'Permission Violation: You need the permission to do this.'],
    [
      'USER_ERROR',
      'You do not have permissions to set a value for element exchangerate due to one of the following reasons',
    ],
    ['INVALID_LOGIN', 'Invalid login attempt. For more details, see the Login Audit Trail.'],
    ['INVALID_LOGIN_ATTEMPT', 'Invalid login attempt.'],
    ['SESSION_TIMED_OUT', 'Your connection has timed out. Please log in again.'],
    ['USER_ERROR', 'invalid session'],
    ['DUP_RCRD', 'This record already exists'],
    [
      'DUP_ENTITY',
      'A customer record with this ID already exists. You must enter a unique customer ID for each record you create.',
    ],
    ['RCRD_DSNT_EXIST', 'That record does not exist.'],
    ['NONEXISTENT_ID', 'The record instance does not exist. Provide a valid record instance ID.'],
    ['INVALID_KEY_OR_REF', 'Invalid reference key 99 for subsidiary 1.'],
    ['USER_ERROR', 'Invalid Field Value 99 for the following field: terms'],
    ['USER_ERROR', 'The transaction date you specified is not within the date range of your accounting period.'],
    ['USER_ERROR', 'You can not apply more than the remaining amount.'],
    ['USER_ERROR', 'This transaction cannot be deleted because it is linked to by one or more transactions'],
    ['INVALID_PARAMETER', "Invalid search query. Field 'currency' for record 'transaction' was not found."],
    ['INVALID_CONTENT', 'The request body contains invalid data.'],
    ['', 'Something that nobody has ever seen.'],
    ['NEVER_SEEN_CODE', 'Something that nobody has ever seen.'],
  ],
  intacct: [
    ['XL03000006', 'Invalid session q....'],
    ['XL03000006', 'Sign-in information is incorrect'],
    ['XL03000009', 'The entire transaction in this operation has been rolled back due to an error.'],
    ['XL03000003', 'invalidRequest'],
    ['GW-0001', 'Internal error'],
    ['GW-0002', 'Request timed out'],
    ['GW-0010', 'API rate limit exceeded'],
    ['GW-0011', 'Invalid Request'],
    ['PL04000005', 'There was a problem processing the request. Please try again later.'],
    ['BL01001973', 'Could not create arpymt record!'],
    ['BL01001973', 'Could not create customer record.'],
    ['BL34000061', 'Another Customer with the given value(s) CUST-1 already exists'],
    ['BL03000018', 'You do not have permission for API operation CREATE on objects of type ARPYMT'],
    ['BL03002112', 'The period is closed. Select a date in an open period.'],
    ['DL02000001', 'The record is being edited by another user. Try again later.'],
    ['DL02000001', 'Unable to process because the record was locked by another user'],
    ['DL03000007', 'Currently, we cannot process the request. The company is undergoing maintenance.'],
    ['DL04000032', 'invalid session'],
    ['BL04000006', 'There is no due on the invoice'],
    ['PL03000009', 'Object definition ARPYMT not found'],
    ['XL03000008', 'The control id must be unique'],
    ['XMLGW_TIMEOUT', 'The request exceeded the time that it may take'],
    ['BL03000130', 'The payment amount exceeds the amount due.'],
    ['', 'Something that nobody has ever seen.'],
    ['ZZ99000001', 'Something that nobody has ever seen.'],
  ],
}

export const TEXTS: Readonly<Record<ErpName, readonly ErrorText[]>> = {
  netsuite: textsOf('netsuite'),
  intacct: textsOf('intacct'),
}

function textsOf(erp: ErpName): ErrorText[] {
  const folder = new URL(`../corpus/${erp}/`, import.meta.url)
  const few = FEW[erp].map(([code, text]) => ({ code, text }))
  if (!existsSync(folder)) return few
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return [...few, ...files.flatMap((name) => entriesOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))]
}

interface CorpusEntry extends Omit<ErrorText, 'code' | 'seen' | 'refusesLogin'> {
  readonly expected: { readonly code: string }
  readonly code?: string | null
  readonly number?: string
  readonly status: number
  readonly level: string
}

function entriesOf(entries: readonly CorpusEntry[]): ErrorText[] {
  return entries.map(({ code, number, status, level, expected, ...words }) => ({
    ...words,
    refusesLogin: expected.code === 'provider_refused',
    ...{ code: number ?? code ?? '', seen: { status, level } },
  }))
}

/** As it was seen, and as it may come too. */
export function statusesOf(erp: ErpName, { seen }: ErrorText): { status: number; level: string }[] {
  const own = seen ? Array.from({ length: 6 }, () => seen) : []
  if (erp === 'netsuite')
    return [...own, ...[400, 400, 401, 403, 404, 409, 429, 500, 200].map((status) => ({ status, level: 'record' }))]
  return [
    ...own,
    ...['function', 'function', 'authentication', 'control'].map((level) => ({ status: 200, level })),
    ...[400, 401, 403, 429, 500].map((status) => ({ status, level: 'control' })),
    { status: 500, level: 'function' },
  ]
}

export function errorAnswer(erp: ErpName, said: Said, exchange: Exchange): ChangedAnswer {
  if (said.level === 'edge')
    return { status: said.status, headers: { 'content-type': 'text/html' }, body: said.text.text }
  return erp === 'netsuite' ? oracleError(said, exchange) : sageError(said, exchange)
}

function oracleError({ text: { text, code }, status, level }: Said, { path }: Exchange): ChangedAnswer {
  const json = { 'content-type': 'application/json' }
  if (level === 'token') return { status, headers: json, body: JSON.stringify({ error: text }) }
  if (path.endsWith('/oauth2/v1/token')) {
    const error = status === 401 ? 'invalid_client' : 'invalid_grant'
    return { status, headers: json, body: JSON.stringify({ error, error_description: text }) }
  }
  if (level === 'restlet') return { status, headers: json, body: JSON.stringify({ error: { code, message: text } }) }
  const detail = { detail: text, ...(code !== '' && { 'o:errorCode': code }) }
  return {
    status,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8' },
    body: JSON.stringify({
      type: 'https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.1',
      ...{ title: 'Error', status, 'o:errorDetails': [detail] },
    }),
  }
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const FUNCTION = /<function\b[^>]*\bcontrolid=["']([^"']+)["'][^>]*>\s*<([A-Za-z_]+)/g

function sageError({ text, status, level }: Said, { body }: Exchange): ChangedAnswer {
  const error = `<errormessage><error><errorno>${escaped(text.code)}</errorno><description>${escaped(text.description ?? '')}</description><description2>${escaped(text.text)}</description2><correction>${escaped(text.correction ?? '')}</correction></error></errormessage>`
  const control = `<control><status>${level === 'control' ? 'failure' : 'success'}</status><senderid>sandbox-sender</senderid><controlid>c</controlid><uniqueid>false</uniqueid><dtdversion>3.0</dtdversion></control>`
  const login = (good: boolean) =>
    `<authentication><status>${good ? 'success' : 'failure'}</status><userid>xml_gateway</userid><companyid>sandbox-company</companyid></authentication>`
  const state = /transaction="true"/.test(body) ? 'aborted' : 'failure'
  const results = [...body.matchAll(FUNCTION)].map(
    ([, id, name]) =>
      `<result><status>${state}</status><function>${name}</function><controlid>${id}</controlid>${error}</result>`,
  )
  const inner: Readonly<Record<string, string>> = {
    control: error,
    authentication: `<operation>${login(false)}${error}</operation>`,
    function: `<operation>${login(true)}${results.join('')}</operation>`,
  }
  return {
    status,
    headers: { 'content-type': 'text/xml; encoding="UTF-8"' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<response>${control}${inner[level]}</response>`,
  }
}
