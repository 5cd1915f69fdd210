/** What every object of the sandbox has in common: fields with types, rows, relations, and how values look on the wire. */
import type { Company, Fields } from '../company.ts'
import { americanDate, americanTimestamp, decimal, isoDate, isoTimestamp } from '../formats.ts'

export type FieldType = 'text' | 'integer' | 'decimal' | 'date' | 'timestamp' | 'boolean' | 'enum'

export interface Field {
  readonly name: string
  readonly type: FieldType
  readonly label: string
  /** Labels of an enum, each with the letter that the database (`readByQuery`) holds. */
  readonly values: Readonly<Record<string, string>>
  readonly required: boolean
  readonly readOnly: boolean
  readonly custom: boolean
  /** Documented or inspected, but `query` refuses it. */
  readonly queryable: boolean
  /** By what we know that `create` and `update` take it; '' where they do not. */
  readonly source: string
}

/** One record. Values come in the sandbox's own notation ('' = nothing) and are worked out when asked for. */
export interface Row {
  value(field: string): string
}

/** An owned list that only `read` shows, e.g. ARPYMTDETAILS with its ARPYMTDETAIL. */
export interface OwnedLines {
  readonly list: string
  readonly item: string
  readonly fields: readonly Field[]
  readonly rows: readonly Row[]
}

export interface Relation {
  readonly object: string
  readonly label: string
  readonly row: (company: Company, row: Row) => Row | undefined
}

export interface ObjectType {
  readonly name: string
  readonly fields: ReadonlyMap<string, Field>
  readonly relations: Readonly<Record<string, Relation>>
  /** What `readByName` takes. */
  readonly nameField: string
  readonly rows: (company: Company) => Iterable<Row>
  readonly byRecordNumber: (company: Company, recordNumber: string) => Row | undefined
  readonly byName: (company: Company, name: string) => Row | undefined
  /** A cheaper start than all rows when a filter asks for one value of a field; null when there is none. */
  readonly rowsWhere?: (company: Company, field: string, value: string) => Iterable<Row> | null
  readonly lines?: (company: Company, row: Row) => readonly OwnedLines[]
}

const ACTIVE: Readonly<Record<string, string>> = { active: 'T', inactive: 'F' }

/**
 * Fields from a short table: `NAME` is text, `NAME:type` another type, then flags: `!` required, `*` read only,
 * `-` not queryable. `enum` takes its values from `enums`; STATUS needs no entry there.
 */
export function fields(table: string, enums: Readonly<Record<string, Readonly<Record<string, string>>>> = {}): Field[] {
  return table
    .trim()
    .split(/\s+/)
    .map((entry) => {
      const [, name = '', type = 'text', flags = ''] = /^([A-Za-z0-9_.]+)(?::([a-z]+))?([!*-]*)$/.exec(entry) ?? []
      return {
        name,
        type: type as FieldType,
        label: labelOf(name),
        values: enums[name] ?? (type === 'enum' ? ACTIVE : {}),
        required: flags.includes('!'),
        readOnly: flags.includes('*'),
        custom: false,
        queryable: !flags.includes('-'),
        source: '',
      }
    })
}

/** The same fields, written on the word of a source. */
export function from(source: string, list: readonly Field[]): Field[] {
  return list.map((field) => (field.readOnly ? field : { ...field, source }))
}

export function prefixed(prefix: string, list: readonly Field[], readOnly = false): Field[] {
  return list.map((field) => ({
    ...field,
    name: `${prefix}.${field.name}`,
    readOnly: readOnly || field.readOnly,
    required: false,
  }))
}

export function byName(list: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(list.map((field) => [field.name, field]))
}

function labelOf(name: string): string {
  const words = name.split('.').at(-1)!.toLowerCase().replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export class FieldsRow implements Row {
  readonly fields: Fields
  constructor(fields: Fields) {
    this.fields = fields
  }
  value(field: string): string {
    return this.fields[field] ?? ''
  }
}

/** As the wire shows a value. */
export function shown(field: Field, value: string): string {
  if (field.type === 'date') return americanDate(value)
  if (field.type === 'timestamp') return americanTimestamp(value)
  return value
}

/**
 * A value that came over the wire in the sandbox's own notation; null when it has not the form of its type.
 * `letters`: the database's words (`readByQuery`), else the labels (`query` and writing).
 */
export function understood(field: Field, text: string, letters = false): string | null {
  switch (field.type) {
    case 'integer':
      return /^-?\d{1,18}$/.test(text) ? String(BigInt(text)) : null
    case 'decimal':
      return decimal(text)
    case 'date':
      return isoDate(text)
    case 'timestamp':
      return isoTimestamp(text)
    case 'boolean':
      if (letters) return text === 'T' ? 'true' : text === 'F' ? 'false' : null
      return text === 'true' || text === 'false' ? text : null
    case 'enum': {
      if (!letters) return Object.hasOwn(field.values, text) ? text : null
      return Object.entries(field.values).find(([, letter]) => letter === text)?.[0] ?? null
    }
    default:
      return text
  }
}
