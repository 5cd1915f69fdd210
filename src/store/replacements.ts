/** Which record took the place of which, by gateway ids: kept as long as the database, since the records themselves tell nothing of it. */
import type { Kysely, Migration } from 'kysely'
import type { Tables } from './rows.ts'
import type { Replacements } from './store.ts'

export interface ReplacementTable {
  /** A record is replaced once: it was reversed for it. */
  replaced: string
  replacement: string
  /** PostgreSQL's driver gives a bigint as text. */
  created_at: number | string
}

export const REPLACEMENTS: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('replacements')
      .addColumn('replaced', 'text', (column) => column.primaryKey())
      .addColumn('replacement', 'text', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('replacements_replacement').on('replacements').columns(['replacement']).execute()
  },
}

export async function keepReplacement(
  db: Kysely<Tables>,
  { replaced, replacement, at }: { replaced: string; replacement: string; at: number },
): Promise<void> {
  const row = { replaced, replacement, created_at: at }
  await db
    .insertInto('replacements')
    .values(row)
    // An ERP that was set up anew counts from the start again: the newest is meant.
    .onConflict((conflict) => conflict.column('replaced').doUpdateSet({ replacement, created_at: at }))
    .execute()
}

/** One look at two indexes. */
export async function readReplacements(db: Kysely<Tables>, id: string): Promise<Replacements> {
  const rows = await db
    .selectFrom('replacements')
    .select(['replaced', 'replacement'])
    .orderBy('created_at', 'desc')
    .where((row) => row.or([row('replaced', '=', id), row('replacement', '=', id)]))
    .execute()
  return {
    replaces: rows.find((row) => row.replacement === id)?.replaced ?? null,
    replacedBy: rows.find((row) => row.replaced === id)?.replacement ?? null,
  }
}
