/** The table as SQL has it, and rows turned into intents and back. */
import type { Insertable, Selectable } from 'kysely'
import type { AccountFactTable } from './facts.ts'
import type { ReplacementTable } from './replacements.ts'
import type { Intent, IntentState, LeaseRequest, NewIntent } from './store.ts'

export interface IntentTable {
  id: string
  caller: string
  connection: string
  operation: string
  key: string | null
  /** 1 while the key leads to this intent. */
  key_held: number
  fingerprint: string
  state: IntentState
  promised: number
  answer_status: number | null
  answer_headers: string | null
  answer_body: string | null
  problem: string | null
  resource_id: string | null
  tries: number
  /** PostgreSQL's driver gives a bigint as text. */
  created_at: number | string
  updated_at: number | string
  journal: string | null
  owner: string
  fencing: number
  /** 0: nobody works on it. */
  lease_until: number | string
  probes: number
  /** When an unknown one is looked for next; null: never by itself. */
  probe_at: number | string | null
  sent_at: number | string | null
}
export interface Tables {
  intents: IntentTable
  account_facts: AccountFactTable
  replacements: ReplacementTable
}

export const newRow = (
  { id, caller, connection, operation, key, fingerprint }: NewIntent,
  { owner, until }: LeaseRequest,
  at: number,
): Insertable<IntentTable> => ({
  id,
  caller,
  connection,
  operation,
  key,
  key_held: 1,
  fingerprint,
  state: 'accepted',
  promised: 0,
  tries: 0,
  created_at: at,
  updated_at: at,
  owner,
  fencing: 1,
  lease_until: until,
  probes: 0,
})

export const toIntent = (row: Selectable<IntentTable>): Intent => ({
  id: row.id,
  caller: row.caller,
  connection: row.connection,
  operation: row.operation,
  key: row.key,
  fingerprint: row.fingerprint,
  state: row.state,
  promised: row.promised === 1,
  answer:
    row.answer_status === null
      ? null
      : { status: row.answer_status, headers: JSON.parse(row.answer_headers ?? '{}'), body: row.answer_body },
  problem: row.problem,
  resourceId: row.resource_id,
  journal: row.journal,
  hold: { owner: row.owner, fencing: row.fencing },
  leaseUntil: Number(row.lease_until),
  probes: row.probes,
  sentAt: row.sent_at === null ? null : Number(row.sent_at),
  tries: row.tries,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
})
