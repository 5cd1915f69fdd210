/** A NetSuite account on loopback: record service, SuiteQL and logins over real HTTP, with books behind them. */
import { randomUUID } from 'node:crypto'
import { BookError, Books } from '../books.ts'
import type { Pause } from '../broken-answer.ts'
import type { Effect } from '../faults.ts'
import { newDocumentAnswer } from '../new-documents.ts'
import { seedNetSuite } from '../seed/netsuite.ts'
import { type LoggedRequest, type SandboxAnswer, type SandboxRequest, startSandboxServer } from '../server.ts'
import { Authentication, type GivenCredentials, makeCredentials, type NetSuiteCredentials } from './authentication.ts'
import { jobAnswer } from './batch-read.ts'
import { errorAnswer, fromBookError, invalidRequest, NetSuiteError, withoutPermission } from './errors.ts'
import { type Feature, withoutFeatures } from './features.ts'
import type { ProfileName } from './profile.ts'
import { profileNamed } from './profiles.ts'
import { recordAnswer } from './records.ts'
import { RESTLET_PATH, restletAnswer } from './restlet.ts'
import { SqlMirror } from './sql-mirror.ts'
import { Names, type NetSuiteState } from './state.ts'
import { suiteQlAnswer } from './suiteql.ts'
import { CODED, worded } from './words.ts'

export interface NetSuiteSandboxOptions {
  readonly port?: number
  readonly host?: string
  /** How many made-up customers there are beside the fixed ones; 250. */
  readonly customers?: number
  readonly clock?: () => Date
  readonly accountId?: string
  readonly credentials?: GivenCredentials
  /** Requests at a time for the whole account; 5, as the smallest accounts have. */
  readonly concurrencyLimit?: number
  /** How long each record and query request takes at least. */
  readonly latencyMs?: number
  /** Whether the remembered check box Auto Apply is ticked at first. */
  readonly autoApply?: boolean
  /** The kind of account: its field names, features and permissions; `2026.1`. */
  readonly profile?: ProfileName
  /** Features that the account is without; none. */
  readonly without?: readonly Feature[]
  /** Payment methods that have an account of their own, by id; none. */
  readonly methodAccounts?: Readonly<Record<string, string>>
}

export interface NetSuiteSandbox {
  readonly url: string
  readonly accountId: string
  readonly profile: ProfileName
  readonly credentials: NetSuiteCredentials
  readonly books: Books
  readonly requests: LoggedRequest[]
  /** Puts the seed data back. */
  reset(): void
  close(): Promise<void>
}

const ROOT = '/services/rest/'
const ASYNC = `${ROOT}async/v1/`
const TOKEN = `${ROOT}auth/oauth2/v1/token`

export async function startNetSuiteSandbox(options: NetSuiteSandboxOptions = {}): Promise<NetSuiteSandbox> {
  const clock = options.clock ?? (() => new Date())
  const accountId = options.accountId ?? 'TSTDRV100'
  const profile = withoutFeatures(profileNamed(options.profile ?? '2026.1'), options.without ?? [])
  const books = new Books({ clock, familySettlement: true })
  seedNetSuite(books, options.customers ?? 250)
  const seed = books.snapshot()
  const state: NetSuiteState = {
    ...{ books, clock, names: new Names(books), profile, jobs: [], url: '' },
    autoApply: options.autoApply ?? false,
    methodAccounts: options.methodAccounts ?? {},
  }
  const credentials = makeCredentials(options.credentials)
  const authentication = new Authentication(credentials, accountId, clock)
  const service = new Service(state, authentication, options)
  const reset = () => {
    books.restore(seed)
    state.jobs.length = 0
    state.autoApply = options.autoApply ?? false
  }
  const server = await startSandboxServer({
    ...(options.host !== undefined && { host: options.host }),
    ...(options.port !== undefined && { port: options.port }),
    books,
    reset,
    secret: (request) => request.path === TOKEN,
    control: (name, request) =>
      name === 'documents'
        ? newDocumentAnswer(books, request, () => ({
            id: books.nextId('transaction'),
            details: { account: '119', subsidiary: '1' },
          }))
        : null,
    handle: (request, pause) => service.answer(request, pause),
    vendor: {
      effectOf,
      tooMany: () => errorAnswer(tooMany()),
      unexpected: () => errorAnswer(unexpected()),
      unknown: () => errorAnswer(new NetSuiteError(500, { code: 'NOBODY_KNOWS_THIS', detail: 'Nobody knows this.' })),
      endSession: (request) => authentication.revoke(request),
    },
  })
  state.url = server.url
  const close = async () => {
    await server.close()
    await service.close()
  }
  const { url, requests } = server
  return { url, accountId, profile: profile.name, credentials, books, requests, reset, close }
}

