/** Contacts: written inside a customer (DISPLAYCONTACT) or by themselves (CONTACT). */
import type { Company, Fields } from '../company.ts'
import { entryOf, FunctionFailure, refuse, unprocessable } from '../errors.ts'
import { CONTACT_FIELDS } from '../objects/contact.ts'
import { CONTACT_PREFIXES } from '../objects/customer.ts'
import { byName, type Field } from '../objects/object-type.ts'
import { childOf, type XmlElement } from '../xml.ts'
import { refuseText, require, writable, writtenFields } from './writing.ts'

const LEGACY_ONLY =
  'contact and mailaddress of create_customer have them, a recorded lookup has the names; for the generic functions uncertain'
/** Every simple element of a contact that may be written, inside a customer or by itself. */
export const CONTACT_ELEMENTS = writable(byName(CONTACT_FIELDS.filter((field) => !field.name.includes('.'))), {
  'Intacct developer docs, customers: DISPLAYCONTACT': `PRINTAS COMPANYNAME TAXABLE TAXGROUP TAXSCHEDULE TAXSOLUTIONID
      PREFIX FIRSTNAME LASTNAME INITIAL PHONE1 PHONE2 CELLPHONE PAGER FAX EMAIL1 EMAIL2 URL1 URL2`,
  "the vendor's SDK 2.2.1, ContactCreate": 'CONTACTNAME',
  [LEGACY_ONLY]: 'TAXID STATUS VISIBLE',
})
const ADDRESS: ReadonlyMap<string, Field> = byName(
  CONTACT_FIELDS.filter((field) => field.name.startsWith('MAILADDRESS.')).map((field) => ({
    ...field,
    name: field.name.slice('MAILADDRESS.'.length),
  })),
)
/** Read as COUNTRYCODE, whichever of the two names it was written by. */
export const ADDRESS_ELEMENTS = writable(
  new Map([...ADDRESS, ['ISOCOUNTRYCODE', { ...ADDRESS.get('COUNTRYCODE')!, name: 'ISOCOUNTRYCODE' }]]),
  {
    'Intacct developer docs, customers: MAILADDRESS':
      'ADDRESS1 ADDRESS2 ADDRESS3 CITY STATE ZIP COUNTRY ISOCOUNTRYCODE',
    "what the vendor's SDK 2.2.1 writes for ISOCOUNTRYCODE (captured)": 'COUNTRYCODE',
    [LEGACY_ONLY]: 'LATITUDE LONGITUDE',
  },
)

const COUNTRY_NAMES = new Intl.DisplayNames(['en'], { type: 'region' })

/** What a contact element says, with dotted names for the address; '' clears. */
export function writtenContact(element: XmlElement): Record<string, string> {
  const values = writtenFields('CONTACT', element, CONTACT_ELEMENTS, ['MAILADDRESS'])
  const address = childOf(element, 'MAILADDRESS')
  if (!address) return values
  const written = writtenFields('MAILADDRESS', address, ADDRESS_ELEMENTS)
  return { ...values, ...prefixedAddress(written) }
}

function prefixedAddress({ ISOCOUNTRYCODE, COUNTRYCODE, ...rest }: Record<string, string>): Record<string, string> {
  const code = ISOCOUNTRYCODE ?? COUNTRYCODE
  if (code && !isCountry(code)) throw refuse('invalid', { field: 'ISO country code', value: code })
  const address: Record<string, string> = { ...rest }
  // A code without the name was reported to change nothing; a name without the code brings its code along.
  if (rest['COUNTRY'] !== undefined) address['COUNTRYCODE'] = code ?? codeOf(rest['COUNTRY'])
  return Object.fromEntries(Object.entries(address).map(([name, value]) => [`MAILADDRESS.${name}`, value]))
}

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && COUNTRY_NAMES.of(code) !== code
}

let codes: ReadonlyMap<string, string> | null = null

