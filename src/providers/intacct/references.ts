/** References to other records: rows for them, and names looked up where Intacct wants ids. */
import type { Reference } from '../../../schemas/common.ts'
import type { ReferenceEntry, ReferenceKind } from '../../../schemas/reference-data.ts'
import { fieldError } from '../../errors.ts'
import { type Context, isEmpty, text } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { type CustomRow, custom, type VendorRecord } from '../../mapping/mapping.ts'
import { readPart } from '../../mapping/reading.ts'
import { incompleteEntries } from '../incomplete-entries.ts'
import type { Client } from './client.ts'

/** Where the ids for names are found; null where the name is the id. */
export interface ReferenceSource {
  readonly object: string
  readonly id: string
  readonly name: string
}

export interface ReferenceOptions {
  readonly access?: CustomRow<Reference>['access']
  /** The vendor's field that shows the name. */
  readonly name?: string
  readonly column?: string | null
}

/** A row for a reference: the first path is written and read as id, the name comes from `name` or is the id. */
export function reference(kind: string, id: string, options: ReferenceOptions = {}): CustomRow<Reference> {
  const paths = options.name === undefined ? [id] : [id, options.name]
  return custom<Reference>({
    title: `reference (${kind})`,
    paths,
    column: options.column === undefined ? id : options.column,
    order: 'text',
    referenceKind: kind,
    ...(options.access && { access: options.access }),
    decode: (record, context) => {
      const value = record[id]
      if (value === undefined) return undefined
      if (isEmpty(value)) return null
      const name = options.name === undefined ? value : record[options.name]
      return { id: text.decode(value, context), name: isEmpty(name) ? null : text.decode(name, context) }
    },
    encode: (value) => ({ [id]: value === null ? '' : (value.id ?? value.name ?? '') }),
  })
}

/** The customer of a transaction, which has one; undefined where the record does not say. */
export function customerOf(
  record: VendorRecord,
  context: Context,
): { id: string; number: string; name: string | null } | undefined {
  const { CUSTOMERID: id, CUSTOMERNAME: name } = record
  if (id === undefined) return undefined
  const number = referenceIdOf(id)
  const shown = name === undefined ? null : readPart(context, '/name', 'CUSTOMERNAME', () => referenceIdOf(name))
  return { id: number, number, name: shown }
}

const CACHE_MS = 5 * 60_000

/** Ids by name, kept for some minutes. */
export class ReferenceNames {
  readonly #now: () => Date
  /** Whole lists by kind. */
  readonly #lists = new Map<ReferenceKind, { readonly entries: readonly ReferenceEntry[]; readonly until: number }>()
  readonly #known = new Map<string, { readonly ids: readonly string[]; readonly until: number }>()

  constructor(now: () => Date) {
    this.#now = now
  }

  async #idsOf(client: Client, source: ReferenceSource, name: string): Promise<readonly string[]> {
    const key = `${source.object} ${name.toLowerCase()}`
    const known = this.#known.get(key)
    if (known && known.until > this.#now().getTime()) return known.ids
    const page = await client.query({
      object: source.object,
      select: [source.id, source.name],
      filter: [
        'equalto',
        [
          ['field', source.name],
          ['value', name],
        ],
      ],
      ignoreCase: true,
      pageSize: 3,
    })
    const ids = page.records.map((record) => referenceIdOf(record.fields[source.id]))
    // An unknown name may be entered the next moment.
    if (ids.length > 0) this.#known.set(key, { ids, until: this.#now().getTime() + CACHE_MS })
    return ids
  }

  /** The whole list of a kind. */
  async list(
    kind: ReferenceKind,
    read: (kind: ReferenceKind) => Promise<readonly ReferenceEntry[]>,
  ): Promise<readonly ReferenceEntry[]> {
    const kept = this.#lists.get(kind)
    if (kept && kept.until > this.#now().getTime()) return kept.entries
    const entries = await read(kind)
    if (incompleteEntries(kind, entries).length === 0)
      this.#lists.set(kind, { entries, until: this.#now().getTime() + CACHE_MS })
    return entries
  }

  /** The same fields with ids only. A name that is not known, ambiguous, or that disagrees with the id is refused. */
  async resolve<T extends object>(
    client: Client,
    input: T,
    sources: Readonly<Record<string, ReferenceSource | null>>,
  ): Promise<T> {
    const resolved = { ...input } as Record<string, unknown>
    for (const [field, source] of Object.entries(sources)) {
      const value = resolved[field] as Reference | null | undefined
      if (value === null || value === undefined) continue
      resolved[field] = { id: await this.#resolveOne(client, `/${field}`, source, value) }
    }
    return resolved as T
  }

  async #resolveOne(
    client: Client,
    pointer: string,
    source: ReferenceSource | null,
    value: Reference,
  ): Promise<string> {
    const { id = null, name = null } = value
    if (id === null && name === null) throw fieldError('invalid_reference', pointer, 'An id or a name is needed.')
    if (name === null) return id as string
    if (source === null) {
      if (id !== null && id !== name) throw disagree(pointer)
      return name
    }
    const ids = await this.#idsOf(client, source, name)
    if (ids.length === 0)
      throw fieldError('invalid_reference', pointer, `Sage Intacct has no ${source.object} with the name ${name}.`)
    if (id !== null) {
      if (!ids.includes(id)) throw disagree(pointer)
      return id
    }
    if (ids.length > 1)
      throw fieldError(
        'invalid_reference',
        pointer,
        `Sage Intacct has several ${source.object} with the name ${name}; send the id.`,
      )
    return ids[0] as string
  }
}

/** What a reference names: without it an entry is none. */
export const referenceIdOf = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : garbledValue('an id', value)

const disagree = (pointer: string) =>
  fieldError('invalid_reference', pointer, 'The id and the name are those of different records.')
