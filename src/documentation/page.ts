/** The docs page: Swagger UI under the project's own name, which works in sandbox mode without anything being typed. */
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import { parameters } from './components.ts'
import type { Document, ParameterObject } from './document.ts'
import { FAVICON, headerScript, STYLE } from './page-look.ts'
import type { AnswerObject } from './problem-answers.ts'

/** Nothing from elsewhere; Swagger UI sets style attributes, so styles may stand inline. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

export function pageOptions(sandboxKey: string | undefined): FastifySwaggerUiOptions {
  return {
    routePrefix: '/docs',
    staticCSP: CONTENT_SECURITY_POLICY,
    theme: {
      title: 'Receivables gateway',
      css: [{ filename: 'gateway.css', content: STYLE }],
      js: [{ filename: 'gateway.js', content: headerScript(sandboxKey !== undefined) }],
      favicon: [{ filename: 'favicon.svg', rel: 'icon', type: 'image/svg+xml', sizes: 'any', content: FAVICON }],
    },
    uiConfig: {
      layout: 'BaseLayout',
      docExpansion: 'list',
      deepLinking: true,
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
      defaultModelExpandDepth: 2,
      persistAuthorization: sandboxKey === undefined,
      // The plugin's type says that a request is anything.
      requestInterceptor: sendFreshKey as never,
      ...(sandboxKey !== undefined && { onComplete: authorizeWith(sandboxKey) }),
    },
    transformSpecification: (document) =>
      forThePage(document as unknown as Document) as unknown as Record<string, unknown>,
  }
}

/** Runs in the browser: a write without a key gets a new one, so that Execute never repeats an old answer. */
function sendFreshKey(request: { method?: string; headers: Record<string, string> }) {
  const writes = request.method !== undefined && !['GET', 'HEAD'].includes(request.method.toUpperCase())
  if (writes && !request.headers['Idempotency-Key']) {
    // Not randomUUID: browsers have it on https and localhost only.
    const bytes = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'))
    request.headers['Idempotency-Key'] = bytes.join('')
  }
  return request
}

/** Text of a function for the browser; `ui` is what the plugin's own script calls Swagger UI there. */
function authorizeWith(key: string): () => void {
  const source = `function () { ui.preauthorizeApiKey('key', ${JSON.stringify(key)}) }`
  return Object.assign(() => undefined, { toString: () => source })
}

/** On every answer; told once at the top of the page. */
const EVERYWHERE = ['X-Request-Id', 'Server-Timing']

/**
 * The document as the page needs it. The page fills in every example, so only what makes a call work may have one; and
 * it draws a box for every answer, so the problems that are the same everywhere are one line each.
 */
export function forThePage(document: Document): Document {
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) {
      for (const parameter of operation.parameters ?? []) {
        if ('in' in parameter && parameter.in === 'query') tellInsteadOfFilling(parameter)
      }
      for (const answer of Object.values(operation.responses)) if ('headers' in answer) dropHeaders(answer)
    }
  }
  for (const [name, parameter] of Object.entries(
    document.components['parameters'] as unknown as Record<string, ParameterObject>,
  )) {
    if (name.startsWith('IdempotencyKey')) {
      parameter['required'] = false
      parameter['description'] =
        `Left empty, this page sends a fresh one with every Execute. ${parameters.IdempotencyKey.description}`
      delete parameter.example
    } else tellInsteadOfFilling(parameter)
  }
  for (const answer of Object.values(document.components['responses'] as Record<string, AnswerObject>)) {
    delete answer.content
    dropHeaders(answer)
  }
  return document
}

function dropHeaders({ headers = {} }: AnswerObject): void {
  for (const name of EVERYWHERE) delete headers[name]
}

function tellInsteadOfFilling(parameter: ParameterObject): void {
  if (parameter.example === undefined) return
  parameter['description'] = `${parameter['description'] ?? ''} Example: \`${parameter.example}\`.`.trim()
  delete parameter.example
}