/** '' when the name is no country's English name. */
function codeOf(country: string): string {
  codes ??= new Map(
    Array.from(
      { length: 676 },
      (_, index) => String.fromCharCode(65 + Math.floor(index / 26)) + String.fromCharCode(65 + (index % 26)),
    )
      .filter(isCountry)
      .reverse()
      .map((code) => [COUNTRY_NAMES.of(code)!, code] as const),
  )
  return codes.get(country) ?? ''
}

/** A new contact; its name must be new in the whole company. */
export function addContact(company: Company, values: Fields): string {
  const name = values['CONTACTNAME']!
  if (company.contacts.get(name)) {
    throw new FunctionFailure([
      entryOf('duplicate', { kind: 'Contact', value: name }),
      entryOf('notCreated', { kind: 'Contact' }),
    ])
  }
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  const defaults = { TAXABLE: 'true', VISIBLE: 'true', STATUS: 'active' }
  const recordNumber = company.nextRecordNumber('contact')
  company.contacts.put(name, {
    ...defaults,
    ...filled(values),
    RECORDNO: recordNumber,
    WHENCREATED: now,
    WHENMODIFIED: now,
  })
  return recordNumber
}

/** Absent stays, '' clears. */
export function changeContact(company: Company, name: string, changes: Fields): void {
  const before = company.contacts.get(name)
  if (!before) throw missingContact(name)
  if (changes['CONTACTNAME'] !== undefined && changes['CONTACTNAME'] !== name) {
    // The documentation's update has no CONTACTNAME; that it is refused is our reading.
    throw refuse('fixed', { field: 'CONTACTNAME' })
  }
  if (changes['PRINTAS'] === '') throw refuse('required', { field: 'PRINTAS' })
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  company.contacts.put(name, filled({ ...before, ...changes, WHENMODIFIED: now }))
}

function filled(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

export function missingContact(name: string): FunctionFailure {
  return refuse('noContact', { value: name })
}

/** The name in `<BILLTO><CONTACTNAME>…`; '' when the element or the name is empty. */
export function contactReference(company: Company, element: XmlElement): string {
  refuseText(element)
  const other = element.children.find((child) => child.name !== 'CONTACTNAME')
  if (other) throw unprocessable(`Invalid field ${other.name} of ${element.name}.`)
  const name = childOf(element, 'CONTACTNAME')?.text ?? ''
  if (name !== '' && !company.contacts.get(name)) throw missingContact(name)
  return name
}

export function createContact(company: Company, element: XmlElement): Fields {
  const values = writtenContact(element)
  require(values, ['CONTACTNAME', 'PRINTAS'])
  return { RECORDNO: addContact(company, values), CONTACTNAME: values['CONTACTNAME']! }
}

export function updateContact(company: Company, element: XmlElement): Fields {
  const { children, ...rest } = element
  const recordNumber = childOf(element, 'RECORDNO')?.text
  const values = writtenContact({ ...rest, children: children.filter((child) => child.name !== 'RECORDNO') })
  const name = [...company.contacts.values()].find((one) => one['RECORDNO'] === recordNumber)?.['CONTACTNAME']
  const key = recordNumber === undefined ? values['CONTACTNAME'] : name
  if (!key) throw refuse('absentToUpdate', { kind: 'contact', value: recordNumber })
  changeContact(company, key, values)
  return { RECORDNO: company.contacts.get(key)!['RECORDNO']!, CONTACTNAME: key }
}

export function deleteContact(company: Company, recordNumber: string): void {
  const name = [...company.contacts.values()].find((one) => one['RECORDNO'] === recordNumber)?.['CONTACTNAME']
  if (!name) throw refuse('absentToDelete', { kind: 'contact', value: recordNumber })
  if (isContactUsed(company, name)) throw refuse('used', { kind: 'contact', value: name })
  company.contacts.put(name, undefined)
}

export function isContactUsed(company: Company, name: string): boolean {
  return company.books.customers().some(({ details }) => {
    const list = (details['CUSTOMERCONTACTS'] ?? []) as readonly Fields[]
    return (
      CONTACT_PREFIXES.some((prefix) => details[`${prefix}.CONTACTNAME`] === name) ||
      list.some((entry) => entry['CONTACT.NAME'] === name)
    )
  })
}
