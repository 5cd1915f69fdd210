/** The docs page: Swagger UI under the project's own name, which works in sandbox mode without anything being typed. */
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'

export function pageOptions(sandboxKey: string | undefined): FastifySwaggerUiOptions {
  return { routePrefix: '/docs', staticCSP: true, uiConfig: { persistAuthorization: sandboxKey === undefined } }
}
