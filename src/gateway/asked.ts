/**
 * What was asked of a write beside what the ERP has afterwards, field by field. ERPs take a value and keep another (a
 * script of the account, a preference, a method with an account of its own), and say nothing: a caller has to hear of it.
 */
import type { Warning } from '../../schemas/common.ts'
import type { Row } from '../mapping/mapping.ts'
import { compare, isDecimal } from '../mapping/money.ts'

/** Fields in the neutral words, with native ids. */
export type Asked = Readonly<Record<string, unknown>>

/** Not kept by nature: they say how to write, not what to keep. */
const NOT_KEPT = new Set(['autoApply', 'draft', 'connection'])
/** Amounts inside of lists; those of the record itself are known by their row. */
const AMOUNTS = new Set(['amount', 'discount', 'price'])

/** A warning for each field that does not read as it was asked for, or does not read at all. */
export function differences(mapping: object, asked: Asked, kept: Asked): Warning[] {
  const rows = mapping as Readonly<Record<string, Row<unknown> | undefined>>
  return Object.entries(asked).flatMap(([field, value]) => {
    const now = kept[field]
    const row = rows[field]
    if (value === undefined || NOT_KEPT.has(field)) return []
    if (row === undefined || row.kind === 'absent' || row.access === 'write-only') return []
    if (now === undefined) return isNothing(value) ? [] : [notShown(`/${field}`, value)]
    const order = row.kind === 'at' ? row.codec.order : row.order
    return unlike(`/${field}`, value, now, order === 'number')
  })
}

function unlike(pointer: string, asked: unknown, kept: unknown, isAmount: boolean): Warning[] {
  if (isNothing(asked)) return isNothing(kept) || kept === false ? [] : [differs(pointer, asked, kept)]
  if (Array.isArray(asked))
    return Array.isArray(kept) ? unlikeList(pointer, asked, kept) : [differs(pointer, asked, kept)]
  if (isObject(asked)) return isObject(kept) ? unlikeObject(pointer, asked, kept) : [differs(pointer, asked, kept)]
  return sameValue(asked, kept, isAmount) ? [] : [differs(pointer, asked, kept)]
}

/** A reference is its id; one that was given by its name alone may be read back under a longer one. */
function unlikeObject(pointer: string, asked: Asked, kept: Asked): Warning[] {
  if (isReference(asked)) {
    const same =
      asked['id'] == null
        ? [kept['name'], kept['id']].some((word) => sameWord(asked['name'], word))
        : sameValue(asked['id'], kept['id'], false)
    return same ? [] : [differs(pointer, asked['id'] ?? asked['name'], kept['id'] ?? kept['name'])]
  }
  return Object.entries(asked).flatMap(([name, value]) => {
    const place = `${pointer}/${escaped(name)}`
    if (kept[name] === undefined) return isNothing(value) ? [] : [notShown(place, value)]
    return value === undefined ? [] : unlike(place, value, kept[name], AMOUNTS.has(name))
  })
}

const isReference = (value: Asked): boolean =>
  Object.keys(value).length > 0 && Object.keys(value).every((name) => name === 'id' || name === 'name')

/** Each entry that was asked for has one that reads so; the order is the ERP's own. */
function unlikeList(pointer: string, asked: readonly unknown[], kept: readonly unknown[]): Warning[] {
  const left = [...kept]
  return asked.flatMap((value, place) => {
    const nearest = left
      .map((one, index) => ({ index, unlike: unlike(`${pointer}/${place}`, value, one, false) }))
      .reduce<{ index: number; unlike: Warning[] } | null>(
        (best, one) => (best === null || one.unlike.length < best.unlike.length ? one : best),
        null,
      )
    if (nearest === null) return [differs(`${pointer}/${place}`, value, null)]
    left.splice(nearest.index, 1)
    return nearest.unlike
  })
}

function sameValue(asked: unknown, kept: unknown, isAmount: boolean): boolean {
  if (typeof asked === 'string' && typeof kept === 'string')
    return textOf(asked) === textOf(kept) || (isAmount && sameAmount(asked, kept))
  return asked === kept
}
const sameAmount = (asked: string, kept: string): boolean =>
  isDecimal(asked) && isDecimal(kept) && compare(asked, kept) === 0
const sameWord = (asked: unknown, kept: unknown): boolean =>
  typeof asked === 'string' && typeof kept === 'string' && asked.toLowerCase() === kept.toLowerCase()
const textOf = (text: string): string => text.replaceAll('\r\n', '\n')

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
const isObject = (value: unknown): value is Asked =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Long values are cut: the record beside the warning has them whole. */
const MOST_SHOWN = 80
function shown(value: unknown): string {
  if (isNothing(value)) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}
const differs = (pointer: string, asked: unknown, kept: unknown): Warning => ({
  pointer,
  code: 'differs',
  detail: `Asked for ${shown(asked)}; the ERP has ${shown(kept)}.`,
})
const notShown = (pointer: string, asked: unknown): Warning => ({
  pointer,
  code: 'not_shown',
  detail: `Asked for ${shown(asked)}; the ERP does not show what it has.`,
})
