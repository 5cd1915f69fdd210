/** The Sage Intacct sandbox: a strict XML gateway over real HTTP, with its own field lists and its own books. */
import type { Books } from '../books.ts'
import type { Pause } from '../broken-answer.ts'
import type { Effect } from '../faults.ts'
import { type NewDocumentValues, newDocumentAnswer } from '../new-documents.ts'
import { seedIntacct } from '../seed/intacct.ts'
import { type LoggedRequest, type SandboxAnswer, type SandboxRequest, startSandboxServer } from '../server.ts'
import { Company, type IntacctCredentials } from './company.ts'
import { answerEnvelope, type Gateway } from './envelope.ts'
import { errorMessage } from './errors.ts'
import { ReadCursors } from './functions/read-by-query.ts'
import { element, leaf } from './markup.ts'
import { Sessions } from './session.ts'

export type { IntacctCredentials } from './company.ts'

export interface IntacctSandboxOptions {
  readonly port?: number
  readonly host?: string
  /** Made-up customers beside ACME; 250 when absent. */
  readonly customers?: number
  readonly clock?: () => Date
  readonly credentials?: Partial<IntacctCredentials>
  /** Sliding; 360 when absent. */
  readonly sessionMinutes?: number
  /** Requests at once before HTTP 429; the real figure is contradictory (1, 2, about 5). */
  readonly concurrencyLimit?: number
  readonly latencyMs?: number
  /** `read` answers contacts nested instead of dotted. */
  readonly nestedContacts?: boolean
  /** Whether the company has custom discounts switched on; true when absent. */
  readonly customDiscounts?: boolean
  /** Whether negative lines of invoices can be applied; true when absent. */
  readonly inlineCredits?: boolean
  /** How the user has dates written, `/mdY` when absent. */
  readonly dateFormat?: string
  /** Columns that `query` refuses, by object; none when absent. */
  readonly hiddenColumns?: Readonly<Record<string, readonly string[]>>
}

export interface IntacctSandbox {
  /** The gateway itself: …/ia/xml/xmlgw.phtml. */
  readonly url: string
  readonly credentials: IntacctCredentials
  readonly books: Books
  /** What is beside the books too: contacts, drafts, e-mail templates. */
  readonly company: Company
  readonly requests: LoggedRequest[]
  /** Seed data back, sessions ended, control ids forgotten. */
  reset(): void
  close(): Promise<void>
}

const PATH = '/ia/xml/xmlgw.phtml'
const DEFAULT_CREDENTIALS: IntacctCredentials = {
  senderId: 'sandbox-sender',
  senderPassword: 'sandbox-sender-password',
  companyId: 'sandbox-company',
  userId: 'xml_gateway',
  userPassword: 'sandbox-user-password',
}
/** `x-intacct-xml-request` is what old clients send (developer docs). */
const CONTENT_TYPE =
  /^(?:application\/xml|text\/xml|application\/x-intacct-xml-request|x-intacct-xml-request)\s*(?:;|$)/i

