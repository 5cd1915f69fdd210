/** From an id in the path to its connection; noted for the log and for turning vendor fields into the caller's. */
import type { FastifyRequest } from 'fastify'
import { GatewayError } from '../errors.ts'
import type { OpenConnection } from '../gateway/connections.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { parseId } from '../gateway/ids.ts'
import type { OperationName } from '../providers/provider.ts'
import { callOf } from './call.ts'

type Kind = 'customer' | 'payment' | 'invoice' | 'credit' | 'emailTemplate'

/** Throws `malformed_id`, `wrong_id_kind`, `unknown_connection` or `forbidden`. */
export function locate(
  gateway: Gateway,
  request: FastifyRequest,
  kind: Kind,
): { connection: OpenConnection; nativeId: string } {
  const { id } = request.params as { id: string }
  const parsed = parseId(id, kind, '/id')
  const connection = gateway.connections.get(parsed.connection, callOf(request).caller)
  note(request, connection, kind)
  return { connection, nativeId: parsed.nativeId }
}

/** A credit settles by the same fields as a payment; templates are chosen in the customer. */
const WRITTEN_AS: Readonly<Partial<Record<Kind, 'customer' | 'payment'>>> = {
  credit: 'payment',
  emailTemplate: 'customer',
}

export function note(request: FastifyRequest, connection: OpenConnection, kind: Kind): void {
  request.connectionName = connection.name
  request.defaultPlaces = connection.defaultPlaces
  request.mapping = connection.mappings[WRITTEN_AS[kind] ?? (kind as keyof typeof connection.mappings)]
}

/** The reason is the one that the capabilities show. */
export function unsupported(connection: OpenConnection, operation: OperationName): GatewayError {
  const reason = connection.provider.missing[operation]
  return new GatewayError('not_supported', reason ?? 'The ERP has no such operation.', { connection: connection.name })
}
