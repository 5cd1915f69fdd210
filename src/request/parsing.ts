/** How bodies and parameters are read: bodies strictly as they stand, parameters as text that is turned into their type. */
import AjvCompiler from '@fastify/ajv-compiler'
import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify'
import { GatewayError } from '../errors.ts'

const common = { removeAdditional: false, useDefaults: true, allErrors: true, keywords: ['discriminator'] }
const factory = AjvCompiler()

/**
 * Two validators. Fastify's own options would turn null into "" and 0, and drop unknown fields silently:
 * bodies are never coerced; query, path and headers are, since they are text.
 */
export function schemaController(): NonNullable<FastifyServerOptions['schemaController']> {
  // Fastify asks for the validators once more with every route; the factory would print all schemas to know them again.
  const known = new Map<string, unknown>()
  const buildValidator = (schemas: Parameters<typeof factory>[0], options: { customOptions?: object }) => {
    const names = Object.keys(schemas as object).join()
    const before = known.get(names)
    if (before) return before
    const strict = factory(schemas, { ...options, customOptions: { ...common, coerceTypes: false } })
    const lax = factory(schemas, { ...options, customOptions: { ...common, coerceTypes: 'array' } })
    const build = (route: { httpPart?: string }) =>
      whenNeeded(() => (route.httpPart === 'body' ? strict : lax)(route as never))
    known.set(names, build)
    return build
  }
  // The factory's types know one compiler per route; choosing by part is what it is for.
  return { compilersFactory: { buildValidator: buildValidator as never } }
}

interface Validate {
  (data: unknown): unknown
  errors?: unknown
}
/** Compiling all schemas takes a fifth of the start; each is compiled by the first call that needs it. */
function whenNeeded(compile: () => unknown): Validate {
  let compiled: Validate | null = null
  const validate: Validate = (data) => {
    compiled ??= compile() as Validate
    const valid = compiled(data)
    validate.errors = compiled.errors
    return valid
  }
  return validate
}

/** JSON only; merge patches to PATCH. An empty body is no body, and is told by the schema when one is needed. */
export function registerParsers(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  const read = (request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) =>
    body === '' ? done(null, undefined) : parse(request, body, done)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, read)
  app.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done) => {
      if (request.method === 'PATCH') return read(request, body, done)
      done(
        new GatewayError(
          'unsupported_media_type',
          'application/merge-patch+json belongs to PATCH; send application/json.',
        ),
      )
    },
  )
}
