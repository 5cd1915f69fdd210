/** A customer's addresses: its display contact and the contacts that are linked as bill-to, ship-to and primary. */
import type { Address, AddressWrite } from '../../../schemas/customer.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { countryCode, countryName } from './countries.ts'

type WarningCode = Parameters<NonNullable<Context['warn']>>[0]

/** Our id of an address, the vendor's prefix, and what a contact made for it is called without a label. */
export const ROLES = [
  { id: 'display', prefix: 'DISPLAYCONTACT', word: '' },
  { id: 'billTo', prefix: 'BILLTO', word: 'Bill to' },
  { id: 'shipTo', prefix: 'SHIPTO', word: 'Ship to' },
  { id: 'primary', prefix: 'CONTACTINFO', word: 'Primary' },
] as const
export type Role = (typeof ROLES)[number]['id']

const LINES = {
  line1: 'MAILADDRESS.ADDRESS1',
  line2: 'MAILADDRESS.ADDRESS2',
  line3: 'MAILADDRESS.ADDRESS3',
  city: 'MAILADDRESS.CITY',
  region: 'MAILADDRESS.STATE',
  postalCode: 'MAILADDRESS.ZIP',
} as const
const COUNTRY = 'MAILADDRESS.COUNTRY'
const COUNTRY_CODE = 'MAILADDRESS.COUNTRYCODE'
/** Vendor paths below a contact's prefix, for docs and for pointing errors back. */
export const ADDRESS_PATHS: readonly string[] = [...Object.values(LINES), COUNTRY, COUNTRY_CODE]

/** An empty one is an empty element; the third line and the code of the country are newer (developer docs, contacts). */
const SHOWN_OF_ALL = [
  ...['CONTACTNAME', 'PRINTAS', 'PHONE1', LINES.line1, LINES.line2, LINES.city, LINES.region, LINES.postalCode],
  COUNTRY,
] as const

/** The documentation of customers writes ISOCOUNTRYCODE, that of contacts COUNTRYCODE; both are read as COUNTRYCODE. */
const WRITTEN_CODE = { customer: 'MAILADDRESS.ISOCOUNTRYCODE', contact: COUNTRY_CODE } as const

const present = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Contacts that several roles share are one address, under the first role that has it. */
export function readAddresses(record: VendorRecord, context?: Context): Address[] {
  const nameIn = (prefix: string) => present(record[`${prefix}.CONTACTNAME`])
  const display = nameIn('DISPLAYCONTACT')
  const billing = nameIn('BILLTO') ?? display
  const shipping = nameIn('SHIPTO') ?? display
  const seen = new Set<string | null>([display])
  const addresses: Address[] = []
  for (const { id, prefix } of ROLES) {
    const contactName = nameIn(prefix)
    if (id === 'display' ? !hasAddress(record, prefix) : seen.has(contactName) || contactName === null) continue
    seen.add(contactName)
    const warn = (code: WarningCode, detail: string, part = '') =>
      context?.warn?.(code, detail, `/${addresses.length}${part}`)
    const missing = SHOWN_OF_ALL.filter((path) => !Object.hasOwn(record, `${prefix}.${path}`))
    if (missing.length > 0) warn('garbled', `The ERP does not show ${missing.join(', ')} of ${prefix}.`)
    addresses.push({
      ...addressAt(record, prefix, warn),
      id,
      isDefaultBilling: contactName === billing,
      isDefaultShipping: contactName === shipping,
      contactName,
    })
  }
  return addresses
}

const hasAddress = (record: VendorRecord, prefix: string): boolean =>
  ADDRESS_PATHS.some((path) => present(record[`${prefix}.${path}`]) !== null)

function mustBeText(record: VendorRecord, path: string, field: string, warn?: Context['warn']): void {
  const value = record[path]
  if (!isEmpty(value) && typeof value !== 'string')
    warn?.('garbled', `The ERP's value of ${path} cannot be read: expected text.`, `/${field}`)
}

