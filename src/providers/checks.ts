/** What steps of `check` share: a setting that is wrong is told by its dotted path. */
import type { ReferenceEntry } from '../../schemas/reference-data.ts'
import { GatewayError } from '../errors.ts'

export const wrongSetting = (setting: string, why: string): GatewayError =>
  new GatewayError('invalid_reference', `${setting}: ${why}`, { applied: 'no' })

/** Says what a setting's value was found to be, or throws. */
export function foundEntry(
  setting: string,
  entry: (Pick<ReferenceEntry, 'name' | 'active'> & { readonly kind?: string }) | undefined,
  what: string,
): string {
  if (!entry) throw wrongSetting(setting, `there is no such ${what}, or the gateway's role may not see it.`)
  const named = [entry.name, entry.kind && `(${entry.kind})`].filter(Boolean).join(' ')
  if (entry.active === false) throw wrongSetting(setting, `${named || `the ${what}`} is inactive.`)
  return named || `the ${what} is there`
}
