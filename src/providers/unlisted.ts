/** What only single records have: refused where a list is asked for it by name, because left out it would seem not to be there. */
import { fieldError } from '../errors.ts'

export function refuseUnlisted(fields: ReadonlySet<string> | null, lacks: readonly string[]): void {
  const lacking = lacks.find((field) => fields?.has(field))
  if (lacking === undefined) return
  throw fieldError('field_not_supported', '?fields', `${lacking} is in the single record only, not in lists.`)
}
