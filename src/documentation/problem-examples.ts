/** Problem documents as examples: built by the code that builds the real ones. */
import { type FailureCode, FAILURES, GatewayError } from '../errors.ts'
import { toProblem } from '../request/problems.ts'
import type { OperationExamples, ProblemWords } from './examples/example.ts'
import { PROBLEM_WORDS } from './examples/problems.ts'

type Problems = Record<string, { summary: string; value: unknown }>

/** By status, one example for every code that the operation can answer. */
export function problemExamples(operation: string, instance: string, codes: readonly FailureCode[], own: OperationExamples['problems'] = {}): ReadonlyMap<number, Problems> {
  const byStatus = new Map<number, Problems>()
  for (const code of codes) {
    const { status, title } = FAILURES[code]
    const problem = problemOf(code, own[code] ?? PROBLEM_WORDS[code], operation, instance, codes)
    byStatus.set(status, { ...byStatus.get(status), [code]: { summary: title, value: problem } })
  }
  return byStatus
}

function problemOf(code: FailureCode, words: ProblemWords, operation: string, instance: string, codes: readonly FailureCode[]) {
  const { detail, pointer, fieldCode = code, upstream } = words
  const asksAnErp = codes.includes('provider_timeout')
  const writes = codes.includes('idempotency_key_reused')
  const connection = asksAnErp && words.connection === undefined ? connectionOf(instance) : (words.connection ?? null)
  const error = new GatewayError(code, detail, {
    ...(pointer !== undefined && { errors: [{ pointer, code: fieldCode, detail }] }),
    ...(upstream && connection !== null && { upstream: { provider: connection, supportId: null, ...upstream } }),
    // A read cannot have changed anything, whatever went wrong.
    ...(!writes && { applied: 'no' as const }),
  })
  return toProblem(error, { requestId: 'req_8Zt0Qm4yH2nVxK1a', instance, operation, connection })
}

/** The connection of the sandbox that a path's example id names, else the first one. */
const connectionOf = (instance: string): string => /_([a-z0-9-]+)_/.exec(instance)?.[1] ?? 'netsuite'
