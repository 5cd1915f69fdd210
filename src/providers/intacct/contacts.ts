/** A customer's contacts as they are read: those it is linked to by role, and its contact list. */
import type { Warning } from '../../../schemas/common.ts'
import type { CustomerContact } from '../../../schemas/customer-parts.ts'
import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { Desk } from './account.ts'
import { allRecords } from './all-records.ts'
import { type AnswerRecord, linesOf } from './answer.ts'

export const CONTACT_LIST = 'CUSTOMERCONTACTS'

export type LinkedRole = Exclude<NonNullable<CustomerContact['role']>, 'other'>
/**
 * Where each role's contact is named. A linked contact is put into the contact list too, under a category that Intacct names
 * itself (developer docs, customers); how exactly it is spelt was not found.
 */
export const CONTACT_ROLES: readonly { role: LinkedRole; prefix: string; category: RegExp }[] = [
  { role: 'primary', prefix: 'CONTACTINFO', category: /^primary( contact)?$/i },
  { role: 'billTo', prefix: 'BILLTO', category: /^bill[ -]?to( contact)?$/i },
  { role: 'shipTo', prefix: 'SHIPTO', category: /^ship[ -]?to( contact)?$/i },
]
export const linkOf = (prefix: string): string => `${prefix}.CONTACTNAME`

const present = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** How a contact is reached: its record, or the part of the customer's record that shows it. */
interface Reach {
  readonly record: VendorRecord
  readonly prefix: string
}
const REACHED_BY = { email: 'EMAIL1', phone: 'PHONE1' } as const

/** What shows at the record, and a warning for each field that is not shown, or shows as no text. */
function reach(found: Reach | undefined, place: number): [Pick<CustomerContact, 'email' | 'phone'>, Warning[]] {
  const read = (field: keyof typeof REACHED_BY): [string | null, Warning[]] => {
    const value = found?.record[`${found.prefix}${REACHED_BY[field]}`]
    if (typeof value === 'string' || value === null) return [present(value), []]
    const detail = 'The ERP does not show it, or not as text.'
    return [null, [{ pointer: `/contacts/${place}/${field}`, code: 'garbled', detail }]]
  }
  const [[email, emailUnread], [phone, phoneUnread]] = [read('email'), read('phone')]
  return [{ email, phone }, [...emailUnread, ...phoneUnread]]
}

export interface ListedContact {
  readonly name: string
  readonly category: string | null
}
export function contactList(record: AnswerRecord): ListedContact[] {
  return linesOf(record, CONTACT_LIST).flatMap((line) => {
    const name = present(line['CONTACT.NAME'])
    return name === null ? [] : [{ name, category: present(line['CATEGORYNAME']) }]
  })
}

/** A line of the contact list is its contact's name: one without it is told of. */
function namelessContacts(record: AnswerRecord): Warning[] {
  const lines = linesOf(record, CONTACT_LIST)
  const nameless = lines.length - contactList(record).length
  const roles = new Set(CONTACT_ROLES.map(({ prefix }) => present(record.fields[linkOf(prefix)])))
  // Without a category it may be the line of a role.
  const unsorted = lines.filter(({ CATEGORYNAME: category, 'CONTACT.NAME': name }) =>
    isEmpty(category) ? category === undefined || roles.has(present(name)) : typeof category !== 'string',
  ).length
  return [
    ...(nameless > 0 ? [`${nameless} contacts without a readable name: left out.`] : []),
    ...(unsorted > 0 ? [`${unsorted} contacts without a readable category: one of a role may be here twice.`] : []),
  ].map((detail) => ({ pointer: '/contacts', code: 'garbled', detail }))
}

/** The contacts that are named by the customer itself. */
function linked(record: VendorRecord): Map<string, Reach> {
  const found = new Map<string, Reach>()
  for (const prefix of ['DISPLAYCONTACT', ...CONTACT_ROLES.map((one) => one.prefix)].map((part) => `${part}.`)) {
    const name = present(record[`${prefix}CONTACTNAME`])
    if (name !== null) found.set(name, { record, prefix })
  }
  return found
}

/** Roles first, then the list in its order. The list names contacts only, so the others are looked up. */
export async function readContacts(
  desk: Desk,
  record: AnswerRecord,
): Promise<{ contacts: CustomerContact[]; warnings: Warning[] }> {
  const listed = contactList(record)
  const folded = new Set<ListedContact>()
  const roles = CONTACT_ROLES.flatMap(({ role, prefix, category }): Omit<CustomerContact, 'email' | 'phone'>[] => {
    const name = present(record.fields[linkOf(prefix)])
    if (name === null) return []
    const own = listed.find((one) => one.name === name && category.test(one.category ?? ''))
    if (own) folded.add(own)
    return [{ name, role, category: own?.category ?? null }]
  })
  const others = listed.filter((one) => !folded.has(one)).map((one) => ({ ...one, role: 'other' as const }))
  const named = [...roles, ...others]
  const known = linked(record.fields)
  const unknown = others.map(({ name }) => name).filter((name) => !known.has(name))
  for (const contact of await contactsNamed(desk, unknown))
    known.set(String(contact['CONTACTNAME']), { record: contact, prefix: '' })
  const warnings = namelessContacts(record)
  const contacts = named.map((contact, place): CustomerContact => {
    const [how, unread] = reach(known.get(contact.name), place)
    warnings.push(...unread)
    return { ...contact, ...how }
  })
  return { contacts, warnings }
}

export async function contactsNamed(desk: Desk, names: readonly string[]): Promise<VendorRecord[]> {
  if (names.length === 0) return []
  const values = [...new Set(names)].map((name) => ['value', name] as const)
  const found = await allRecords(desk.client, {
    object: 'CONTACT',
    select: ['RECORDNO', 'CONTACTNAME', 'EMAIL1', 'PHONE1'],
    filter: ['in', [['field', 'CONTACTNAME'], ...values]],
  })
  return found.map(({ fields }) => fields)
}
