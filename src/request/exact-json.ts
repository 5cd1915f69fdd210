/** JSON that is only passed on, in both directions with every digit of its numbers. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { exactDigits, parseExactJson } from '../wire/json.ts'

/** A number that a double would change, on its way through JSON.stringify and the store. No caller's text can hold U+0000. */
const mark = (digits: string): string => `\u0000${digits}\u0000`
const MARKED = /"\\u0000(-?[\d.eE+-]+)\\u0000"/g

/** The value with its exact numbers as marked text; `registerExactJson` turns them back when the answer leaves. */
export function markExactNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const digits = exactDigits(value)
  if (digits !== null) return mark(digits)
  if (Array.isArray(value)) return value.map(markExactNumbers)
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, markExactNumbers(member)]))
}

/** For the routes of one scope: bodies are read exactly, and answers are written exactly. */
export function registerExactJson(scope: FastifyInstance): void {
  // It refuses what is no JSON and what would reach a prototype; its numbers are not used.
  const check = scope.getDefaultJsonParser('error', 'error')
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) => {
      if (body === '') return done(null, undefined)
      check(request, body, (error: Error | null) => {
        if (error) return done(error)
        try {
          done(null, parseExactJson(body))
        } catch (cause) {
          // The same member twice, with two values: which one is meant nobody knows.
          done(Object.assign(new Error('The JSON has a member twice.', { cause }), { statusCode: 400 }))
        }
      })
    },
  )
  scope.addHook('onSend', async (_request, _reply, payload) =>
    typeof payload === 'string' && payload.includes('\\u0000') ? payload.replace(MARKED, '$1') : payload,
  )
}
