/** Everything that can go wrong, in one table: status, whether a retry can help, whether a write may have happened. */

export type Applied = 'no' | 'yes' | 'unknown'

interface FailureRow {
  readonly status: number
  /** Whether the same call may succeed later without being changed. */
  readonly retryable: boolean
  /** Whether a write may have happened when this failure is met and nothing better is known. */
  readonly applied: Applied
  readonly title: string
  /** For the documentation: when a caller sees this and what to do. */
  readonly description: string
}

const row = (status: number, title: string, description: string): FailureRow => ({
  status,
  retryable: false,
  applied: 'no',
  title,
  description,
})
const retry = (status: number, title: string, description: string, applied: Applied = 'no'): FailureRow => ({
  ...row(status, title, description),
  retryable: true,
  applied,
})

export const FAILURES = {
  invalid_request: row(
    400,
    'The request is not valid',
    'The JSON, a parameter or a header does not fit the OpenAPI document; `errors` points at each place.',
  ),
  invalid_cursor: row(
    400,
    'The cursor does not fit this list',
    'The cursor is broken or was made with other filters. Start again without it.',
  ),
  malformed_id: row(400, 'The id is malformed', 'The id is not of the form `cus_<connection>_<id>`.'),
  wrong_id_kind: row(400, 'The id names another kind of record', 'For example a `pay_` id where a `cus_` id belongs.'),
  idempotency_key_missing: row(
    400,
    'An Idempotency-Key is required',
    'Send the header `Idempotency-Key`: the same key repeats the answer, never the payment.',
  ),
  unauthenticated: row(401, 'No valid key', 'Send `Authorization: Bearer <key>`.'),
  forbidden: row(403, 'Not allowed for this key', 'The key lacks the scope or the connection.'),
  not_found: row(404, 'No such record', 'The record or the route does not exist.'),
  unknown_connection: row(
    404,
    'No such connection',
    'The id or the parameter names a connection that is not configured.',
  ),
  method_not_allowed: row(405, 'The method is not allowed here', 'The header `Allow` lists what is.'),
  not_acceptable: row(406, 'Only JSON can be answered', 'The header `Accept` leaves out JSON.'),
  conflict: row(
    409,
    'The record conflicts with another',
    'A number or external id is taken, or the record is used by transactions.',
  ),
  not_changeable: row(
    409,
    'The ERP does not let this be changed',
    'The record is posted, deposited, reconciled or its field is fixed.',
  ),
  confirmation_required: row(
    409,
    'The change needs a confirmation',
    'What is asked for means more than it seems; the detail says what, and how to confirm.',
  ),
  period_closed: row(409, 'The accounting period is closed', 'Use a date in an open period.'),
  // The first call may have reached the ERP already: "no" would not be true.
  operation_in_progress: retry(
    409,
    'The first call with this key is still open',
    'Ask again after `Retry-After`.',
    'unknown',
  ),
  precondition_failed: row(412, 'The record has changed', '`If-Match` names another version. Read the record again.'),
  payload_too_large: row(413, 'The body is too large', 'Bodies are limited (1 MiB unless configured).'),
  unsupported_media_type: row(
    415,
    'The body is not JSON',
    'Send `application/json`, or `application/merge-patch+json` to PATCH.',
  ),
  field_not_supported: row(
    422,
    'A field is not supported by this connection',
    'The ERP has no place for the field; GET /v1/connections/{connection} says why.',
  ),
  filter_not_supported: row(
    422,
    'A filter is not supported by this connection',
    'The ERP cannot search or sort by this.',
  ),
  field_required: row(
    422,
    'This connection needs another field',
    'The ERP requires a field that was not given and has no default.',
  ),
  invalid_reference: row(
    422,
    'A reference does not lead to one record',
    'The id or name is unknown, ambiguous, or both disagree.',
  ),
  allocation_exceeds_open_amount: row(
    422,
    'More is applied than is open',
    'An application or credit is larger than the open amount of its invoice or credit.',
  ),
  allocation_exceeds_amount: row(
    422,
    'The applications do not fit the amount',
    'Applications must be at least the credits and at most the amount plus the credits.',
  ),
  currency_mismatch: row(422, 'The currencies differ', 'Payment, invoices and credits need one currency.'),
  idempotency_key_reused: row(
    422,
    'The key was used with other content',
    'Send the original content to get its answer, which `firstUse` names. A new key is for another write only: the same payment under a new key is recorded twice.',
  ),
  rejected: row(
    422,
    'The ERP refused the values',
    'The ERP said no for a reason of its own; `upstream` has its words.',
  ),
  rate_limited: retry(429, 'Too many requests', 'The ERP or the gateway limits requests. Wait for `Retry-After`.'),
  internal_error: {
    ...row(500, 'The gateway failed', 'A defect of the gateway. Report the request id.'),
    applied: 'unknown',
  },
  not_supported: row(
    501,
    'The connection cannot do this',
    'The ERP has no such operation; GET /v1/connections/{connection} says why.',
  ),
  provider_failed: retry(
    502,
    'The ERP failed while answering',
    'A server error or a broken connection after the request was sent.',
    'unknown',
  ),
  provider_garbled: {
    ...row(502, 'The ERP answered something unreadable', 'HTML, half a document, or a value that cannot be.'),
    applied: 'unknown',
  },
  provider_refused: row(
    502,
    "The ERP refused the gateway's login",
    'The credentials of the connection are wrong or expired.',
  ),
  provider_permission: row(
    502,
    "The gateway's role may not do this",
    "The role of the gateway's user in the ERP lacks a permission.",
  ),
  provider_unavailable: retry(503, 'The ERP cannot be reached', 'No connection could be made; nothing was sent.'),
  overloaded: retry(
    503,
    'The gateway has too much to do',
    'Too many calls wait for this connection, or the gateway is shutting down. Wait for `Retry-After`.',
  ),
  provider_busy: retry(
    503,
    'The ERP cannot do this now',
    'Another user or process is changing the record, or the ERP asks to try again later. Nothing was done; the gateway has repeated it for a while. Send the same call again.',
  ),
  provider_timeout: retry(504, 'The ERP did not answer in time', 'The deadline passed.', 'unknown'),
} as const satisfies Record<string, FailureRow>

