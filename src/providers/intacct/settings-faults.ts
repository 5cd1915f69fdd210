/** What is wrong with settings that their schema cannot tell: fields for the gateway's own use that are none. */
import type { Row } from '../../mapping/mapping.ts'
import { insecureFaults } from '../../wire/insecure.ts'
import { CUSTOMER_STANDARD, customerMapping } from './customer.ts'
import { PAYMENT_STANDARD, paymentMapping } from './payment.ts'
import type { Settings } from './settings.ts'

/** By dotted path. A field of Intacct's own would be overwritten by what the gateway puts there. */
export function settingsFaults(settings: Settings): string[] {
  const { defaults = {}, endpoint } = settings
  const { intentField, externalIdField } = defaults
  const names = { externalIdField, intentField }
  const insecure = insecureFaults({ endpoint }, settings)
  const faults = Object.entries(names).flatMap(([setting, name]) =>
    name !== undefined && isStandard(name.toUpperCase())
      ? [`defaults.${setting}: it is a standard field of Sage Intacct; name a custom field`]
      : [],
  )
  const isSame = intentField !== undefined && intentField.toUpperCase() === externalIdField?.toUpperCase()
  return [
    ...insecure,
    ...faults,
    ...(isSame ? ['defaults.intentField: it is the field of external ids; name another'] : []),
  ]
}

const isStandard = (name: string): boolean =>
  CUSTOMER_STANDARD.has(name) || PAYMENT_STANDARD.has(name) || mapped.has(name)

const mapped: ReadonlySet<string> = new Set(
  [customerMapping(), paymentMapping()]
    .flatMap((mapping): Row<never>[] => Object.values(mapping) as Row<never>[])
    .flatMap((row) => (row.kind === 'absent' ? [] : row.paths))
    .map((path) => path.toUpperCase()),
)
