/** What every record of its kind has: where it is missing, it is said, because null would be taken for a fact. */
import type { Warning } from '../../../schemas/common.ts'

export function missedAloud(
  record: Readonly<Record<string, unknown>>,
  never: readonly string[],
  warnings: readonly Warning[] = [],
): Warning[] {
  const told = new Set(warnings.map(({ pointer }) => pointer))
  const detail = 'NetSuite gave no value, and every such record has one.'
  return never
    .filter((field) => field in record && record[field] === null && !told.has(`/${field}`))
    .map((field) => ({ pointer: `/${field}`, code: 'garbled', detail }))
}

const OF_TRANSACTIONS = ['customer', 'date', 'currency']
/** Of a whole record; customers may be without any of these. */
export const neverEmpty = (mapping: object): readonly string[] => ('date' in mapping ? OF_TRANSACTIONS : [])
