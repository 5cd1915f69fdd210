/** The profiles that a sandbox account can have, by name. */
import { CREDIT_MEMO, DEPOSIT_APPLICATION } from './credit-applications.ts'
import { CUSTOMER } from './customers.ts'
import { CUSTOMER_DEPOSIT, INVOICE } from './documents.ts'
import { GUIDE } from './guide-profile.ts'
import { LIST_RECORDS } from './list-records.ts'
import { CUSTOMER_PAYMENT } from './payments.ts'
import type { Profile, ProfileName } from './profile.ts'
import { parseQuery } from './query-language.ts'
import { CUSTOMER_REFUND } from './refunds.ts'
import { withoutSubsidiaries } from './single-profile.ts'

/** What the profiles have in common but for the fields of subsidiaries. */
const OTHERS = [INVOICE, CREDIT_MEMO, CUSTOMER_DEPOSIT, DEPOSIT_APPLICATION, CUSTOMER_REFUND, ...LIST_RECORDS]
const TYPES = [CUSTOMER, CUSTOMER_PAYMENT, ...OTHERS]
const WITHOUT_ONEWORLD = TYPES.filter((type) => type.name !== 'subsidiary').map(withoutSubsidiaries)

const RELEASE: Profile = {
  name: '2026.1',
  types: TYPES,
  ...{ suiteQl: true, answersWithRecord: false, refNames: false, numbersInNames: true },
  parseQuery: (text) => parseQuery(text),
  refusal: (error) => error,
}

const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  '2026.1': RELEASE,
  guide: { ...RELEASE, ...GUIDE, types: [...GUIDE.types, ...OTHERS] },
  single: { ...RELEASE, name: 'single', types: WITHOUT_ONEWORLD, suiteQl: false },
}

/** By the name that people write; refused when there is none such. */
export function profileNamed(name: string): Profile {
  if (!Object.hasOwn(PROFILES, name))
    throw new Error(`There is no NetSuite profile "${name}"; there are ${Object.keys(PROFILES).join(', ')}.`)
  return PROFILES[name as ProfileName]
}
