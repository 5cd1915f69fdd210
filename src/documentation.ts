/** The OpenAPI document and the docs page. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { INFO, securitySchemes } from './documentation/components.ts'
import { type Document, finishDocument, type RouteFacts } from './documentation/document.ts'
import { pageOptions } from './documentation/page.ts'
import { TAGS } from './openapi.ts'

export interface DocumentationOptions {
  /** With it the page is already authorized. */
  readonly sandboxKey?: string
}

/** Must run before the routes, so that it sees them. */
export async function registerDocumentation(app: FastifyInstance, options: DocumentationOptions): Promise<void> {
  const routes = new Map<string, RouteFacts>()
  app.addHook('onRoute', ({ config }) => {
    if (config?.operation)
      routes.set(config.operation, { failures: config.failures ?? [], emptyBody: config.emptyBody === true })
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      servers: [{ url: '/', description: 'Where this document was read.' }],
      security: [{ key: [] }],
      tags: [...TAGS],
      components: { securitySchemes: { ...securitySchemes } },
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, place) =>
        typeof json.$id === 'string' ? json.$id : `def-${place}`,
    },
    // The plugin's types are those of OpenAPI 3.0.
    transformObject: (read) =>
      finishDocument((read as unknown as { openapiObject: Document }).openapiObject, routes) as never,
  })
  await app.register(swaggerUi, pageOptions(options.sandboxKey))
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/docs'))
}
