/** From the vendor's name of a place back to the caller's field. */
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
