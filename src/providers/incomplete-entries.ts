/** Entries of reference data that lack what every such entry has: answered with a warning, and not remembered. */
import type { Warning } from '../../schemas/common.ts'
import type { ReferenceEntry, ReferenceKind } from '../../schemas/reference-data.ts'

export function incompleteEntries(kind: ReferenceKind, entries: readonly ReferenceEntry[]): Warning[] {
  return entries.flatMap(({ id, name, code }, place) => {
    const missing = id === '' ? 'id' : name === null ? 'name' : kind === 'currencies' && !code ? 'code' : null
    if (missing === null) return []
    const detail = `The ERP gave no ${missing} that can be read.`
    return [{ pointer: `/data/${place}/${missing}`, code: 'garbled', detail }]
  })
}