export type FailureCode = keyof typeof FAILURES
export const FAILURE_CODES = Object.keys(FAILURES) as [FailureCode, ...FailureCode[]]

/** One wrong place in what the caller sent; `pointer` is a JSON Pointer into the body, or `?name` / `header name`. */
export interface FieldError {
  pointer: string
  code: string
  detail: string
}

/** The ERP's own words. */
export interface Upstream {
  provider: string
  status: number | null
  code: string | null
  message: string | null
  supportId: string | null
  /** The stable id of the error, where the ERP has such ids beside its codes. */
  errorId?: string | null
}

/** What an answer proves of the login: it was refused, or it worked once and has ended. */
export type LoginFailure = 'refused' | 'ended'

/** The write that an Idempotency-Key belongs to; gateway ids. */
export interface FirstUse {
  readonly operation: string
  readonly resource: { readonly id: string } | null
}

export interface GatewayErrorOptions {
  readonly applied?: Applied
  readonly errors?: readonly FieldError[]
  readonly upstream?: Upstream
  readonly vendorPaths?: readonly string[]
  readonly retryAfterSeconds?: number
  /** These two as in `Failure` of the wire. */
  readonly ended?: boolean
  readonly login?: LoginFailure
  readonly connection?: string
  readonly operation?: string
  /** The record that exists although the call failed: native id until the gateway publishes it. */
  readonly resourceId?: string
  /** What the key of the call was used for before. */
  readonly firstUse?: FirstUse
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** The one error class. `code` decides what callers do; `detail` is for people. */
export class GatewayError extends Error {
  readonly code: FailureCode
  readonly options: GatewayErrorOptions

  constructor(code: FailureCode, detail: string, options: GatewayErrorOptions = {}) {
    super(detail, { cause: options.cause })
    this.name = 'GatewayError'
    this.code = code
    this.options = options
  }

  get status(): number {
    return FAILURES[this.code].status
  }

  get applied(): Applied {
    return this.options.applied ?? FAILURES[this.code].applied
  }

  /** The same error with more said about it. */
  with(more: GatewayErrorOptions): GatewayError {
    return new GatewayError(this.code, this.message, { ...this.options, ...more })
  }
}

/** One wrong field of the caller's body, as an error of its own. */
export function fieldError(code: FailureCode, pointer: string, detail: string, fieldCode: string = code): GatewayError {
  return new GatewayError(code, detail, { errors: [{ pointer, code: fieldCode, detail }] })
}
