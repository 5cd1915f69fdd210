/** The OpenAPI document and the docs page. */
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { TAGS } from './openapi.ts'

export interface DocumentationOptions {
  /** With it the page is already authorized. */
  readonly sandboxKey?: string
}

export async function registerDocumentation(app: FastifyInstance, options: DocumentationOptions): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Receivables gateway', version: '1.0.0', description: 'One API for customers and customer payments over Oracle NetSuite and Sage Intacct.', license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: '/' }],
      tags: [...TAGS],
      components: { securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'The API key of the caller.' } } },
      security: [{ key: [] }],
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, place) => (typeof json.$id === 'string' ? json.$id : `def-${place}`) },
  })
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true, uiConfig: { persistAuthorization: options.sandboxKey === undefined } })
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger())
}
