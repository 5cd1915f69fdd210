/** Errors of every kind become problem documents (RFC 9457), in one place. */
import type { FastifyError } from 'fastify'
import type { Problem } from '../../schemas/problem.ts'
import { FAILURES, type FieldError, GatewayError } from '../errors.ts'
import { isSent, isWithin, pointerFor, sentPart } from '../mapping/pointers.ts'
import type { DefaultPlace } from '../providers/provider.ts'

export interface ProblemContext {
  readonly requestId: string
  /** Path of the request, without its query. */
  readonly instance: string
  readonly operation: string | null
  /** A call that only reads applies nothing, however it fails. */
  readonly reads?: boolean
  readonly connection?: string | null
  /** Of the record that the request is about, for turning vendor paths into pointers. */
  readonly mapping?: object
  /** The caller's body and path parameters, where they are known. */
  readonly sent?: object
  /** What the connection's settings put where the caller said nothing. */
  readonly defaults?: readonly DefaultPlace[]
}

/** The documentation page of a code, as a reference relative to the API's root. */
export const problemType = (code: string): string => `/problems/${code.replaceAll('_', '-')}`

export function toProblem(error: GatewayError, context: ProblemContext): Problem {
  const row = FAILURES[error.code]
  const { options } = error
  const applied = context.reads ? 'no' : error.applied
  return {
    type: problemType(error.code),
    title: row.title,
    status: row.status,
    code: error.code,
    detail: detailOf(error, context),
    instance: context.instance,
    requestId: context.requestId,
    connection: options.connection ?? context.connection ?? null,
    operation: options.operation ?? context.operation,
    applied,
    // Whoever reads "again" sends it again, and not always under the same key.
    retryable: row.retryable && !(applied === 'unknown' && isOfErp(error)),
    ...(options.resourceId !== undefined && { resource: { id: options.resourceId } }),
    ...(options.firstUse && { firstUse: { ...options.firstUse } }),
    errors: fieldErrors(error, context),
    upstream: options.upstream ?? null,
  }
}

/** Nobody is blamed for a field that they did not send, but for one that is missing. */
function fieldErrors(error: GatewayError, { mapping, sent }: ProblemContext): FieldError[] {
  const found = error.options.errors ?? vendorErrors(error, mapping)
  if (!sent || error.status === 400 || error.code === 'field_required') return [...found]
  return found.flatMap((one) => {
    const pointer = sentPart(one.pointer, sent)
    return pointer === null ? [] : [{ ...one, pointer }]
  })
}

/** A value that came from the settings is theirs to mend: they are named. */
function detailOf(error: GatewayError, { sent, defaults = [], operation }: ProblemContext): string {
  const { vendorPaths = [], errors = [], upstream } = error.options
  const places = defaults
    .filter((place) => sent && operation !== null && (place.operations as readonly string[]).includes(operation))
    .filter(
      ({ path, unless: [own] }) =>
        vendorPaths.some((refused) => isWithin(path, refused)) || errors.some(({ pointer }) => pointer === own),
    )
    .filter(({ unless }) => !unless.some((pointer) => isSent(pointer, sent)))
  const words = `${error.message} ${upstream?.message ?? ''}`
  const said = places.filter(({ value }) => value !== undefined && words.includes(value))
  const meant = said.length > 0 ? said : places.filter(({ quoted }) => !quoted)
  const settings = new Set(meant.map(({ setting }) => setting))
  if (settings.size === 0) return error.message
  return `${error.message} The value is from the settings of the connection: ${[...settings].join(', ')}.`
}

/** Not the gateway's own pauses, after which the same key is the way to learn more. */
const isOfErp = ({ code }: GatewayError): boolean => code.startsWith('provider_')

/** The vendor named its fields: say which of the caller's they are. */
function vendorErrors(error: GatewayError, mapping: object | undefined): FieldError[] {
  if (!mapping) return []
  const pointers = new Set((error.options.vendorPaths ?? []).flatMap((path) => pointerFor(mapping, path) ?? []))
  return [...pointers].map((pointer) => ({ pointer, code: error.code, detail: error.message }))
}

