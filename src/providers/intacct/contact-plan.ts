/** Writing contacts: which are made or changed, how they are linked by role, and what the contact list gets. */
import type { CustomerContact } from '../../../schemas/customer-parts.ts'
import { fieldError } from '../../errors.ts'
import { isEmpty } from '../../mapping/codec.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Desk } from './account.ts'
import type { AnswerRecord } from './answer.ts'
import { CONTACT_LIST, CONTACT_ROLES, contactList, contactsNamed, linkOf } from './contacts.ts'
import type { FunctionCall } from './envelope.ts'
import { referenceIdOf } from './references.ts'
import { objectFunction } from './writing.ts'

export interface ContactPlan {
  /** Links of the customer, dotted. */
  readonly fields: Readonly<Record<string, string>>
  /** Contacts to make or change before the customer is written; one transaction with it. */
  readonly functions: readonly FunctionCall[]
  /** What is appended to the contact list; null when nothing is. */
  readonly list: XmlNode | null
}
interface Wanted extends CustomerContact {
  readonly pointer: string
}

/** Contacts of no named category get this one; an entry of the list needs one. */
const CATEGORY = 'Other'

/** `linked` are the links that the addresses of the same write make. `current` is null for a new customer. */
export async function planContacts(
  desk: Desk,
  contacts: readonly CustomerContact[],
  current: AnswerRecord | null,
  linked: Readonly<Record<string, string>>,
): Promise<ContactPlan> {
  const wanted = contacts.map((contact, index): Wanted => ({ ...contact, pointer: `/contacts/${index}` }))
  return {
    fields: linksOf(wanted, current, linked),
    list: listOf(wanted),
    functions: await contactFunctions(desk, wanted, current, new Set(Object.values(linked))),
  }
}

function linksOf(
  wanted: readonly Wanted[],
  current: AnswerRecord | null,
  linked: Readonly<Record<string, string>>,
): Record<string, string> {
  const links: Record<string, string> = {}
  for (const { role, prefix, category } of CONTACT_ROLES) {
    const [contact, another] = wanted.filter((one) => one.role === role)
    const link = linkOf(prefix)
    if (another) throw fieldError('field_not_supported', `${another.pointer}/role`, `Only one contact can be ${role}.`)
    if (contact?.category != null && !category.test(contact.category)) {
      const detail = 'Sage Intacct names the category of this role itself; leave it away.'
      throw fieldError('field_not_supported', `${contact.pointer}/category`, detail)
    }
    if (contact && linked[link] && linked[link] !== contact.name) {
      throw fieldError('field_not_supported', `${contact.pointer}/role`, `An address is the ${role} contact already.`)
    }
    if (contact) links[link] = contact.name
    else if (current?.fields[link] && !linked[link]) links[link] = ''
  }
  return links
}

function listOf(wanted: readonly Wanted[]): XmlNode | null {
  const seen = new Set<string>()
  const entries = wanted
    .filter(({ role = 'other' }) => role === 'other')
    .map(({ name, category, pointer }): XmlNode => {
      const entry = JSON.stringify([name, category ?? CATEGORY])
      // The second one would be skipped without a word (developer docs, customers).
      if (seen.has(entry)) throw fieldError('field_not_supported', pointer, 'The contact stands there twice.')
      seen.add(entry)
      return [
        'CUSTOMERENTITYCONTACTS',
        [
          ['CATEGORYNAME', category ?? CATEGORY],
          ['CONTACT', [['NAME', name]]],
        ],
      ]
    })
  return entries.length === 0 ? null : [CONTACT_LIST, entries]
}

/** Names are unique in the whole company: a contact of somebody else is linked, but never changed from here. */
async function contactFunctions(
  desk: Desk,
  wanted: readonly Wanted[],
  current: AnswerRecord | null,
  madeNow: ReadonlySet<string>,
): Promise<FunctionCall[]> {
  const names = wanted.map(({ name }) => name).filter((name) => !madeNow.has(name))
  const known = new Map((await contactsNamed(desk, names)).map((one) => [referenceIdOf(one['CONTACTNAME']), one]))
  const own = current === null ? new Set<string>() : namesOf(current)
  return [...new Set(names)].flatMap((name): FunctionCall[] => {
    const values = valuesOf(wanted.filter((one) => one.name === name))
    const before = known.get(name)
    if (before === undefined) {
      const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
      return [objectFunction('create', 'CONTACT', { CONTACTNAME: name, PRINTAS: name, ...filled })]
    }
    const changed = Object.entries(values).filter(([field, value]) => value !== (before[field] ?? ''))
    if (changed.length === 0) return []
    if (!own.has(name)) {
      const { pointer } = wanted.find((one) => one.name === name) as Wanted
      const detail = `Sage Intacct has another contact with the name ${name}; its e-mail and phone are not these.`
      throw fieldError('conflict', `${pointer}/name`, detail)
    }
    return [objectFunction('update', 'CONTACT', { CONTACTNAME: name, ...Object.fromEntries(changed) })]
  })
}

function namesOf(current: AnswerRecord): Set<string> {
  const linked = CONTACT_ROLES.map(({ prefix }) => current.fields[linkOf(prefix)])
  const listed = contactList(current).map(({ name }) => name)
  return new Set([...linked.filter((name) => !isEmpty(name)).map(referenceIdOf), ...listed])
}

/** What the entries of one contact say together: absent leaves alone, null clears. */
function valuesOf(entries: readonly Wanted[]): VendorRecord {
  const values: Record<string, string> = {}
  for (const [field, path] of [
    ['email', 'EMAIL1'],
    ['phone', 'PHONE1'],
  ] as const) {
    for (const entry of entries) {
      const value = entry[field]
      if (value === undefined) continue
      if ((values[path] ?? value ?? '') !== (value ?? ''))
        throw fieldError(
          'field_not_supported',
          `${entry.pointer}/${field}`,
          'The same contact says something else above.',
        )
      values[path] = value ?? ''
    }
  }
  return values
}
