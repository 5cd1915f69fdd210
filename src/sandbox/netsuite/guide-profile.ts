/** The guide's account: its names translated to and from the release's, what it demands, and how it answers and refuses. */
import type { Values } from './body.ts'
import { CUSTOMER } from './customers.ts'
import { missingValues, NetSuiteError } from './errors.ts'
import { type FieldTable, labelOf } from './fields.ts'
import { GUIDE_CUSTOMER_FIELDS, GUIDE_PAYMENT_FIELDS, GUIDE_STATUSES } from './guide-fields.ts'
import { parseGuideQuery } from './guide-query.ts'
import { CUSTOMER_PAYMENT } from './payments.ts'
import type { Profile } from './profile.ts'
import type { RecordType } from './record-type.ts'
import { PAYMENT_STATUSES } from './transaction-fields.ts'
import { CODED, worded } from './words.ts'

/** Where a value of the guide is kept, and how it differs there. */
interface Counterpart {
  readonly name: string
  toRelease?(value: unknown): unknown
  fromRelease?(value: unknown): unknown
}
type Counterparts = Readonly<Record<string, Counterpart>>

/** A record type of the release under the guide's names; `demand` refuses a new record that lacks what the guide requires. */
function renamed(
  type: RecordType,
  fields: FieldTable,
  names: Counterparts,
  demand: (values: Values) => readonly string[],
): RecordType {
  const release = (values: Values): Values =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => {
        const other = names[name]
        return [other?.name ?? name, value === null ? null : (other?.toRelease?.(value) ?? value)]
      }),
    )
  return {
    ...type,
    fields,
    value: (state, id, field) => {
      const other = names[field]
      const value = type.value(state, id, other?.name ?? field)
      return other?.fromRelease && value !== undefined ? other.fromRelease(value) : value
    },
    create: (state, values) => {
      const missing = demand(values).map((name) => labelOf(name, fields[name]))
      if (missing.length > 0) throw missingValues(missing)
      return type.create!(state, release(values))
    },
    update: (state, id, values, replace) => type.update!(state, id, release(values), replace),
  }
}

const isAbsent = (values: Values) => (name: string) => values[name] === undefined || values[name] === null

const CUSTOMERS = renamed(CUSTOMER, GUIDE_CUSTOMER_FIELDS, { inactive: { name: 'isInactive' } }, (values) => {
  const names = values['isPerson'] === true ? ['firstName', 'lastName'] : ['companyName']
  const number = values['autoName'] === true ? [] : ['entityId']
  return [...names, 'subsidiary', ...number].filter(isAbsent(values))
})

const statusId = (letter: unknown): string | undefined => {
  const text = PAYMENT_STATUSES[letter as keyof typeof PAYMENT_STATUSES]
  return Object.entries(GUIDE_STATUSES).find(([, words]) => words === text)?.[0]
}

const PAYMENTS = renamed(
  CUSTOMER_PAYMENT,
  GUIDE_PAYMENT_FIELDS,
  {
    paymentMethod: { name: 'paymentOption' },
    checkNum: { name: 'checkNumber' },
    undepFunds: {
      name: 'undepFunds',
      toRelease: (value) => (value === true ? 'T' : 'F'),
      fromRelease: (value) => value === 'T',
    },
    status: { name: 'status', fromRelease: statusId },
  },
  (values) => {
    const account = values['undepFunds'] === true ? [] : ['account']
    return ['customer', 'tranDate', 'payment', 'subsidiary', 'currency', ...account].filter(isAbsent(values))
  },
)

/** The guide's two samples of errors; what it has no sample of keeps NetSuite's own code and words. */
function refusal(error: NetSuiteError): NetSuiteError {
  const { code, detail } = error.detail
  if (code !== 'USER_ERROR') return error
  if (/This entity already exists\.$/.test(detail)) {
    return new NetSuiteError(409, { code: 'UNIQUE_CUST_ID_REQD', detail: CODED.UNIQUE_CUST_ID_REQD })
  }
  const labels = /Please enter value\(s\) for: (.+)\.$/.exec(detail)?.[1]
  if (labels === undefined) return error
  return new NetSuiteError(400, { code: 'FIELD_REQUIRED', detail: worded(CODED.FIELD_REQUIRED, { labels }) })
}

export const GUIDE = {
  name: 'guide',
  types: [CUSTOMERS, PAYMENTS],
  ...{ answersWithRecord: true, refNames: true, numbersInNames: false },
  errorType: 'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
  parseQuery: parseGuideQuery,
  refusal,
} satisfies Partial<Profile>
