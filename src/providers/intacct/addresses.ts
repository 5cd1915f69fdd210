/** A customer's addresses: its display contact and the contacts that are linked as bill-to, ship-to and primary. */
import type { Address, AddressWrite } from '../../../schemas/customer.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import { countryCode, countryName } from './countries.ts'

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

/** The documentation of customers writes ISOCOUNTRYCODE, that of contacts COUNTRYCODE; both are read as COUNTRYCODE. */
const WRITTEN_CODE = { customer: 'MAILADDRESS.ISOCOUNTRYCODE', contact: COUNTRY_CODE } as const

const present = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Contacts that several roles share are one address, under the first role that has it. */
export function readAddresses(record: VendorRecord): Address[] {
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
    addresses.push({
      ...addressAt(record, prefix),
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

function addressAt(record: VendorRecord, prefix: string): Omit<Address, 'id'> {
  const value = (path: string) => present(record[`${prefix}.${path}`])
  const printAs = value('PRINTAS')
  const lines = Object.fromEntries(Object.entries(LINES).map(([field, path]) => [field, value(path)]))
  return {
    label: labelOf(value('CONTACTNAME'), record),
    addressee: printAs === present(record['NAME']) ? null : printAs,
    ...lines,
    country: value(COUNTRY_CODE)?.toUpperCase() ?? countryCode(value(COUNTRY) ?? ''),
    phone: value('PHONE1'),
  }
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

/**
 * A contact's fields for an address, relative to the contact. `whole` replaces: what the address leaves out is
 * emptied; otherwise it is left out too.
 */
export function addressFields(
  address: AddressWrite,
  place: 'customer' | 'contact',
  whole: boolean,
): Record<string, string> {
  const { country } = address
  const values: Record<string, string | null | undefined> = {
    ...Object.fromEntries(Object.entries(LINES).map(([field, path]) => [path, address[field as keyof typeof LINES]])),
    // A code alone was reported to change nothing: name and code go together.
    [COUNTRY]: country == null ? country : countryName(country),
    [WRITTEN_CODE[place]]: country,
  }
  const fields: Record<string, string> = {}
  for (const [path, value] of Object.entries(values)) {
    if (value !== null && value !== undefined) fields[path] = value
    else if (whole) fields[path] = ''
  }
  return fields
}