class Service {
  readonly #state: NetSuiteState
  readonly #authentication: Authentication
  readonly #mirror: SqlMirror
  readonly #limit: number
  readonly #latency: number
  #underWay = 0

  constructor(state: NetSuiteState, authentication: Authentication, options: NetSuiteSandboxOptions) {
    this.#state = state
    this.#authentication = authentication
    this.#mirror = new SqlMirror(state)
    this.#limit = options.concurrencyLimit ?? 5
    this.#latency = options.latencyMs ?? 0
  }

  async answer(request: SandboxRequest, pause: Pause): Promise<SandboxAnswer> {
    const headers = { 'x-netsuite-jobid': randomUUID(), 'x-n-operationid': randomUUID(), 'cache-control': 'No-Cache' }
    try {
      const answer = await this.#route(request, pause)
      return { ...answer, headers: { ...headers, ...answer.headers } }
    } catch (error) {
      const failure = error instanceof BookError ? fromBookError(error) : error
      if (!(failure instanceof NetSuiteError)) throw error
      const answer = errorAnswer(this.#state.profile.refusal(failure), this.#state.profile.errorType)
      return { ...answer, headers: { ...headers, ...answer.headers } }
    }
  }

  close(): Promise<void> {
    return this.#mirror.close()
  }

  async #route(request: SandboxRequest, pause: Pause): Promise<SandboxAnswer> {
    // A proxy in front may keep its own name in Host: a login for either name is good.
    const origins = [...new Set([this.#state.url, `http://${request.headers['host'] ?? ''}`])]
    if (request.path === TOKEN) return this.#authentication.token(request, origins)
    if (!request.path.startsWith(ROOT) && request.path !== RESTLET_PATH)
      throw invalidRequest('The URL is not supported.')
    this.#authentication.check(request, origins)
    if (request.method === 'OPTIONS') return { status: 204 }
    // Counted per account, over all integrations: record service and queries alike.
    if (this.#underWay >= this.#limit) throw tooMany()
    this.#underWay += 1
    try {
      if (this.#latency > 0) await new Promise((resolve) => setTimeout(resolve, this.#latency))
      await pause('before')
      return await this.#service(request)
    } finally {
      await pause('after')
      this.#underWay -= 1
    }
  }

  async #service(request: SandboxRequest): Promise<SandboxAnswer> {
    if (request.path === RESTLET_PATH) return restletAnswer(this.#state, request)
    if (request.path.startsWith(`${ROOT}record/v1/`)) return recordAnswer(this.#state, request)
    if (request.path === `${ROOT}query/v1/suiteql`) {
      if (!this.#state.profile.suiteQl) throw withoutPermission()
      return suiteQlAnswer(this.#state, this.#mirror, request)
    }
    if (request.path.startsWith(ASYNC)) return jobAnswer(this.#state, request.path.slice(ASYNC.length), request)
    throw invalidRequest('The URL is not supported.')
  }
}

/** SuiteQL is a POST that reads. */
function effectOf({ path, method }: SandboxRequest): Effect {
  if (path === TOKEN) return 'login'
  return path.startsWith(`${ROOT}record/`) && !['GET', 'HEAD', 'OPTIONS'].includes(method) ? 'write' : 'read'
}

/** Seen live; it says nothing about whether the record was written. */
function unexpected(): NetSuiteError {
  return new NetSuiteError(500, { code: 'UNEXPECTED_ERROR', detail: worded(CODED.UNEXPECTED_ERROR, { id: 'sandbox' }) })
}

/** Oracle's sample has the title of a 400 and no Retry-After; only the code can be relied on. */
function tooMany(): NetSuiteError {
  return new NetSuiteError(429, { code: 'CONCURRENCY_LIMIT_EXCEEDED', detail: CODED.CONCURRENCY_LIMIT_EXCEEDED })
}
