/** The parts of the document that operations share: response headers and request headers, and when they appear. */
import type { FailureCode } from '../errors.ts'

const text = { type: 'string' } as const

/** Wire name in lower case to the spelling that people know and the name of the component. */
const HEADERS: Readonly<Record<string, readonly [string, keyof typeof headers]>> = {
  'x-request-id': ['X-Request-Id', 'RequestId'],
  'server-timing': ['Server-Timing', 'ServerTiming'],
  location: ['Location', 'Location'],
  link: ['Link', 'Link'],
  etag: ['ETag', 'ETag'],
  'retry-after': ['Retry-After', 'RetryAfter'],
  'idempotent-replayed': ['Idempotent-Replayed', 'IdempotentReplayed'],
  'preference-applied': ['Preference-Applied', 'PreferenceApplied'],
  'www-authenticate': ['WWW-Authenticate', 'WwwAuthenticate'],
}

export const headerReferences = (wireNames: readonly string[]) =>
  Object.fromEntries(
    wireNames.map((wireName) => {
      const known = HEADERS[wireName]
      if (!known) throw new Error(`The header ${wireName} has no component.`)
      return [known[0], { $ref: `#/components/headers/${known[1]}` }]
    }),
  )

export const headers = {
  RequestId: {
    description: "The id of this request: the caller's own `X-Request-Id` where it was plain, else a new one.",
    schema: text,
    example: 'req_8Zt0Qm4yH2nVxK1a',
  },
  ServerTiming: {
    description: 'Milliseconds spent in the gateway and waiting for the ERP, and how many calls the ERP got.',
    schema: text,
    example: 'gateway;dur=1.9, upstream;dur=84.2;desc="2 calls"',
  },
  PreferenceApplied: {
    description: '`respond-async` where `Prefer` asked for it.',
    schema: text,
    example: 'respond-async',
  },
  Location: {
    description: 'Where the record, or the operation of a 202, is read.',
    schema: text,
    example: '/v1/payments/pay_netsuite_10001',
  },
  Link: {
    description: 'The next page with `rel="next"`; not there on the last one.',
    schema: text,
    example: '</v1/customers?limit=50&cursor=eyJ2IjoxfQ>; rel="next"',
  },
  ETag: {
    description: 'The version of the record, for `If-Match`. Not there when only some `fields` were asked for.',
    schema: text,
    example: '"k3vQ0m8sB1"',
  },
  RetryAfter: {
    description: 'Seconds to wait before asking again.',
    schema: { type: 'integer', minimum: 0 },
    example: 5,
  },
  IdempotentReplayed: {
    description: '`true` when this answer was given before and nothing was written now.',
    schema: { type: 'string', const: 'true' },
    example: 'true',
  },
  WwwAuthenticate: { description: 'How to authenticate.', schema: text, example: 'Bearer realm="receivables-gateway"' },
} as const

const key = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    '8 to 255 visible ASCII characters, bare or in quotes. The same key with the same content repeats the answer and never the write; with other content it is refused (`idempotency_key_reused`). Kept for 30 days at least.',
  schema: { type: 'string', minLength: 8 },
  example: '5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11',
} as const

export const parameters = {
  IdempotencyKeyRequired: { ...key, required: true },
  IdempotencyKey: { ...key, required: false },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description:
      'The `ETag` of the version that is to be changed; another version answers 412. It is checked just before writing: the ERPs have no atomic way.',
    schema: text,
    example: '"k3vQ0m8sB1"',
  },
  Prefer: {
    name: 'Prefer',
    in: 'header',
    required: false,
    description:
      '`wait=N` shortens how many seconds the call waits for the ERP. `handling=lenient` turns fields that the ERP lacks into `warnings`, unless they change amounts or accounts. `respond-async` answers 202 as soon as a write with a key begins to leave.',
    schema: text,
    example: 'wait=10, handling=lenient',
  },
  RequestId: {
    name: 'X-Request-Id',
    in: 'header',
    required: false,
    description:
      'An id of your own for this request, up to 128 of `A-Z a-z 0-9 . _ : -`; it comes back in the answer and stands in the log.',
    schema: text,
    example: 'billing-run-2026-03-31.17',
  },
} as const

/** A request header is documented where what it can lead to is. */
export function requestHeaders(codes: ReadonlySet<FailureCode>): (keyof typeof parameters)[] {
  return [
    ...(codes.has('idempotency_key_missing')
      ? (['IdempotencyKeyRequired'] as const)
      : codes.has('idempotency_key_reused')
        ? (['IdempotencyKey'] as const)
        : []),
    ...(codes.has('precondition_failed') ? (['IfMatch'] as const) : []),
    ...(codes.has('provider_timeout') ? (['Prefer'] as const) : []),
    'RequestId',
  ]
}

/** The headers of an answer beside those that its route names, by wire name. */
export function answerHeaders(status: number, codes: ReadonlySet<FailureCode>): string[] {
  const replayed =
    codes.has('idempotency_key_reused') && status !== 202 && (status < 300 || [404, 409, 422].includes(status))
  const wait =
    status === 202 || status === 429 || status === 503 || (status === 409 && codes.has('operation_in_progress'))
  return [
    'x-request-id',
    'server-timing',
    ...(status === 401 ? ['www-authenticate'] : []),
    ...(wait ? ['retry-after'] : []),
    ...(replayed ? ['idempotent-replayed'] : []),
  ]
}

export const securitySchemes = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: "The caller's API key: `Authorization: Bearer <key>`. In sandbox mode it is `sandbox`.",
  },
} as const

export const INFO = {
  title: 'Receivables gateway',
  version: '1.0.0',
  summary: 'One API for customers and customer payments over Oracle NetSuite and Sage Intacct.',
  description: [
    'Every call reads or writes the ERP itself; nothing is cached.',
    '',
    '- **Ids** route by themselves: `cus_<connection>_<native id>`, `pay_…`, `inv_…`, `crd_…`.',
    '- **Money** is a decimal string in the currency of its record. Dates are `YYYY-MM-DD`, moments RFC 3339 in UTC.',
    '- `null` is empty; a field that is not there was not asked for. Unknown properties and parameters are refused, never ignored.',
    '- **Writes happen once.** Send an `Idempotency-Key`; it is required where money moves. A write whose end is not known in time answers 202 with an operation.',
    '- **Problems** are RFC 9457 documents. `applied` says whether the write happened, `retryable` whether to try again, `errors` which of your fields is meant.',
    '- What a connection cannot do answers 422 or 501 with the reason that `GET /v1/connections/{connection}` also gives. Another method than those listed here answers 405 with `Allow`.',
    '- Every answer has `X-Request-Id` and `Server-Timing`.',
  ].join('\n'),
  contact: { name: 'The receivables gateway contributors' },
  license: { name: 'MIT', identifier: 'MIT' },
} as const
