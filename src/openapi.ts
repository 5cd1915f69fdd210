/** Route schemas for Fastify that are also the OpenAPI document: one description per operation. */
import { type TSchema, Type } from 'typebox'
import { commonSchemas } from '../schemas/common.ts'
import { connectionSchemas } from '../schemas/connection.ts'
import { creditSchemas } from '../schemas/credit.ts'
import { creditCheckSchemas } from '../schemas/credit-check.ts'
import { customerSchemas } from '../schemas/customer.ts'
import { emailTemplateSchemas } from '../schemas/email-template.ts'
import { healthSchemas } from '../schemas/health.ts'
import { invoiceSchemas } from '../schemas/invoice.ts'
import { Ref } from '../schemas/kit.ts'
import { objectDefinitionSchemas } from '../schemas/object-definition.ts'
import { openItemSchemas } from '../schemas/open-item.ts'
import { Operation, operationSchemas } from '../schemas/operation.ts'
import { passthroughSchemas } from '../schemas/passthrough.ts'
import { paymentSchemas } from '../schemas/payment.ts'
import { problemSchemas } from '../schemas/problem.ts'
import { referenceDataSchemas } from '../schemas/reference-data.ts'
import type { FailureCode } from './errors.ts'
import type { Scope } from './gateway/call.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Every code that the operation can answer; for the document. */
    failures?: readonly FailureCode[]
  }
}

/** Every named component, in the order in which they may refer to each other. */
export const ALL_SCHEMAS: readonly TSchema[] = [
  ...commonSchemas,
  ...problemSchemas,
  ...customerSchemas,
  ...emailTemplateSchemas,
  ...paymentSchemas,
  ...invoiceSchemas,
  ...openItemSchemas,
  ...creditCheckSchemas,
  ...creditSchemas,
  ...connectionSchemas,
  ...operationSchemas,
  ...objectDefinitionSchemas,
  ...referenceDataSchemas,
  ...passthroughSchemas,
  ...healthSchemas,
]

export const TAGS = [
  { name: 'customers', description: 'Who owes us money: list, read, create, change, delete, and what is open.' },
  { name: 'payments', description: 'Money received, the invoices it settles, and undoing it.' },
  {
    name: 'credits',
    description: 'What customers have to their credit, and the invoices that it settles without cash.',
  },
  { name: 'invoices', description: 'What customers owe; read only.' },
  { name: 'operations', description: 'Writes whose answer is still open.' },
  { name: 'connections', description: 'The configured ERP accounts and what they can do.' },
  { name: 'health', description: 'Whether the gateway runs.' },
] as const

/** Any operation can answer these. */
const EVERYWHERE: readonly FailureCode[] = ['not_acceptable', 'internal_error']
/** And any with a key these. */
const WITH_KEY: readonly FailureCode[] = ['invalid_request', 'unauthenticated', 'forbidden']
/** And any that asks an ERP these. */
const FROM_ERP: readonly FailureCode[] = [
  'rate_limited',
  'provider_failed',
  'provider_garbled',
  'provider_refused',
  'provider_permission',
  'provider_unavailable',
  'provider_busy',
  'overloaded',
  'provider_timeout',
]
/** And any that writes these. */
const FROM_WRITES: readonly FailureCode[] = [
  'payload_too_large',
  'unsupported_media_type',
  'conflict',
  'not_changeable',
  'period_closed',
  'rejected',
  'operation_in_progress',
  'idempotency_key_reused',
]
/** And any that writes what a body says these. */
const FROM_BODIES: readonly FailureCode[] = ['field_not_supported', 'field_required', 'invalid_reference']

export interface OperationAnswer {
  readonly description: string
  readonly schema?: TSchema
  readonly headers?: Readonly<Record<string, { type: string; description: string }>>
}

export interface OperationDescription {
  readonly operationId: string
  readonly tag: (typeof TAGS)[number]['name']
  readonly summary: string
  readonly description: string
  /** `any`: any key will do. Null: no key is needed. */
  readonly scope: Scope | 'any' | null
  readonly params?: TSchema
  readonly query?: TSchema
  readonly headers?: TSchema
  readonly body?: TSchema
  /** A call without a body means an empty object. */
  readonly emptyBody?: boolean
  readonly answers: Readonly<Record<number, OperationAnswer>>
  /** Whether an ERP is asked, and whether it is asked to write. */
  readonly asks?: 'nothing' | 'read' | 'write'
  /** Codes of its own, beside those that every operation can answer. */
  readonly failures?: readonly FailureCode[]
}

/** A route's schema and config out of one description. The document gets its problems from `failures`. */
export function describe(operation: OperationDescription) {
  const { asks = 'read', scope } = operation
  const codes = new Set<FailureCode>([
    // Own codes come first: they say most about the operation.
    ...(operation.failures ?? []),
    ...(scope === null ? [] : WITH_KEY),
    ...(asks === 'write' && operation.body ? FROM_BODIES : []),
    ...(asks === 'write' ? FROM_WRITES : []),
    ...(asks === 'nothing' ? [] : FROM_ERP),
    ...EVERYWHERE,
  ])
  return {
    config: {
      operation: operation.operationId,
      scope,
      failures: [...codes],
      ...(operation.emptyBody && { emptyBody: true }),
    },
    schema: {
      operationId: operation.operationId,
      tags: [operation.tag],
      summary: operation.summary,
      description: operation.description,
      ...(scope === null && { security: [] }),
      ...(operation.params && { params: operation.params }),
      ...(operation.query && { querystring: operation.query }),
      ...(operation.headers && { headers: operation.headers }),
      ...(operation.body && { body: operation.body }),
      response: successes(operation.answers),
    },
  }
}

function successes(answers: OperationDescription['answers']): Record<number, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      answer.schema
        ? {
            description: answer.description,
            ...(answer.headers && { headers: answer.headers }),
            content: { 'application/json': { schema: answer.schema } },
          }
        : { description: answer.description, ...(answer.headers && { headers: answer.headers }), type: 'null' },
    ]),
  )
}

/** Path parameters: ids with examples that the sandbox knows. */
export const idParameter = (description: string, ...examples: readonly [string, ...string[]]) =>
  Type.Object({ id: Type.String({ description, examples: [...examples] }) })

/** Headers that answers have beside those that every answer has. */
export const LOCATION = { location: { type: 'string', description: 'Where the record is read.' } }
export const ETAG = { etag: { type: 'string', description: 'The version, for If-Match.' } }
export const LINK = { link: { type: 'string', description: 'The next page, `rel="next"`.' } }

/** What every write with a key can answer when its end is not known in time. */
export const LATER: OperationAnswer = {
  description:
    'The outcome is not known yet. The gateway finds out by itself: the same key, or the operation, tells it later, and the ERP has the record once.',
  schema: Ref(Operation),
  headers: {
    ...LOCATION,
    'preference-applied': { type: 'string', description: '`respond-async` where it was asked for.' },
  },
}

export const IdempotencyHeader = (required: boolean) =>
  Type.Object({
    'idempotency-key': Type.Optional(
      Type.String({
        description: `${required ? 'Required. ' : ''}8 to 255 visible ASCII characters. The same key with the same content repeats the answer and never the write.`,
        examples: ['5f1c2a34-7d1e-4c57-9f0a-2f6f0c1f9b11'],
      }),
    ),
  })