export async function startIntacctSandbox(options: IntacctSandboxOptions = {}): Promise<IntacctSandbox> {
  const credentials = { ...DEFAULT_CREDENTIALS, ...options.credentials }
  const company = new Company({
    clock: options.clock ?? (() => new Date()),
    credentials,
    nestedContacts: options.nestedContacts ?? false,
    customDiscounts: options.customDiscounts ?? true,
    inlineCredits: options.inlineCredits ?? true,
    dateFormat: options.dateFormat ?? '/mdY',
    hiddenColumns: options.hiddenColumns ?? {},
  })
  seedIntacct(company, options.customers ?? 250)
  const restore = company.save()
  const sessions = new Sessions(company, options.sessionMinutes ?? 360)
  const cursors = new ReadCursors()
  const reset = () => {
    restore()
    sessions.endAll()
    cursors.clear()
  }
  let url = ''
  const gateway: Gateway = { company, sessions, cursors, endpoint: () => url }
  const handle = limited(options, (request, underWay) => answer(gateway, request, underWay))
  const server = await startSandboxServer({
    books: company.books,
    handle,
    control: (name, request) =>
      name === 'documents' ? newDocumentAnswer(company.books, request, (total) => oneLine(company, total)) : null,
    vendor: {
      effectOf,
      tooMany,
      // The status is documented, what comes with it is not.
      unexpected: () => ({ status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' }),
      unknown: () => gatewayError(500, 'GW-9999', 'Nobody knows this'),
      endSession: ({ body }) => sessions.end(/<sessionid>([^<]*)<\/sessionid>/.exec(body)?.[1] ?? ''),
    },
    reset,
    ...(options.port !== undefined && { port: options.port }),
    ...(options.host !== undefined && { host: options.host }),
  })
  url = `${server.url}${PATH}`
  return { url, credentials, company, books: company.books, requests: server.requests, reset, close: server.close }
}

/** An invoice or adjustment of one line. */
function oneLine(company: Company, total: string): NewDocumentValues {
  const id = company.nextRecordNumber('record')
  const RECORDNO = company.nextRecordNumber('line')
  const line = { RECORDNO, LINE_NO: '1', ACCOUNTNO: '4000', LOCATIONID: '100', TRX_AMOUNT: total }
  return { id, details: { DESCRIPTION: '', MODULEKEY: '4.AR', EXCHANGE_RATE: '1', lines: [line] } }
}

/** One request too many is turned away at once, as the gateway does after its own wait. */
function limited(
  options: IntacctSandboxOptions,
  answerOne: (request: SandboxRequest, underWay: ReadonlySet<string>) => SandboxAnswer,
) {
  const limit = options.concurrencyLimit ?? 5
  const latency = options.latencyMs ?? 0
  const controlIds = new Set<string>()
  let running = 0
  return async (request: SandboxRequest, pause: Pause): Promise<SandboxAnswer> => {
    if (running >= limit) return tooMany()
    running += 1
    const mine = controlIdsOf(request.body)
    const underWay = new Set(mine.filter((id) => controlIds.has(id)))
    for (const id of mine) controlIds.add(id)
    try {
      // Even without latency other requests get in between, or the limit would never be met.
      await new Promise((resolve) => (latency > 0 ? setTimeout(resolve, latency) : setImmediate(resolve)))
      await pause('before')
      return answerOne(request, underWay)
    } finally {
      for (const id of mine) if (!underWay.has(id)) controlIds.delete(id)
      await pause('after')
      running -= 1
    }
  }
}

/** Of functions that must not be repeated; the ids of others mean nothing. */
function controlIdsOf(body: string): string[] {
  if (/<uniqueid>\s*false/.test(body)) return []
  return [...body.matchAll(/<function\b[^>]*\bcontrolid=["']([^"']+)/g)].map((match) => match[1] as string)
}

function answer(gateway: Gateway, request: SandboxRequest, underWay: ReadonlySet<string>): SandboxAnswer {
  if (request.path !== PATH) return { status: 404, headers: { 'content-type': 'text/plain' }, body: 'Not found' }
  // GET has been blocked since January 2023 (developer docs); with which status is uncertain.
  if (request.method !== 'POST')
    return { ...gatewayError(405, 'GW-0011', 'Invalid Request'), headers: { allow: 'POST' } }
  if (!CONTENT_TYPE.test(request.headers['content-type'] ?? '')) return gatewayError(400, 'GW-0011', 'Invalid Request')
  const { contentType, body } = answerEnvelope(gateway, request.body, underWay)
  return { status: 200, headers: { 'content-type': contentType }, body }
}

const READS = new Set(
  'query readByQuery readMore read readByName readRelated readReport lookup readUserFormatting'.split(' '),
)

/** Every request goes to one path: the functions in it decide. One that writes makes the request a write. */
function effectOf({ body }: SandboxRequest): Effect {
  const names = [...body.matchAll(/<function\b[^>]*>\s*<([A-Za-z_]+)/g)].map((match) => match[1] as string)
  if (names.every((name) => READS.has(name) || /^(get|inspect|describe)/.test(name)))
    return names.includes('getAPISession') ? 'login' : 'read'
  return 'write'
}

function tooMany(): SandboxAnswer {
  return gatewayError(429, 'GW-0010', 'API rate limit exceeded')
}

let gatewayErrors = 0

/** Gateway errors are at the control level and have a number and a description only (developer docs, error handling). */
function gatewayError(status: number, number: string, text: string): SandboxAnswer {
  gatewayErrors += 1
  const requestId = `AC47C2BE:D9EE_63EBC07F.${gatewayErrors}`
  const control = element('control', [leaf('status', 'failure')])
  const entry = { number, text: `${text} [Request ID: ${requestId}]` }
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${element('response', [control, errorMessage([entry], 'gateway')])}`
  return { status, headers: { 'content-type': 'text/xml; encoding="UTF-8"' }, body }
}
