/** Small builders that keep static types, component names and a clean OpenAPI 3.1 document at the same time. */
import { type Static, type TSchema, Type } from 'typebox'

type Named = { $id?: string }
interface Extra {
  description?: string
  examples?: unknown[]
}

/** A `$ref` to a registered component, with its static type. */
export const Ref = <T extends TSchema>(schema: T, extra: Extra = {}) =>
  Type.Unsafe<Static<T>>({ $ref: `${(schema as Named).$id}#`, ...extra })

/** One of a few words: `{type: string, enum}`; unions of literals make ugly clients. */
export const StringEnum = <const V extends readonly string[]>(values: V, extra: Record<string, unknown> = {}) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...extra })

/** One word that never changes, such as `object`. */
export const Constant = <const V extends string>(value: V, extra: Extra = {}) =>
  Type.Unsafe<V>({ type: 'string', const: value, ...extra })

/** Values of one kind by names that are not known beforehand. */
export const Dictionary = <T extends TSchema>(schema: T, extra: Record<string, unknown> = {}) =>
  Type.Unsafe<Record<string, Static<T>>>({ type: 'object', additionalProperties: schema, ...extra })

/** The value or null, in the 3.1 way. */
export const Nullable = <T extends TSchema>(schema: T, extra: Extra = {}) => {
  const plain = schema as unknown as { type?: unknown; enum?: unknown[]; $id?: string; $ref?: string }
  if (plain.$id)
    return Type.Unsafe<Static<T> | null>({ anyOf: [{ $ref: `${plain.$id}#` }, { type: 'null' }], ...extra })
  if (plain.$ref) {
    const { $ref, ...about } = plain
    return Type.Unsafe<Static<T> | null>({ anyOf: [{ $ref }, { type: 'null' }], ...about, ...extra })
  }
  if (typeof plain.type === 'string') {
    const withNull = plain.enum ? { enum: [...plain.enum, null] } : {}
    return Type.Unsafe<Static<T> | null>({ ...plain, type: [plain.type, 'null'], ...withNull, ...extra })
  }
  return Type.Unsafe<Static<T> | null>({ anyOf: [plain, { type: 'null' }], ...extra })
}

/** Has a default: optional on the wire, always there in the handler. */
export const Defaulted = <T extends TSchema>(schema: T): T => Type.Optional(schema) as unknown as T

/** An object that refuses unknown properties. */
export const Strict = <P extends Record<string, TSchema>>(properties: P, extra: Record<string, unknown> = {}) =>
  Type.Object(properties, { additionalProperties: false, ...extra })

/** Every property optional and nullable: what a write may leave away or clear. */
export const writable = <P extends Record<string, TSchema>>(properties: P) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => [name, Type.Optional(Nullable(schema))]),
  ) as unknown as { [K in keyof P]: ReturnType<typeof optionalNullable<P[K]>> }

const optionalNullable = <T extends TSchema>(schema: T) => Type.Optional(Nullable(schema))
