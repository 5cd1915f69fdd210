/** Entries of reference data that lack what every such entry has: answered with a warning, and not remembered. */
import type { Warning } from '../../schemas/common.ts'
import type { ReferenceEntry, ReferenceKind } from '../../schemas/reference-data.ts'

export function incompleteEntries(kind: ReferenceKind, entries: readonly ReferenceEntry[]): Warning[] {
  return entries.flatMap((entry, place) => {
    const missing = lackOf(kind, entry)
    if (missing === null) return []
    const detail = `The ERP gave no ${missing} that can be read.`
    return [{ pointer: `/data/${place}/${missing}`, code: 'garbled', detail }]
  })
}

function lackOf(kind: ReferenceKind, { id, name, code, active }: ReferenceEntry): keyof ReferenceEntry | null {
  if (id === '') return 'id'
  if (name === null) return 'name'
  if (code === '' || (kind === 'currencies' && !code)) return 'code'
  return active === null ? 'active' : null
}
