/** `customFields` and `vendorFields`: what has no neutral name, by Intacct's own. */

import type { Static } from 'typebox'
import type { CustomFields, VendorFields } from '../../../schemas/common.ts'
import { fieldError } from '../../errors.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { type CustomRow, custom, type VendorRecord } from '../../mapping/mapping.ts'
import { isJoined, joined, separated } from './customer-choices.ts'

type Values = Static<typeof CustomFields> & Static<typeof VendorFields>

export interface ExtraFieldNames {
  /** Vendor paths that have a neutral name, in upper case. */
  readonly mapped: ReadonlySet<string>
  /** Standard fields of the object; every other name is a custom field. */
  readonly standard: ReadonlySet<string>
  /** Standard fields that cannot be written. */
  readonly readOnly: ReadonlySet<string>
}

/** Names of fields, dotted when nested; what every object of JavaScript inherits is none of them. */
const NAME = /^(?!.*(?:__proto__|\bconstructor\b|\bprototype\b))[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/i
/** Other contacts than the display contact would add a hundred empty fields. */
const QUIET = /^(CONTACTINFO|BILLTO|SHIPTO)\./

export function extraFields(names: ExtraFieldNames): {
  customFields: CustomRow<Values>
  vendorFields: CustomRow<Values>
} {
  const isStandard = (name: string) => names.standard.has(name) || name.includes('.')
  return {
    customFields: custom<Values>({
      title: 'custom fields',
      paths: [],
      decode: (record, context) =>
        withLists(valuesOf(record, (name) => !names.mapped.has(name) && !isStandard(name), context)),
      encode: (values) => encode('customFields', values, (name) => !names.mapped.has(name) && !isStandard(name)),
    }),
    vendorFields: custom<Values>({
      title: 'fields of Sage Intacct',
      paths: [],
      decode: (record, context) =>
        valuesOf(
          record,
          (name, value) => !names.mapped.has(name) && isStandard(name) && !(QUIET.test(name) && !value),
          context,
        ),
      encode: (values) =>
        encode('vendorFields', values, (name) => !names.mapped.has(name) && !names.readOnly.has(name)),
    }),
  }
}

const WRITABLE = {
  custom: 'Only text, numbers, booleans, null and lists of text can be written.',
  vendor: 'Only text, numbers, booleans and null can be written.',
}

type Wanted = (name: string, value: unknown) => boolean

/** Text only: what is nested stands there by the dotted names of its parts, and what is twice or not shown is no value. */
function valuesOf(record: VendorRecord, wanted: Wanted, context: Context): Values {
  const values: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(record)) {
    if (name.startsWith('#') || !wanted(name, value)) continue
    if (isEmpty(value) || typeof value === 'string') values[name] = isEmpty(value) ? null : value
    else if (Array.isArray(value) || Object.keys(value).length === 0)
      context.warn?.('garbled', `The ERP's value of ${name} cannot be read: expected text.`, `/${name}`)
  }
  return values
}

/** Several values of a multi-pick list; a single one cannot be told from text. */
const withLists = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, isJoined(value) ? separated(value) : value]))

const isList = (field: string, value: unknown): value is string[] =>
  field === 'customFields' &&
  Array.isArray(value) &&
  value.every((part) => typeof part === 'string' && part !== '' && !isJoined(part))

function encode(field: string, values: Values | null, allowed: (name: string) => boolean): Record<string, unknown> {
  const flat: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values ?? {})) {
    const pointer = `/${field}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!NAME.test(name))
      throw fieldError('field_not_supported', pointer, 'This cannot be the name of a field of Sage Intacct.')
    if (!allowed(name.toUpperCase())) {
      throw fieldError(
        'field_not_supported',
        pointer,
        `${name} cannot be written here: it is read only, or has a neutral name.`,
      )
    }
    if (value === null) flat[name] = ''
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      flat[name] = String(value)
    else if (isList(field, value)) flat[name] = joined(value)
    else throw fieldError('field_not_supported', pointer, WRITABLE[field === 'customFields' ? 'custom' : 'vendor'])
  }
  return flat
}