/** Whatever was thrown, as a `GatewayError`; anything unknown is a defect of ours. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  const fastify = error as FastifyError
  if (fastify?.validation) return validationError(fastify)
  switch (fastify?.code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new GatewayError('unsupported_media_type', 'Send application/json.')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new GatewayError('payload_too_large', 'The body is larger than this gateway takes.')
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new GatewayError('invalid_request', 'The body is empty; JSON is expected.', {
        errors: [{ pointer: '/', code: 'empty', detail: 'JSON is expected' }],
      })
    default:
  }
  if (typeof fastify?.statusCode === 'number' && fastify.statusCode >= 400 && fastify.statusCode < 500) {
    return new GatewayError('invalid_request', 'The request cannot be read.', {
      errors: [{ pointer: '/', code: 'unreadable', detail: 'It is not valid JSON or not a valid request.' }],
      cause: error,
    })
  }
  return new GatewayError('internal_error', 'The gateway failed. Please report the request id.', { cause: error })
}

interface Invalid {
  instancePath: string
  schemaPath: string
  keyword: string
  message?: string
  params: { missingProperty?: string; additionalProperty?: string; allowedValues?: unknown[] }
}

function validationError(error: FastifyError): GatewayError {
  const part = error.validationContext ?? 'body'
  // `anyOf` and `oneOf` only say that their branches failed; the branches say why.
  const all = (error.validation ?? []) as unknown as Invalid[]
  const leaves = all.filter((invalid) => !['anyOf', 'oneOf', 'if'].includes(invalid.keyword))
  const errors = dedupe((leaves.length > 0 ? leaves : all).map((invalid) => toFieldError(invalid, part)))
  return new GatewayError('invalid_request', errors.map((field) => `${field.pointer} ${field.detail}`).join('; '), {
    errors,
  })
}

/** What a component's pattern means, for people. */
const FORMS: Readonly<Record<string, string>> = {
  Money: 'must be a decimal amount as text, such as "1500.00"',
  PositiveMoney: 'must be a decimal amount above zero as text, such as "1500.00"',
  CurrencyCode: 'must be an ISO 4217 code in capitals, such as "USD"',
}
const formOf = ({ keyword, schemaPath }: Invalid): string | undefined =>
  keyword === 'pattern' ? FORMS[schemaPath.split('#', 1)[0] ?? ''] : undefined

function toFieldError(invalid: Invalid, part: string): FieldError {
  const name = invalid.params.additionalProperty ?? invalid.params.missingProperty
  const path =
    name === undefined
      ? invalid.instancePath
      : `${invalid.instancePath}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`
  const pointer =
    part === 'body'
      ? path || '/'
      : `${part === 'querystring' ? '?' : part === 'headers' ? 'header:' : ''}${path.slice(1)}`
  if (invalid.params.additionalProperty !== undefined) return { pointer, code: 'unknown', detail: 'is not known' }
  if (invalid.params.missingProperty !== undefined) return { pointer, code: 'required', detail: 'is required' }
  const words = invalid.params.allowedValues
  return {
    pointer,
    code: invalid.keyword,
    detail: words
      ? `must be one of ${words.filter((word) => word !== null).join(', ')}`
      : (formOf(invalid) ?? invalid.message ?? 'is not valid'),
  }
}

/** A nullable value fails in both branches; "must be null" beside a better reason only confuses. */
function dedupe(errors: readonly FieldError[]): FieldError[] {
  const better = errors.filter(
    (error) =>
      !(error.detail === 'must be null' && errors.some((other) => other !== error && other.pointer === error.pointer)),
  )
  return better.filter(
    (error, place) =>
      better.findIndex((other) => other.pointer === error.pointer && other.detail === error.detail) === place,
  )
}
