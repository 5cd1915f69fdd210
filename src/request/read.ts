/** Reading one record: which fields, what beside them, and its version. The same for every resource. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { etagOf } from '../gateway/etag.ts'
import { parseWords } from '../gateway/filters.ts'
import type { ReadOptions } from '../providers/provider.ts'
import { only } from './list.ts'

/** No parameters at all; unknown ones are refused. */
export const NoQuery = Type.Object({}, { additionalProperties: false })

/** The query of a single read. `include` lists what it may hold, for people. */
export const readQuery = (include: string) =>
  Type.Object(
    {
      fields: Type.Optional(
        Type.String({ minLength: 1, maxLength: 2000, description: 'Only these fields, comma separated.' }),
      ),
      include: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: include })),
    },
    { additionalProperties: false },
  )
export const RAW = '`raw` adds the untouched ERP record.'

/** The names of a component's properties: what `fields` may hold. */
export const fieldNames = (schema: TSchema): string[] =>
  Object.keys((schema as unknown as { properties: object }).properties)

export interface Reading<A> {
  readonly fields: readonly string[]
  readonly include: readonly string[]
  readonly read: (options: Required<ReadOptions>) => Promise<A>
}

/** A record with its ETag; a part of it, asked for with `fields`, has none. */
export async function readOne<A extends object>(
  request: FastifyRequest,
  reply: FastifyReply,
  reading: Reading<A>,
): Promise<A> {
  const query = request.query as { fields?: string; include?: string }
  const fields = parseWords('fields', query.fields, reading.fields)
  const include = parseWords('include', query.include, reading.include) ?? new Set<string>()
  const answer = await reading.read({ fields, include })
  if (fields) return only(answer, fields)
  reply.header('etag', etagOf(answer))
  return answer
}
