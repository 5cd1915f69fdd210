/** The connection that a path names; noted for the log. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { OpenConnection } from '../gateway/connections.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { callOf } from './call.ts'

export const ConnectionName = Type.Object({
  connection: Type.String({ description: "The connection's name.", examples: ['netsuite', 'intacct'] }),
})

/** Throws `unknown_connection` or `forbidden`. */
export function namedConnection(gateway: Gateway, request: FastifyRequest): OpenConnection {
  const { connection: name } = request.params as { connection: string }
  const connection = gateway.connections.get(name, callOf(request).caller)
  request.connectionName = connection.name
  return connection
}
