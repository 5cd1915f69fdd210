/**
 * Batch reads: a job for up to a hundred records, asked for by ids, with a task and a result for each of them.
 * Oracle help article_0127092747 and subsect_161278579295; the release's browser says that `expandRecords` makes a list's
 * GET a batch read. That each record has a task of its own is how public connectors collect the results; what the list of
 * tasks looks like, and that sublists come unexpanded, is uncertain.
 */
import type { SandboxAnswer, SandboxRequest } from '../server.ts'
import { invalidParameter, invalidRequest, NetSuiteError, notFound } from './errors.ts'
import { json } from './paging.ts'
import { selfLink } from './record-view.ts'
import type { NetSuiteState } from './state.ts'

export interface Job {
  readonly id: string
  /** What each task found, in the order of the ids. */
  readonly results: readonly SandboxAnswer[]
  /** The first look at a job finds it waiting, as any look but a late one does. */
  looks: number
  readonly idempotencyKey: string | undefined
}

const MOST_RECORDS = 100

export function isBatchRead(request: SandboxRequest): boolean {
  return request.method === 'GET' && request.query.get('expandRecords') === 'true'
}

/** `read` answers for one id of the list. */
export function batchRead(
  state: NetSuiteState,
  request: SandboxRequest,
  read: (key: string) => SandboxAnswer,
): SandboxAnswer {
  if (!/(^|[\s,;])respond-async([\s,;]|$)/.test(request.headers['prefer'] ?? '')) {
    const detail = 'Batch operations need the header Prefer: respond-async.'
    throw new NetSuiteError(400, { code: 'INVALID_HEADER', detail, header: 'Prefer' })
  }
  const keys = (request.query.get('ids') ?? '').split(',').filter((key) => key !== '')
  if (keys.length === 0 || keys.length > MOST_RECORDS)
    throw invalidParameter(`From 1 to ${MOST_RECORDS} ids are expected.`, 'ids')
  const idempotencyKey = request.headers['x-netsuite-idempotency-key']
  const first = state.jobs.find((job) => idempotencyKey !== undefined && job.idempotencyKey === idempotencyKey)
  if (first) {
    const detail = 'The idempotency key was used before.'
    const error = { code: 'IDEMPOTENCY_ERROR', title: 'Conflict', detail }
    throw new NetSuiteError(400, error, { location: jobUrl(state, first) })
  }
  const job: Job = { id: String(state.jobs.length + 1), results: keys.map(read), looks: 0, idempotencyKey }
  state.jobs.push(job)
  return { status: 202, headers: { 'preference-applied': 'respond-async', location: jobUrl(state, job) } }
}

function jobUrl(state: NetSuiteState, job: Job): string {
  return `${state.url}/services/rest/async/v1/job/${job.id}`
}

/** `path`: what follows `/services/rest/async/v1/`. */
export function jobAnswer(state: NetSuiteState, path: string, request: SandboxRequest): SandboxAnswer {
  const [, id, tasks, taskId, result] = /^job\/(\d+)(?:\/(task)(?:\/(\d+)(?:\/(result))?)?)?$/.exec(path) ?? []
  if (id === undefined || request.method !== 'GET') throw invalidRequest('The URL is not supported.')
  const job = state.jobs.find((candidate) => candidate.id === id)
  if (!job) throw notFound()
  const href = jobUrl(state, job)
  if (tasks === undefined) {
    job.looks += 1
    const task = { links: [selfLink(`${href}/task`)] }
    return json('singular', { links: [selfLink(href)], ...progressOf(job), id, task })
  }
  if (taskId === undefined) {
    const items = job.results.map((_, at) => ({ links: [selfLink(`${href}/task/${at + 1}`)], id: String(at + 1) }))
    const page = { count: items.length, hasMore: false, items, offset: 0, totalResults: items.length }
    return json('collection', { links: [selfLink(`${href}/task`)], ...page })
  }
  const found = job.results[Number(taskId) - 1]
  if (!found) throw notFound()
  const own = `${href}/task/${taskId}`
  if (result === undefined) {
    const links = { result: { links: [selfLink(`${own}/result`)] } }
    return json('singular', { links: [selfLink(own)], ...progressOf(job, found), id: taskId, ...links })
  }
  if (job.looks < 2) throw notFound()
  return found
}

function progressOf(job: Job, answer?: SandboxAnswer): { completed: boolean; progress: string } {
  if (job.looks < 2) return { completed: false, progress: 'pending' }
  const failed = answer !== undefined && answer.status >= 400
  return { completed: true, progress: failed ? 'failed' : 'succeeded' }
}
