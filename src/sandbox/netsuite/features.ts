/** Features that an account can be without: their fields, records, columns and tables are then not there. */
import type { FieldTable } from './fields.ts'
import type { Profile } from './profile.ts'
import type { RecordType } from './record-type.ts'
import { withoutSubsidiaries } from './single-profile.ts'
import { SqlRefusal } from './sql-tokens.ts'

interface Absence {
  /** Fields of customers and transactions, which are columns of the same name as well. */
  readonly fields: readonly string[]
  readonly record: string
  readonly table: string
}
const FEATURES = {
  /** Multiple Currencies. */
  currencies: { fields: ['currency', 'exchangeRate', 'currencyList'], record: 'currency', table: 'currency' },
  /** OneWorld. */
  subsidiaries: { fields: ['subsidiary'], record: 'subsidiary', table: 'subsidiary' },
  departments: { fields: ['department'], record: 'department', table: 'department' },
  classes: { fields: ['class'], record: 'classification', table: 'classification' },
  locations: { fields: ['location'], record: 'location', table: 'location' },
} as const satisfies Readonly<Record<string, Absence>>
export type Feature = keyof typeof FEATURES

export function withoutFeatures(profile: Profile, features: readonly Feature[]): Profile {
  if (features.length === 0) return profile
  const records = new Set<string>(features.map((feature) => FEATURES[feature].record))
  const fields = new Set<string>(features.flatMap((feature) => [...FEATURES[feature].fields]))
  const types = profile.types.filter(({ name }) => !records.has(name)).map((type) => without(type, fields))
  return {
    ...profile,
    types: features.includes('subsidiaries') ? types.map(withoutSubsidiaries) : types,
    missing: new Set(
      [...fields, ...features.map((feature) => FEATURES[feature].table)].map((name) => name.toLowerCase()),
    ),
  }
}

const without = (type: RecordType, names: ReadonlySet<string>): RecordType => ({
  ...type,
  fields: Object.fromEntries(Object.entries(type.fields).filter(([name]) => !names.has(name))) as FieldTable,
})

/** Both texts are public: the first of accounts without OneWorld, the second of fields that an account has not (any more). */
export function refuseMissing({ missing }: Profile, words: ReadonlySet<string>): void {
  const name = [...(missing ?? [])].find((one) => words.has(one))
  if (name === undefined) return
  if (name === 'subsidiary')
    throw new SqlRefusal(`Unknown identifier '${name}'. Available identifiers are: {transaction=transaction}.`)
  throw new SqlRefusal(`Field '${name}' for record 'transaction' was not found. Reason: REMOVED - Field is removed`)
}
