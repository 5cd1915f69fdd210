/** Writing addresses: what becomes of the display contact, which contacts are made, and how they are linked. */
import type { Address, AddressWrite } from '../../../schemas/customer.ts'
import { fieldError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import {
  ADDRESS_PATHS,
  addressFields,
  contactNameFor,
  type Replaced,
  ROLES,
  type Role,
  readAddresses,
} from './addresses.ts'
import type { Client } from './client.ts'
import type { FunctionCall } from './envelope.ts'
import { objectFunction } from './writing.ts'

/** The customer that gets the addresses; the id is not known before Intacct has numbered it. */
export interface Owner {
  readonly id: string | null
  readonly name: string
}
export interface AddressPlan {
  /** Fields of the customer, dotted. */
  readonly fields: Readonly<Record<string, string>>
  /** Contacts to make or change before the customer is written; one transaction with it. */
  readonly functions: readonly FunctionCall[]
  /** Which of the caller's addresses is the display contact's. */
  readonly displayIndex: number | null
}
type Linked = Exclude<Role, 'display'>
const LINKS: Readonly<Record<Linked, string>> = {
  billTo: 'BILLTO.CONTACTNAME',
  shipTo: 'SHIPTO.CONTACTNAME',
  primary: 'CONTACTINFO.CONTACTNAME',
}

/** All addresses of a customer, as the caller wants them in the end. `current` is null for a new customer. */
export async function planAddresses(
  client: Client,
  owner: Owner,
  wanted: readonly AddressWrite[],
  current: VendorRecord | null,
): Promise<AddressPlan> {
  const existing = current ? readAddresses(current) : []
  const display = displayIndexOf(wanted)
  const fields: Record<string, string> = {
    ...displayFields(owner, display === null ? null : wanted[display]!, current, display),
    ...(current ? unlinked(existing) : {}),
  }
  const functions: FunctionCall[] = []
  const taken = new Set<string>()
  for (const [index, address] of wanted.entries()) {
    if (index === display) continue
    const links = linksOf(address, index, fields)
    const before = contactOf(address, index, existing, current !== null)
    const name = before ?? (await freeContactName(client, owner, address, links, taken))
    taken.add(name)
    functions.push(contactFunction(name, owner, address, before === null ? 'nothing' : replacedBy(name, current ?? {})))
    for (const link of links) fields[LINKS[link]] = name
  }
  checkDefaults(wanted)
  return { fields, functions, displayIndex: display }
}

/** The address that calls itself so, else the first one without an id of its own. */
function displayIndexOf(wanted: readonly AddressWrite[]): number | null {
  const named = wanted.findIndex((address) => address.id === 'display')
  const index = named >= 0 ? named : wanted.findIndex((address) => address.id == null)
  return index >= 0 ? index : null
}

function displayFields(
  owner: Owner,
  address: AddressWrite | null,
  current: VendorRecord | null,
  index: number | null,
): Record<string, string> {
  if (address === null && current === null) return {}
  const replaced =
    current === null ? ('nothing' as const) : { record: address === null ? {} : current, prefix: 'DISPLAYCONTACT' }
  const values: Record<string, string> = addressFields(address ?? {}, 'customer', replaced)
  if (address?.phone != null) values['PHONE1'] = address.phone
  if (address?.addressee != null) values['PRINTAS'] = address.addressee
  const label = address?.label ?? null
  if (label !== null && current === null) values['CONTACTNAME'] = contactNameFor(label, owner)
  else if (label !== null && label !== displayLabel(current as VendorRecord)) {
    throw fieldError(
      'not_changeable',
      `/addresses/${index}/label`,
      'The display contact keeps the name that it was made with.',
    )
  }
  return Object.fromEntries(Object.entries(values).map(([path, value]) => [`DISPLAYCONTACT.${path}`, value]))
}

const displayLabel = (current: VendorRecord): string | null =>
  readAddresses({ ...current, 'DISPLAYCONTACT.MAILADDRESS.ADDRESS1': '-' })[0]?.label ?? null

/** What the customer is linked to now and may not be any more. */
const unlinked = (existing: readonly Address[]): Record<string, string> =>
  Object.fromEntries(
    existing
      .filter((address) => address.id !== 'display')
      .flatMap((address) => linksOfExisting(address).map((link) => [LINKS[link], ''] as const)),
  )
const linksOfExisting = (address: Address): Linked[] => [
  ...(address.isDefaultBilling ? (['billTo'] as const) : []),
  ...(address.isDefaultShipping ? (['shipTo'] as const) : []),
  ...(address.id === 'primary' ? (['primary'] as const) : []),
]

/** A contact that is linked to nothing would be no address of the customer. */
function linksOf(address: AddressWrite, index: number | null, fields: Readonly<Record<string, string>> = {}): Linked[] {
  const links: Linked[] = []
  if (address.isDefaultBilling ?? address.id === 'billTo') links.push('billTo')
  if (address.isDefaultShipping ?? address.id === 'shipTo') links.push('shipTo')
  if (address.id === 'primary') links.push('primary')
  const pointer = index === null ? '' : `/addresses/${index}`
  if (links.length === 0) {
    const detail =
      'Sage Intacct keeps further addresses as the bill-to or ship-to contact: set isDefaultBilling or isDefaultShipping.'
    throw fieldError('field_not_supported', `${pointer}/isDefaultBilling`, detail)
  }
  const double = links.find((link) => fields[LINKS[link]])
  if (double) throw fieldError('field_not_supported', pointer, `Another address is the ${double} contact already.`)
  return links
}

/** Blank bill-to and ship-to contacts mean the display contact, so it cannot be one of two. */
function checkDefaults(wanted: readonly AddressWrite[]): void {
  for (const flag of ['isDefaultBilling', 'isDefaultShipping'] as const) {
    const flagged = wanted.flatMap((address, index) => (address[flag] === true ? [index] : []))
    if (flagged.length > 1)
      throw fieldError('field_not_supported', `/addresses/${flagged[1]}/${flag}`, 'Only one address can have it.')
  }
}

/** The contact of an address that the caller names by its id; null for a new one. */
function contactOf(
  address: AddressWrite,
  index: number,
  existing: readonly Address[],
  updating: boolean,
): string | null {
  if (address.id == null || (!updating && ROLES.some(({ id }) => id === address.id))) return null
  const known = existing.find(({ id }) => id === address.id)
  if (known?.contactName == null)
    throw fieldError('invalid_reference', `/addresses/${index}/id`, 'The customer has no such address.')
  return known.contactName
}

/** Where the customer shows the contact. */
function replacedBy(contactName: string, record: VendorRecord): Replaced {
  const prefix = ROLES.map((role) => role.prefix).find((one) => record[`${one}.CONTACTNAME`] === contactName)
  return { record, prefix: prefix ?? '' }
}

function contactFunction(
  contactName: string,
  owner: Owner,
  address: AddressWrite,
  replaced: Replaced | 'nothing',
): FunctionCall {
  const phone = address.phone ?? (replaced === 'nothing' ? null : '')
  return objectFunction(replaced === 'nothing' ? 'create' : 'update', 'CONTACT', {
    CONTACTNAME: contactName,
    PRINTAS: address.addressee ?? owner.name,
    ...(phone !== null && { PHONE1: phone }),
    ...addressFields(address, 'contact', replaced),
  })
}

/** Contact names are unique in the company, and a contact stays when a customer lets go of it. */
async function freeContactName(
  client: Client,
  owner: Owner,
  address: AddressWrite,
  links: readonly Linked[],
  taken: ReadonlySet<string>,
): Promise<string> {
  const label = address.label ?? ROLES.find(({ id }) => id === links[0])!.word
  const names = Array.from({ length: 50 }, (_, index) =>
    contactNameFor(index === 0 ? label : `${label} ${index + 1}`, owner),
  )
  const page = await client.query({
    object: 'CONTACT',
    select: ['RECORDNO', 'CONTACTNAME'],
    filter: ['in', [['field', 'CONTACTNAME'], ...names.map((name) => ['value', name] as const)]],
    pageSize: names.length,
  })
  const used = new Set(page.records.map((record) => record.fields['CONTACTNAME']))
  return names.find((name) => !used.has(name) && !taken.has(name)) ?? names[0]!
}

/** One more address: a new contact, linked as bill-to and/or ship-to. */
export async function addedAddress(client: Client, owner: Owner, address: AddressWrite): Promise<AddressPlan> {
  const links = linksOf({ ...address, id: null }, null)
  const name = await freeContactName(client, owner, address, links, new Set())
  return {
    fields: Object.fromEntries(links.map((link) => [LINKS[link], name])),
    functions: [contactFunction(name, owner, address, 'nothing')],
    displayIndex: null,
  }
}

/** The display contact loses its address; other contacts are let go of. Null when there is no such address. */
export function removedAddress(current: VendorRecord, addressId: string): Record<string, string> | null {
  const address = readAddresses(current).find(({ id }) => id === addressId)
  if (address === undefined) return null
  if (addressId !== 'display') return unlinked([address])
  return Object.fromEntries(
    ADDRESS_PATHS.map((path) => [`DISPLAYCONTACT.${path.replace('COUNTRYCODE', 'ISOCOUNTRYCODE')}`, '']),
  )
}
