/** Fields without a neutral name: custom fields by prefix, and standard fields by the vendor's exact name. */
import { fieldError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { type ComputedRow, computed } from './codecs.ts'

const CUSTOM = /^cust(entity|body)\w*$/
/** A property name or a dotted path; never a name that JavaScript gives a meaning. */
const NAME = /^(?!constructor\b|prototype\b)[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*(\.[A-Za-z][A-Za-z0-9_]*)*$/

/** A value without the links that every reference carries. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'links')
      .map(([name, inner]) => [name, plain(inner)]),
  )
}

/** `custentity_…` on customers, `custbody_…` on transactions: top-level properties of the record. */
export const customFields = (prefix: 'custentity' | 'custbody'): ComputedRow<Record<string, unknown>> =>
  computed<Record<string, unknown>>({
    title: `${prefix}… fields`,
    paths: [`${prefix}*`],
    decode: (record) =>
      Object.fromEntries(
        Object.entries(record)
          .filter(([name]) => name.startsWith(prefix))
          .map(([name, value]) => [name, plain(value)]),
      ),
    encode: (fields) => {
      for (const name of Object.keys(fields ?? {})) {
        if (!name.startsWith(prefix) || !CUSTOM.test(name)) {
          throw fieldError(
            'field_not_supported',
            `/customFields/${name}`,
            `Custom fields of this record begin with ${prefix}.`,
          )
        }
      }
      return fields ?? {}
    },
  })

/** `known` are the vendor's names that have a neutral one; `hidden` are names that say nothing (links, ids). */
export const vendorFields = (
  known: () => ReadonlySet<string>,
  hidden: readonly string[],
): ComputedRow<Record<string, unknown>> => {
  const skipped = new Set(['links', 'id', 'refName', ...hidden])
  return computed<Record<string, unknown>>({
    title: "standard fields by NetSuite's own name",
    paths: [],
    decode: (record) => standardFields(record, known(), skipped),
    encode: (fields) => {
      for (const name of Object.keys(fields ?? {})) {
        const pointer = `/vendorFields/${name}`
        const root = name.split('.')[0] as string
        if (!NAME.test(name)) throw fieldError('field_not_supported', pointer, 'That is no property name of NetSuite.')
        if (CUSTOM.test(root))
          throw fieldError('field_not_supported', pointer, 'Custom fields belong into customFields.')
        if (known().has(root) || skipped.has(root))
          throw fieldError('field_not_supported', pointer, 'The field has a neutral name; use that.')
      }
      return fields ?? {}
    },
  })
}

function standardFields(
  record: VendorRecord,
  known: ReadonlySet<string>,
  skipped: ReadonlySet<string>,
): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record)) {
    if (known.has(name) || skipped.has(name) || CUSTOM.test(name) || isCollection(value)) continue
    found[name] = plain(value)
  }
  return found
}

/** Sublists and links to them; references and enumerations have an id. */
const isCollection = (value: unknown): boolean => typeof value === 'object' && value !== null && !('id' in value)

/** The top-level vendor names that rows already use. */
export function namesUsedBy(mapping: object): ReadonlySet<string> {
  const names = Object.values(mapping as Record<string, { paths?: readonly string[] }>).flatMap(
    (row) => row.paths ?? [],
  )
  return new Set(names.map((path) => path.split('.')[0] as string))
}
