/** Reference data as whole lists. */
import type { ReferenceEntry, ReferenceKind } from '../../../schemas/reference-data.ts'
import { GatewayError } from '../../errors.ts'
import type { XmlNode } from '../../wire/xml.ts'
import { allOfEach, type Selection } from './all-records.ts'
import type { Client } from './client.ts'
import { CUSTOMER_REFERENCES } from './customer.ts'
import { PAYMENT_REFERENCES, WRITTEN_METHODS } from './payment.ts'
import type { ReferenceSource } from './references.ts'
import type { Defaults } from './settings.ts'

interface List extends ReferenceSource {
  readonly code?: string
  readonly filter?: (defaults: Defaults) => XmlNode
}
/** Lists whose names are their ids. */
const named = (object: string): List => ({ object, id: 'NAME', name: 'NAME' })
const known = (source: ReferenceSource | null | undefined): readonly List[] => (source ? [source] : [])

const compare = (operator: string, field: string, value: string): XmlNode => [
  operator,
  [
    ['field', field],
    ['value', value],
  ],
]
const ACCOUNTS: List = { object: 'GLACCOUNT', id: 'ACCOUNTNO', name: 'TITLE', code: 'ACCOUNTNO' }
const bank = (object: string): List => ({ object, id: 'BANKACCOUNTID', name: 'BANKNAME' })

/** The objects that make up each list (Intacct developer docs; ITEM as the vendor's SDK writes it). */
const LISTS: Readonly<Partial<Record<ReferenceKind, readonly List[]>>> = {
  terms: [named('ARTERM')],
  currencies: [{ object: 'TRXCURRENCIES', id: 'CODE', name: 'DESCRIPTION', code: 'CODE' }],
  accounts: [ACCOUNTS],
  'bank-accounts': [bank('CHECKINGACCOUNT'), bank('SAVINGSACCOUNT')],
  // Which accounts receivables may use is a setting that the API does not show: they are told by their title.
  'undeposited-accounts': [{ ...ACCOUNTS, filter: undeposited }],
  entities: [{ object: 'LOCATIONENTITY', id: 'LOCATIONID', name: 'NAME' }],
  departments: known(PAYMENT_REFERENCES['department']),
  classes: [{ object: 'CLASS', id: 'CLASSID', name: 'NAME' }],
  locations: known(PAYMENT_REFERENCES['location']),
  'customer-categories': [named('CUSTTYPE')],
  'sales-reps': known(CUSTOMER_REFERENCES['salesRep']),
  territories: known(CUSTOMER_REFERENCES['territory']),
  'price-levels': [named('SOPRICELIST')],
  'tax-codes': [named('CONTACTTAXGROUP')],
  items: [{ object: 'ITEM', id: 'ITEMID', name: 'NAME' }],
  'shipping-methods': [named('SHIPMETHOD')],
  'email-templates': [named('EMAILTEMPLATE')],
}

const MISSING: Readonly<Partial<Record<ReferenceKind, string>>> = {
  'customer-stages': 'Sage Intacct has no leads or prospects.',
  partners: 'A customer of Sage Intacct has no partner.',
  'billing-schedules': 'A customer of Sage Intacct has no billing schedule.',
  'discount-items': 'Sage Intacct has no discount items; discounts belong to terms and payments.',
  'contact-roles': 'The roles of contacts are fixed at Sage Intacct: primary, bill to and ship to.',
  'message-templates': 'The XML API of Sage Intacct has no list of invoice messages.',
}

/** Capitals matter in `like`. */
function undeposited({ undepositedAccountNo }: Defaults): XmlNode {
  const byTitle = compare('like', 'TITLE', '%ndeposited%')
  return undepositedAccountNo === undefined
    ? byTitle
    : ['or', [byTitle, compare('equalto', 'ACCOUNTNO', undepositedAccountNo)]]
}

/** Throws `not_supported` for a list that Sage Intacct, or this company, has not. */
export async function readList(
  client: Client,
  kind: ReferenceKind,
  defaults: Defaults,
): Promise<readonly ReferenceEntry[]> {
  if (kind === 'payment-methods')
    return [...new Set(Object.values(WRITTEN_METHODS))].map((word) => ({ id: word, name: word, active: true }))
  const lists = LISTS[kind]
  if (!lists || lists.length === 0) throw notSupported(MISSING[kind] ?? 'Sage Intacct has no such list.')
  const selections = lists.map((list) => selectionOf(list, defaults))
  try {
    const found = await allOfEach(client, selections)
    return found.flatMap((records, place) => records.map(({ fields }) => entryOf(lists[place]!, fields)))
  } catch (error) {
    throw isMissing(error) ? notSupported(`The company has no list of this kind: ${error.message}`) : error
  }
}

const notSupported = (reason: string) => new GatewayError('not_supported', reason, { applied: 'no' })

/** "Object definition … not found": a subscription that the company has not. */
const isMissing = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && (error.code === 'not_supported' || error.code === 'filter_not_supported')

const selectionOf = ({ object, id, name, code, filter }: List, defaults: Defaults): Selection => ({
  object,
  select: [...new Set(['RECORDNO', id, name, ...(code === undefined ? [] : [code]), 'STATUS'])],
  filter: filter ? filter(defaults) : compare('greaterthan', 'RECORDNO', '0'),
})

function entryOf({ id, name, code }: List, fields: Readonly<Record<string, unknown>>): ReferenceEntry {
  const text = (field: string) => (typeof fields[field] === 'string' && fields[field] !== '' ? fields[field] : null)
  return {
    id: text(id) ?? '',
    name: text(name),
    ...(code !== undefined && { code: text(code) ?? '' }),
    active: isActive(fields['STATUS']),
  }
}

/** The words of an object's status (developer docs, objects); other words, and none, say nothing. */
function isActive(status: unknown): boolean | null {
  if (status === 'active' || status === 'active non-posting') return true
  return status === 'inactive' ? false : null
}
