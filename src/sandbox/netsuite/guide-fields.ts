/** The fields of the guide's account: the release's own, but for what the guide names or types otherwise. */
import { CUSTOMER_FIELDS } from './customer-fields.ts'
import { type Field, type FieldTable, many } from './fields.ts'
import { PAYMENT_FIELDS } from './transaction-fields.ts'

/**
 * The guide lists key fields only, so what it is silent about stays as on every account (externalId, parent, custom fields).
 * Gone are the release's names for what the guide calls otherwise, and what came with them.
 */
const GONE_FROM_CUSTOMERS = ['isInactive']
const GONE_FROM_PAYMENTS =
  'paymentOption checkNumber arAcct handlingMode paymentOperation paymentProcessingProfile paymentInstrumentLimit'.split(
    ' ',
  )

function without(fields: FieldTable, names: readonly string[]): FieldTable {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)))
}

/** As `fields[name]`, and usable in `q`: the guide filters by it. */
const filterable = (fields: FieldTable, name: string): Record<string, Field> => ({
  [name]: { ...fields[name]!, filterable: true },
})

/** `sublist` of `fields` with more fields in its lines. */
function withLineFields(fields: FieldTable, sublist: string, more: FieldTable): Record<string, Field> {
  const field = fields[sublist]!
  return { [sublist]: { ...field, items: { ...field.items, ...more } } }
}

/** The guide writes a country as {"refName": "US"}: the code is what people read there. */
function withCountryCodes(fields: FieldTable): FieldTable {
  const line = fields['addressBook']!.items!
  const address = line['addressBookAddress']!
  const country = address.items!['country']!
  const codes = Object.fromEntries(Object.keys(country.values!).map((code) => [code, code]))
  const items = { ...address.items, country: { ...country, values: codes } }
  return withLineFields(fields, 'addressBook', { addressBookAddress: { ...address, items } })
}

export const GUIDE_CUSTOMER_FIELDS: FieldTable = {
  ...without(CUSTOMER_FIELDS, GONE_FROM_CUSTOMERS),
  inactive: { kind: 'boolean', filterable: true },
  department: { kind: 'reference', to: 'department' },
  class: { kind: 'reference', to: 'classification' },
  location: { kind: 'reference', to: 'location' },
  discountItem: { kind: 'reference', to: 'item' },
  ...filterable(CUSTOMER_FIELDS, 'balance'),
  ...withCountryCodes(CUSTOMER_FIELDS),
  // The guide names the list and says nothing of its lines: the sandbox keeps no cards.
  creditCards: { kind: 'sublist', items: {}, closed: true },
}

/** The guide shows DEPOSITED; the other two ids are made after it. */
export const GUIDE_STATUSES = {
  UNAPPROVED: 'Unapproved Payment',
  REJECTED: 'Rejected',
  NOT_DEPOSITED: 'Not Deposited',
  DEPOSITED: 'Deposited',
} as const

export const GUIDE_PAYMENT_FIELDS: FieldTable = {
  ...without(PAYMENT_FIELDS, GONE_FROM_PAYMENTS),
  paymentMethod: { kind: 'reference', to: 'paymentMethod', filterable: true },
  checkNum: { kind: 'text', filterable: true, maxLength: 45, label: 'Check #' },
  undepFunds: { kind: 'boolean', filterable: true },
  // Cards are kept by a processor: the sandbox's account has none, so any reference is an invalid one.
  creditCard: { kind: 'reference', to: 'nothing' },
  status: { kind: 'enum', values: GUIDE_STATUSES, readOnly: true },
  ...filterable(PAYMENT_FIELDS, 'payment'),
  ...filterable(PAYMENT_FIELDS, 'unapplied'),
  ...withLineFields(PAYMENT_FIELDS, 'apply', { ...many('disc', { kind: 'double' }), discDate: { kind: 'date' } }),
}
