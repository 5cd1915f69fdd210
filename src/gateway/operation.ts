/** What callers see of an intent: the Operation, the 202 that names it, and the answer as it was given. */
import type { Operation } from '../../schemas/operation.ts'
import type { Problem } from '../../schemas/problem.ts'
import { GatewayError } from '../errors.ts'
import type { Intent, StoredAnswer } from '../store/store.ts'
import type { WriteAnswer } from './call.ts'
import { operationId } from './ids.ts'

export const RETRY_AFTER_SECONDS = 5
/** Answers that are kept as the operation's result. */
const RECORDS = new Set(['customer', 'payment', 'credit'])
const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

export const isRunning = (intent: Intent): boolean => statusOf(intent) === 'running'

const statusOf = ({ state }: Intent): Operation['status'] =>
  state === 'accepted' || state === 'sending' ? 'running' : state

export function toOperation(intent: Intent): Operation {
  const body = intent.answer?.body ? JSON.parse(intent.answer.body) : null
  return {
    object: 'operation',
    id: operationId(intent.id),
    status: statusOf(intent),
    operation: intent.operation,
    connection: intent.connection,
    idempotencyKey: intent.key,
    resource: intent.resourceId === null ? null : { id: intent.resourceId },
    result: RECORDS.has(body?.object) ? body : null,
    // A write that worked has no problem, even when reading it back had one.
    problem: intent.problem === null || intent.state === 'succeeded' ? null : JSON.parse(intent.problem),
    tries: intent.tries,
    createdAt: new Date(intent.createdAt).toISOString(),
    updatedAt: new Date(intent.updatedAt).toISOString(),
  }
}

/** "It goes on, ask there": for a write whose end is not known yet, or not known at all. */
export const promise202 = (intent: Intent): WriteAnswer => ({
  status: 202,
  headers: { location: `/v1/operations/${operationId(intent.id)}`, 'retry-after': String(RETRY_AFTER_SECONDS) },
  body: toOperation(intent),
  resourceId: intent.resourceId,
})

/** A problem document as an answer that can be repeated. */
export const problemAnswer = (problem: string, error?: unknown): StoredAnswer => ({
  status: (JSON.parse(problem) as Problem).status,
  headers: { 'content-type': PROBLEM_JSON, ...(error instanceof GatewayError ? error.options.headers : {}) },
  body: problem,
})

export const toStored = ({ status, headers = {}, body }: WriteAnswer): StoredAnswer => ({
  status,
  headers,
  body: body === undefined ? null : JSON.stringify(body),
})

export const fromStored = ({ status, headers, body }: StoredAnswer, resourceId: string | null): WriteAnswer => ({
  status,
  headers,
  body: body === null ? undefined : JSON.parse(body),
  resourceId,
})