function addressAt(record: VendorRecord, prefix: string, warn: NonNullable<Context['warn']>): Omit<Address, 'id'> {
  const value = (path: string, field: string) => {
    mustBeText(record, `${prefix}.${path}`, field, warn)
    return present(record[`${prefix}.${path}`])
  }
  const printAs = value('PRINTAS', 'addressee')
  const lines = Object.fromEntries(Object.entries(LINES).map(([field, path]) => [field, value(path, field)]))
  return {
    label: labelOf(value('CONTACTNAME', 'label'), record),
    addressee: printAs === present(record['NAME']) ? null : printAs,
    ...lines,
    country: countryAt(record, prefix, warn),
    phone: value('PHONE1', 'phone'),
  }
}

/** The code beside the name, else the one of the name; a name that is none is told of, and kept when the address is written. */
function countryAt(record: VendorRecord, prefix: string, warn?: Context['warn']): string | null {
  for (const path of [COUNTRY, COUNTRY_CODE]) mustBeText(record, `${prefix}.${path}`, 'country', warn)
  const code = present(record[`${prefix}.${COUNTRY_CODE}`])?.trim().toUpperCase() ?? null
  const name = present(record[`${prefix}.${COUNTRY}`])
  if (code !== null && /^[A-Z]{2}$/.test(code)) return code
  const known = name === null ? null : countryCode(name)
  const said = name ?? code
  if (known === null && said !== null)
    warn?.('unknown_word', `The ERP says "${said.slice(0, 60)}" here, which is no country with a code.`, '/country')
  return known
}

/** Contact names are unique in the whole company, so a label gets the customer's id behind it, as in Intacct's own names. */
export const contactNameFor = (label: string, customer: { id: string | null; name: string }): string =>
  customer.id === null ? `${label}(${customer.name})` : `${label}(C${customer.id})`

function labelOf(contactName: string | null, record: VendorRecord): string | null {
  if (contactName === null) return null
  const name = present(record['NAME'])
  const suffix = [`(C${record['CUSTOMERID']})`, `(${name})`].find((one) => contactName.endsWith(one))
  const label = suffix === undefined ? contactName : contactName.slice(0, -suffix.length)
  const made = ROLES.some(({ word }) => word !== '' && label.replace(/ \d+$/, '') === word)
  return made || label === name ? null : label
}

/** What an address replaces: the record that has it, and where in it. */
export interface Replaced {
  readonly record: VendorRecord
  readonly prefix: string
}

/**
 * A contact's fields for an address, relative to the contact. What an address that replaces another leaves out is emptied;
 * otherwise it is left out too.
 */
export function addressFields(
  address: AddressWrite,
  place: 'customer' | 'contact',
  replaced: Replaced | 'nothing',
): Record<string, string> {
  const lines = Object.entries(LINES).map(([field, path]) => [path, address[field as keyof typeof LINES]] as const)
  const fields: Record<string, string> = {}
  for (const [path, value] of [...lines, ...countryFields(address.country, place, replaced)]) {
    if (value !== null && value !== undefined) fields[path] = value
    else if (replaced !== 'nothing') fields[path] = ''
  }
  return fields
}

/** What Intacct has and nobody can name stays, also where the caller sends back the null that it was read as. */
function countryFields(
  country: string | null | undefined,
  place: 'customer' | 'contact',
  replaced: Replaced | 'nothing',
): (readonly [string, string | null | undefined])[] {
  const before = replaced === 'nothing' ? null : present(replaced.record[`${replaced.prefix}.${COUNTRY}`])
  const read = replaced === 'nothing' ? null : countryAt(replaced.record, replaced.prefix)
  if (country == null && before !== null && read === null) return []
  // A code alone was reported to change nothing: name and code go together. Intacct's own name is kept.
  const name = country == null ? country : before !== null && read === country ? before : countryName(country)
  return [
    [COUNTRY, name],
    [WRITTEN_CODE[place], country],
  ]
}
