/** The table as SQL has it, and rows turned into intents and back. */
import type { Insertable, Selectable } from 'kysely'
import type { AccountFactTable } from './facts.ts'
import type { Intent, IntentState, NewIntent } from './store.ts'

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
}
export interface Tables {
  intents: IntentTable
  account_facts: AccountFactTable
}

export const newRow = (
  { id, caller, connection, operation, key, fingerprint }: NewIntent,
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
  tries: row.tries,
  createdAt: Number(row.created_at),
  updatedAt: Number(row.updated_at),
})
