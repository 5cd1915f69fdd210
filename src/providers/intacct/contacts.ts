/** A customer's contacts as they are read: those it is linked to by role, and its contact list. */
import type { Warning } from '../../../schemas/common.ts'
import type { CustomerContact } from '../../../schemas/customer-parts.ts'
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

interface Reach {
  readonly email: string | null
  readonly phone: string | null
}
const reachAt = (record: VendorRecord, prefix: string): Reach => ({
  email: present(record[`${prefix}EMAIL1`]),
  phone: present(record[`${prefix}PHONE1`]),
})

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
export function namelessContacts(record: AnswerRecord): Warning[] {
  const nameless = linesOf(record, CONTACT_LIST).length - contactList(record).length
  if (nameless === 0) return []
  return [{ pointer: '/contacts', code: 'garbled', detail: `${nameless} contacts without a readable name: left out.` }]
}

/** The contacts that are named by the customer itself. */
function linked(record: VendorRecord): Map<string, Reach> {
  const found = new Map<string, Reach>()
  for (const prefix of ['DISPLAYCONTACT', ...CONTACT_ROLES.map((one) => one.prefix)]) {
    const name = present(record[linkOf(prefix)])
    if (name !== null) found.set(name, reachAt(record, `${prefix}.`))
  }
  return found
}

/** Roles first, then the list in its order. The list names contacts only, so the others are looked up. */
export async function readContacts(desk: Desk, record: AnswerRecord): Promise<CustomerContact[]> {
  const { fields } = record
  const listed = contactList(record)
  const known = linked(fields)
  const unknown = listed.map(({ name }) => name).filter((name) => !known.has(name))
  for (const contact of await contactsNamed(desk, unknown))
    known.set(String(contact['CONTACTNAME']), reachAt(contact, ''))
  const folded = new Set<ListedContact>()
  const roles = CONTACT_ROLES.flatMap(({ role, prefix, category }): CustomerContact[] => {
    const name = present(fields[linkOf(prefix)])
    if (name === null) return []
    const own = listed.find((one) => one.name === name && category.test(one.category ?? ''))
    if (own) folded.add(own)
    return [{ name, role, category: own?.category ?? null, ...known.get(name)! }]
  })
  const others = listed
    .filter((one) => !folded.has(one))
    .map(
      (one): CustomerContact => ({ ...one, role: 'other', ...(known.get(one.name) ?? { email: null, phone: null }) }),
    )
  return [...roles, ...others]
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
