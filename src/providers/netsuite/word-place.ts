/** Which property `q` compares for a field of ours, and how: only what the account's catalog marks as filterable. */
import type { Codec } from '../../mapping/codec.ts'
import type { Mapping, Row } from '../../mapping/mapping.ts'
import type { RecordShape } from './catalog.ts'

/** What saying a filter may look at. */
export interface Vocabulary {
  readonly mapping: Mapping<never>
  readonly shape: RecordShape
  readonly currencyIds: ReadonlyMap<string, string | null>
  readonly dateFormat: string
  readonly timeZone: string
}
export type Kind = 'text' | 'number' | 'boolean' | 'reference' | 'currency' | 'date' | 'instant'
export interface Place {
  readonly name: string
  readonly kind: Kind
  readonly codec: Codec<unknown> | null
}

/** The id always has one. */
export function placeOf(field: string, { mapping, shape }: Vocabulary): Place | null {
  if (field === 'id') return { name: 'id', kind: 'number', codec: null }
  const native = /^(?:custom|vendor)Fields\.([A-Za-z]\w*)$/.exec(field)?.[1]
  const row = (mapping as Readonly<Record<string, Row<unknown>>>)[field.replace(/\.id$/, '')]
  const name = native ?? (row ? wordFor(row, shape) : null)
  if (name === null || !shape.filterable.includes(name)) return null
  const codec = row?.kind === 'at' ? row.codec : null
  const kind = codec?.title === 'currency' ? 'currency' : KINDS[shape.types[name] ?? '']
  return kind === undefined ? null : { name, kind, codec }
}
/** The property by which `q` can compare a row's values; null when it cannot. */
export function wordFor(row: Row<unknown>, shape: RecordShape): string | null {
  if (row.kind === 'absent' || row.access === 'write-only') return null
  const { word } = row as { readonly word?: string }
  const places = row.kind === 'at' ? row.paths : word === undefined ? [] : [word]
  return (
    places.find((place) => shape.filterable.includes(place) && KINDS[shape.types[place] ?? ''] !== undefined) ?? null
  )
}
const KINDS: Readonly<Record<string, Kind>> = {
  ...{ text: 'text', integer: 'number', decimal: 'number', boolean: 'boolean' },
  ...{ reference: 'reference', date: 'date', instant: 'instant' },
}
