/** Health: whether the process lives and whether it can take work. No key. */
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { Health } from '../schemas/health.ts'
import { Ref } from '../schemas/kit.ts'
import { FAILURES, type FailureCode, GatewayError } from '../src/errors.ts'
import { describe } from '../src/openapi.ts'

/** `ready` rejects while the store is down, a connection is stuck or the process drains. */
export function registerHealth(app: FastifyInstance, ready: () => Promise<void>): void {
  app.get(
    '/health/live',
    describe({
      operationId: 'getLiveness',
      tag: 'health',
      summary: 'Whether the process lives',
      description: 'Answers as long as the process runs.',
      scope: null,
      asks: 'nothing',
      answers: { 200: { description: 'It lives.', schema: Ref(Health) } },
    }),
    async () => ({ status: 'ok' }),
  )
  app.get(
    '/health/ready',
    describe({
      operationId: 'getReadiness',
      tag: 'health',
      summary: 'Whether it takes work',
      description:
        '503 while the store is down, the process shuts down, or a connection has lost its slots to a defect.',
      scope: null,
      asks: 'nothing',
      answers: { 200: { description: 'It takes work.', schema: Ref(Health) } },
      failures: ['overloaded'],
    }),
    async () => {
      try {
        await ready()
      } catch (cause) {
        throw new GatewayError('overloaded', 'The gateway takes no work now.', { cause })
      }
      return { status: 'ok' }
    },
  )
  registerProblemPages(app)
}

/** The address in `type` of every problem: what the code means. */
function registerProblemPages(app: FastifyInstance): void {
  app.get(
    '/problems/:code',
    { schema: { hide: true, params: Type.Object({ code: Type.String() }) } },
    async (request) => {
      const code = (request.params as { code: string }).code.replaceAll('-', '_')
      if (!Object.hasOwn(FAILURES, code)) throw new GatewayError('not_found', 'There is no such problem.')
      const { status, title, description, retryable } = FAILURES[code as FailureCode]
      return { code, status, title, description, retryable }
    },
  )
}
