/** What the caller wrote, made ready for the mapping: names of references and ISO codes become internal ids. */
import type { Reference } from '../../../schemas/common.ts'
import { type FieldError, GatewayError } from '../../errors.ts'
import type { Row } from '../../mapping/mapping.ts'
import { currencyIdToWrite } from './one-currency.ts'
import type { RecordKind, Session } from './session.ts'

type Input = Readonly<Record<string, unknown>>

/** References as `{id}`, the currency as `{id}`; everything else as it is. A currency of an account without any is left out. */
export async function withIds(session: Session, kind: RecordKind, input: Input): Promise<Record<string, unknown>> {
  refuseUnknownNames(session, kind, input)
  const mapping: object = session.mappings[kind]
  const ready: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(input)) {
    const row = (mapping as Record<string, Row<unknown> | undefined>)[field]
    const codec = row?.kind === 'at' && row.access !== 'read-only' ? row.codec : null
    if (value !== null && value !== undefined && field === 'currency') {
      const id = await currencyIdToWrite(session, value as string, '/currency')
      if (id !== null) ready[field] = { id }
    } else if (value === null || value === undefined || !codec) ready[field] = value
    else if (codec.referenceKind)
      ready[field] = { id: await session.references.idOf(codec.referenceKind, value as Reference, `/${field}`) }
    else ready[field] = value
  }
  return ready
}

/** What the caller names by NetSuite's own name is looked up in the catalog, where the account shows it. */
function refuseUnknownNames(session: Session, kind: RecordKind, input: Input): void {
  const types = session.shapeOf(kind)?.types
  if (!types) return
  const errors = (['customFields', 'vendorFields'] as const).flatMap((place): FieldError[] =>
    Object.keys((input[place] as object | null | undefined) ?? {})
      .filter((name) => !Object.hasOwn(types, name.split('.', 1)[0] as string))
      .map((name) => ({
        pointer: `/${place}/${name}`,
        code: 'field_not_supported',
        detail: `The account has no field ${name}, or the gateway's role may not see it.`,
      })),
  )
  if (errors.length === 0) return
  throw new GatewayError('field_not_supported', errors.map((error) => error.detail).join(' '), { errors })
}
