/** The problems that an operation can answer, with examples built by the code that builds the real ones. */
import { FAILURE_CODES, FAILURES, type FailureCode, GatewayError } from '../errors.ts'
import { parseId, type RecordKind } from '../gateway/ids.ts'
import { toProblem } from '../request/problems.ts'
import { answerHeaders, headerReferences } from './components.ts'
import type { OperationExamples, ProblemWords } from './examples/example.ts'
import { PROBLEM_WORDS } from './examples/problems.ts'

export interface AnswerObject {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, { schema?: object; examples?: unknown }>
}
type Reference = { $ref: string }

/** Where the problems are met. */
interface Place {
  readonly operation: string
  /** The path as a caller would send it. */
  readonly instance: string
  /** Every code that can be met there. */
  readonly codes: readonly FailureCode[]
}

/** Statuses whose problems say the same at every operation: one named response each, instead of a copy everywhere. */
const SHARED: Readonly<Record<number, string>> = {
  401: 'Unauthenticated',
  403: 'Forbidden',
  406: 'NotAcceptable',
  412: 'PreconditionFailed',
  413: 'PayloadTooLarge',
  415: 'UnsupportedMediaType',
  429: 'RateLimited',
  500: 'InternalError',
  502: 'ProviderFailed',
  503: 'Unavailable',
  504: 'ProviderTimeout',
}
const SHARED_PLACE: Place = {
  operation: 'updateCustomer',
  instance: '/v1/customers/cus_netsuite_456',
  codes: FAILURE_CODES,
}
const codesOf = (status: number, codes: readonly FailureCode[] = FAILURE_CODES) =>
  codes.filter((code) => FAILURES[code].status === status)

export const sharedProblems = (): Record<string, AnswerObject> =>
  Object.fromEntries(
    Object.entries(SHARED).map(([status, name]) => [
      name,
      problemAnswer(Number(status), codesOf(Number(status)), SHARED_PLACE),
    ]),
  )

/** By status. An operation that cannot give all codes of a status, or says them in its own words, has its own answer. */
export function problemAnswers(
  place: Place,
  own: OperationExamples['problems'] = {},
): Record<string, AnswerObject | Reference> {
  const statuses = [...new Set(place.codes.map((code) => FAILURES[code].status))]
  return Object.fromEntries(
    statuses.map((status) => {
      const codes = codesOf(status, place.codes)
      const shared =
        SHARED[status] !== undefined && codes.length === codesOf(status).length && !codes.some((code) => own[code])
      return [
        status,
        shared ? { $ref: `#/components/responses/${SHARED[status]}` } : problemAnswer(status, codes, place, own),
      ]
    }),
  )
}

function problemAnswer(
  status: number,
  codes: readonly FailureCode[],
  place: Place,
  own: OperationExamples['problems'] = {},
): AnswerObject {
  const examples = codes.map((code) => [
    code,
    { summary: FAILURES[code].title, value: problemOf(code, own[code] ?? PROBLEM_WORDS[code], place) },
  ])
  return {
    description: codes
      .map((code) => `\`${code}\`: ${FAILURES[code].title}. ${FAILURES[code].description}`)
      .join('\n\n'),
    headers: headerReferences(answerHeaders(status, new Set(place.codes))),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(examples),
      },
    },
  }
}

function problemOf(code: FailureCode, usual: ProblemWords, place: Place) {
  const words = code === 'malformed_id' || code === 'wrong_id_kind' ? idWords(code, place) : usual
  const { operation, instance, codes } = place
  const { detail, pointer, fieldCode = code, upstream } = words
  const asksAnErp = codes.includes('provider_timeout')
  const writes = codes.includes('idempotency_key_reused')
  const connection = words.connection === undefined ? (asksAnErp ? connectionOf(instance) : null) : words.connection
  const error = new GatewayError(code, detail, {
    ...(pointer !== undefined && { errors: [{ pointer, code: fieldCode, detail }] }),
    ...(upstream && connection !== null && { upstream: { provider: connection, supportId: null, ...upstream } }),
    // A read cannot have changed anything, whatever went wrong.
    ...(!writes && { applied: 'no' as const }),
  })
  return toProblem(error, { requestId: 'req_8Zt0Qm4yH2nVxK1a', instance, operation, connection })
}

/** What is said of a wrong id, by the code that says it: the place of the id and its kind are the operation's own. */
function idWords(code: 'malformed_id' | 'wrong_id_kind', { operation, instance }: Place): ProblemWords {
  const named = /^\/v1\/(customer|payment|invoice|credit)s\/./.exec(instance)?.[1] as RecordKind | undefined
  const kind = named ?? 'customer'
  const pointer = named
    ? '/id'
    : operation === 'createPayment'
      ? '/customer/id'
      : operation === 'listCustomers'
        ? '?parentId'
        : '?customerId'
  const other = kind === 'payment' ? 'cus_netsuite_456' : 'pay_netsuite_10001'
  try {
    parseId(code === 'malformed_id' ? 'ACME-001' : other, kind, pointer)
  } catch (error) {
    if (error instanceof GatewayError && error.code === code)
      return { detail: error.message, pointer, connection: null }
  }
  throw new Error(`The example of ${code} is not what it shows.`)
}

/** The connection that a path's example id names, else the first one of the sandbox. */
const connectionOf = (instance: string): string => /_([a-z0-9-]+)_/.exec(instance)?.[1] ?? 'netsuite'
