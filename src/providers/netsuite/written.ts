/** What the caller wrote, made ready for the mapping: names of references and ISO codes become internal ids. */
import type { Reference } from '../../../schemas/common.ts'
import type { Row } from '../../mapping/mapping.ts'
import type { Session } from './session.ts'

type Input = Readonly<Record<string, unknown>>

/** References as `{id}`, the currency as `{id}`; everything else as it is. A currency of an account without any is left out. */
export async function withIds(session: Session, mapping: object, input: Input): Promise<Record<string, unknown>> {
  const ready: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(input)) {
    const row = (mapping as Record<string, Row<unknown> | undefined>)[field]
    const codec = row?.kind === 'at' && row.access !== 'read-only' ? row.codec : null
    if (value === null || value === undefined || !codec) ready[field] = value
    else if (codec.title === 'currency') {
      const id = await session.references.currencyId(value as string, `/${field}`)
      if (id !== null) ready[field] = { id }
    } else if (codec.referenceKind)
      ready[field] = { id: await session.references.idOf(codec.referenceKind, value as Reference, `/${field}`) }
    else ready[field] = value
  }
  return ready
}
