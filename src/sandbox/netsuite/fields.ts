/** How a record's fields are described: the sandbox's own lists, written from release 2026.1's published names. */

export type FieldKind =
  | 'text'
  | 'boolean'
  | 'double'
  | 'integer'
  | 'date'
  | 'date-time'
  | 'enum'
  | 'reference'
  | 'subrecord'
  | 'sublist'

export interface Field {
  readonly kind: FieldKind
  /** Computed by NetSuite: refused when sent under `X-NetSuite-PropertyNameValidation: Error` (uncertain), else ignored. */
  readonly readOnly?: boolean
  /** Longest text. NetSuite's limits as far as known: uncertain. */
  readonly maxLength?: number
  readonly email?: boolean
  /** What people read, as in "Please enter value(s) for: Company Name."; derived from the name when absent. */
  readonly label?: string
  /** For a reference: the list, or `customer`. */
  readonly to?: string
  /** For an enumeration: id and what people read. */
  readonly values?: Readonly<Record<string, string>>
  /** For a sublist or subrecord: its own fields. */
  readonly items?: FieldTable
  /** For a sublist: cannot be written over REST. */
  readonly closed?: boolean
  /** Usable in `q`. */
  readonly filterable?: boolean
}

export type FieldTable = Readonly<Record<string, Field>>

/** A line as the sandbox keeps it: decimal text for numbers, ids for references and enumerations, ISO for dates. */
export type Line = Readonly<Record<string, unknown>>

/** The same description for many names, written with blanks between. */
export function many(names: string, field: Field): Record<string, Field> {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, field]))
}

export function labelOf(name: string, field: Field | undefined): string {
  if (field?.label !== undefined) return field.label
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
