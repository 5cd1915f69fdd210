/** An account without OneWorld: it has one company and no field that names a subsidiary. */
import type { FieldTable } from './fields.ts'
import type { RecordType } from './record-type.ts'

/** The one company of such an account; the books need it, no record shows it. */
const COMPANY = '1'

/** The same record type without the fields that OneWorld adds: not in the catalog, not in records, refused when sent. */
export function withoutSubsidiaries(type: RecordType): RecordType {
  const { create } = type
  const hasCompany = type.name === 'customer'
  return {
    ...type,
    fields: withoutCompany(type.fields),
    ...(create && {
      create: (state, values) => create(state, hasCompany ? { ...values, subsidiary: COMPANY } : values),
    }),
  }
}

function withoutCompany(fields: FieldTable): FieldTable {
  const kept = Object.entries(fields).filter(([name]) => !/subsidiary/i.test(name))
  return Object.fromEntries(
    kept.map(([name, field]) => [name, field.items ? { ...field, items: withoutCompany(field.items) } : field]),
  )
}
