/** From the vendor's name of a place back to the caller's field, as far as the caller has sent it. */
import type { Row } from './mapping.ts'

/** The caller's pointer for a vendor path: exact first, then the row whose place holds it, with its position in a list. */
export function pointerFor(mapping: object, vendorPath: string): string | null {
  const rows = Object.entries(mapping as Readonly<Record<string, Row<never>>>)
  const wanted = vendorPath.toLowerCase()
  for (const [field, row] of rows) {
    if (row.kind === 'absent') continue
    if (row.paths.some((path) => path.toLowerCase() === wanted)) return `/${field}`
  }
  for (const [field, row] of rows) {
    if (row.kind === 'absent') continue
    const rest = row.paths.map((path) => restAfter(path.toLowerCase(), wanted)).find((one) => one !== null)
    if (rest === undefined) continue
    // Lists are sent in the caller's order: `apply.items[1].doc` is what the second application says.
    const position = /^(?:\.items)?\[(\d+)\]/.exec(rest ?? '')?.[1]
    return position === undefined ? `/${field}` : `/${field}/${position}`
  }
  return null
}

/** What follows a place in a longer path; null when the path is not within it. */
const restAfter = (place: string, path: string): string | null =>
  path.startsWith(`${place}.`) || path.startsWith(`${place}[`) ? path.slice(place.length) : null

/** The vendor's path is this place or within it. */
export const isWithin = (place: string, path: string): boolean => {
  const [outer, inner] = [place.toLowerCase(), path.toLowerCase()]
  return outer === inner || restAfter(outer, inner) !== null
}

/** What of a JSON pointer is in the caller's body: all of it, the nearest place around it, or nothing (null). */
export function sentPart(pointer: string, sent: unknown): string | null {
  if (!pointer.startsWith('/') || pointer === '/') return pointer
  let value = sent
  let found = ''
  for (const step of pointer.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) break
    value = (value as Readonly<Record<string, unknown>>)[name]
    found += `/${step}`
  }
  return found === '' ? null : found
}
export const isSent = (pointer: string, sent: unknown): boolean => sentPart(pointer, sent) === pointer
