/** Addresses in lists of customers: asked for by name, one query for a whole page, its rows read as lines of the address book. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { contextAt } from '../../mapping/reading.ts'
import type { ListQuery, RecordPage } from '../provider.ts'
import { type Line, readAddresses } from './addresses.ts'
import { jsonNumber } from './codecs.ts'
import { notListed } from './columns.ts'
import { hasId } from './list-rows.ts'
import { isBadQuery } from './query-access.ts'
import type { Session } from './session.ts'
import { ownIdOf } from './values.ts'

/** Record JSON's names of an address; SuiteQL has them in lower case. */
const POSTAL = ['addressee', 'addr1', 'addr2', 'addr3', 'addrPhone', 'city', 'state', 'zip', 'country'] as const

/**
 * Tables, keys and columns as CData's SuiteQL model has them (customerAddressbook, customerAddressbookEntityAddress); how they
 * are joined, and the default addresses of a customer, as public queries have them. That `internalid` is the id of the
 * record's line is uncertain.
 */
const SELECT = [
  'SELECT c.id AS customer, c.defaultbillingaddress, c.defaultshippingaddress, b.internalid, b.addressbookaddress, b.label,',
  `b.defaultbilling, b.defaultshipping, a.nkey, ${POSTAL.map((name) => `a.${name.toLowerCase()}`).join(', ')}`,
  'FROM customer c LEFT JOIN customeraddressbook b ON b.entity = c.id',
  'LEFT JOIN customeraddressbookentityaddress a ON a.nkey = b.addressbookaddress',
].join(' ')
const ORDER = 'ORDER BY c.id, b.internalid'
/** The most rows of one answer. */
const ROWS = 1000

/** The page with the addresses of its customers, where they are asked for. */
export async function withAddresses(
  session: Session,
  { fields }: ListQuery,
  page: RecordPage<CustomerRecord>,
): Promise<RecordPage<CustomerRecord>> {
  if (!fields?.has('addresses') || page.items.length === 0) return page
  const books = new Map<string, Line[]>(page.items.map(({ nativeId }) => [nativeId, []]))
  const rows = await rowsOf(session, [...books.keys()])
  const named = rows.filter(namesAddress)
  if (named.length > 0 && named.every(isHidden))
    throw hidden("The gateway's role may not see the rows of NetSuite's tables of addresses.")
  const incomplete = new Set<string>()
  let lost = 0
  for (const row of rows) {
    const customer = hasId({ id: row['customer'] }) ? ownIdOf(row['customer']) : ''
    const book = books.get(customer)
    if (!book) lost++
    else if (namesAddress(row) && isHidden(row)) incomplete.add(customer)
    else if (row['internalid'] !== undefined) book.push(lineOf(row))
  }
  const items = page.items.map((item) => {
    const warnings = [...(item.warnings ?? [])]
    if (incomplete.has(item.nativeId)) warnings.push({ pointer: '/addresses', code: 'garbled', detail: NOT_ALL })
    const context = contextAt({ currency: null, timeZone: session.timeZone }, '/addresses', warnings)
    const addresses = readAddresses(books.get(item.nativeId) ?? [], context)
    return { ...item, record: { ...item.record, addresses }, warnings }
  })
  if (lost === 0) return { ...page, items }
  const detail = `${lost} rows of addresses came without a customer of this page, and are left out.`
  return { ...page, items, warnings: [...(page.warnings ?? []), { pointer: '/addresses', code: 'garbled', detail }] }
}

async function rowsOf(session: Session, ids: readonly string[]): Promise<VendorRecord[]> {
  const among = `c.id IN (${ids.map(() => '?').join(', ')})`
  const params = ids.map(jsonNumber)
  const rows: VendorRecord[] = []
  try {
    for (let after = ''; ; ) {
      const more = after === '' ? [] : afterRow(rows.at(-1) as VendorRecord)
      const query = `${SELECT} WHERE ${among}${after} ${ORDER}`
      const answer = await session.client.query(query, [...params, ...more], ROWS, 'customer addresses')
      rows.push(...answer.rows)
      if (!answer.hasMore || answer.rows.length === 0) return rows
      after = ' AND (c.id > ? OR (c.id = ? AND b.internalid > ?))'
    }
  } catch (error) {
    if (!isBadQuery(error)) throw error
    throw hidden('The NetSuite account has no tables of addresses, or the role may not see them.')
  }
}
const afterRow = (row: VendorRecord) =>
  [row['customer'], row['customer'], row['internalid'] ?? 0].map((value) => jsonNumber(ownIdOf(value)))

const hidden = (why: string) => notListed('addresses', why)

/** A customer without addresses has one row, and it names none. */
const namesAddress = (row: VendorRecord): boolean =>
  ['defaultbillingaddress', 'defaultshippingaddress', 'addressbookaddress'].some(
    (name) => row[name] !== undefined && row[name] !== null,
  )
/**
 * A role may see a table and none of its rows (public code tells of one): then a default address or a line is there, and
 * what it names is not.
 */
const isHidden = (row: VendorRecord): boolean => row['internalid'] === undefined || row['nkey'] === undefined
const NOT_ALL = 'NetSuite names an address of this customer and does not give it.'

function lineOf(row: VendorRecord): Line {
  return {
    id: row['internalid'],
    label: row['label'],
    defaultBilling: row['defaultbilling'],
    defaultShipping: row['defaultshipping'],
    addressBookAddress: Object.fromEntries(POSTAL.map((name) => [name, row[name.toLowerCase()]])),
  }
}
