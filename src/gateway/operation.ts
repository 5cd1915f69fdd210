/** What callers see of an intent: the Operation, the 202 that names it, and the answer as it was given. */
import type { Operation } from '../../schemas/operation.ts'
import type { Problem } from '../../schemas/problem.ts'
import { fieldError, GatewayError } from '../errors.ts'
import type { Intent, StoredAnswer } from '../store/store.ts'
import type { WriteAnswer } from './call.ts'
import { operationId } from './ids.ts'

export const RETRY_AFTER_SECONDS = 5
/** Answers that are kept as the operation's result. */
const RECORDS = new Set(['customer', 'payment', 'credit'])
const PROBLEM_JSON = 'application/problem+json; charset=utf-8'

export const isRunning = (intent: Intent): boolean => statusOf(intent) === 'running'

const statusOf = ({ state }: Pick<Intent, 'state'>): Operation['status'] =>
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
    problem: problemOf(intent),
    tries: intent.tries,
    createdAt: new Date(intent.createdAt).toISOString(),
    updatedAt: new Date(intent.updatedAt).toISOString(),
  }
}

/** A write that worked has no problem, even when reading it back had one. */
function problemOf({ state, problem, journal }: Intent): Problem | null {
  if (problem === null || state === 'succeeded') return null
  const told = JSON.parse(problem) as Problem
  if (state !== 'unknown') return told
  const help = journal === null ? NOT_LOOKED_FOR : LOOKED_FOR
  return { ...told, retryable: false, detail: `${told.detail} ${help}` }
}
const LOOKED_FOR = 'The gateway goes on looking for it; send it again under the same key only.'
const NOT_LOOKED_FOR = 'The gateway cannot look for it: look in the ERP before it is sent under another key.'

/** The same key with other content: the caller reads what it stands for, and what is not to be done. */
export function keyReused({ id, resourceId, state }: Intent): GatewayError {
  const operation = operationId(id)
  const record = resourceId === null ? '' : `, ${resourceId}`
  const detail = `This Idempotency-Key was used with other content before: ${operation} (${statusOf({ state })}${record}). Send the original content to get its answer; use a new key only for another write.`
  const error = fieldError('idempotency_key_reused', 'header:Idempotency-Key', detail)
  return error.with({ firstUse: { operation, resource: resourceId === null ? null : { id: resourceId } } })
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
