/** Short lists of the account that are records too: read one by one where the role may not use SuiteQL (names of release 2026.1). */
import type { ReferenceEntry, ReferenceKind } from '../../../schemas/reference-data.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Client } from './client.ts'
import type { RecordType } from './record-types.ts'
import { idOf, textOf } from './values.ts'

interface ListOfRecords {
  readonly type: RecordType
  /** What people read; the first that the record has. */
  readonly names: readonly string[]
  readonly code?: string
  /** Where it is put together. */
  readonly shown?: (record: VendorRecord) => string | null
  readonly belongs?: (record: VendorRecord) => boolean
}
const named = (type: RecordType): ListOfRecords => ({ type, names: ['name', 'refName'] })
const tree = (type: RecordType): ListOfRecords => ({ type, names: ['fullName', 'name', 'refName'] })
const person = (type: RecordType): ListOfRecords => ({ type, names: ['entityId', 'refName'] })
const ACCOUNTS: ListOfRecords = { type: 'account', names: ['fullName', 'acctName', 'refName'], code: 'acctNumber' }

const LISTS: Readonly<Partial<Record<string, ListOfRecords>>> = {
  'billing-schedules': named('billingSchedule'),
  classes: tree('classification'),
  'contact-roles': named('contactRole'),
  currencies: { type: 'currency', names: ['name', 'refName'], code: 'symbol' },
  'customer-categories': named('customerCategory'),
  'customer-stages': {
    ...named('customerStatus'),
    // As records show it: CUSTOMER-Closed Won.
    shown: (record) =>
      idOf(record['stage']) === null ? null : `${idOf(record['stage'])}-${textOf(record['name']) ?? ''}`,
  },
  departments: tree('department'),
  'discount-items': { type: 'discountItem', names: ['itemId', 'refName'] },
  entities: tree('subsidiary'),
  locations: tree('location'),
  partners: person('partner'),
  'payment-methods': named('paymentMethod'),
  'price-levels': named('priceLevel'),
  'sales-reps': { ...person('employee'), belongs: (record) => record['isSalesRep'] === true },
  'shipping-methods': { type: 'shipItem', names: ['itemId', 'refName'] },
  'tax-codes': { type: 'salesTaxItem', names: ['itemId', 'refName'] },
  terms: named('term'),
  accounts: ACCOUNTS,
  'bank-accounts': { ...ACCOUNTS, belongs: (record) => idOf(record['acctType']) === 'Bank' },
  'undeposited-accounts': {
    ...ACCOUNTS,
    belongs: (record) => /undeposited/i.test(`${textOf(record['fullName']) ?? ''} ${textOf(record['acctName']) ?? ''}`),
  },
}
/** Longer lists would keep the account busy for minutes. */
const MOST = 500

/** Null for a kind that is no short list of records here, or is too long to be read one by one. */
export async function readByRecords(
  client: Client,
  kind: ReferenceKind | string,
): Promise<readonly ReferenceEntry[] | null> {
  const list = LISTS[kind]
  if (!list) return null
  const { ids, hasMore } = await client.ids(list.type, null, MOST)
  if (hasMore) return null
  const records = await Promise.all(ids.map(async (id) => ({ id, record: await client.get(list.type, id) })))
  return records
    .filter(({ record }) => list.belongs?.(record) ?? true)
    .map(({ id, record }) => entryOf(list, id, record))
    .sort((one, other) => Number(one.id) - Number(other.id))
}

function entryOf({ names, code, shown }: ListOfRecords, id: string, record: VendorRecord): ReferenceEntry {
  const text = (name: string | undefined) => (name === undefined ? null : textOf(record[name]))
  const sign = text(code)
  return {
    id,
    name: shown?.(record) ?? names.map(text).find((name) => name !== null) ?? null,
    ...(sign !== null && { code: sign }),
    active: record['isInactive'] !== true,
  }
}
