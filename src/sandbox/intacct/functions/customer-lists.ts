/** A customer's contact list and e-mail templates: given contacts are appended, an empty list clears. */
import type { Company, Fields } from '../company.ts'
import { refuse, unprocessable } from '../errors.ts'
import { byName, fields, from } from '../objects/object-type.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'
import { missingContact } from './contact-writing.ts'
import { requireReference } from './references.ts'
import { refuseText, writtenFields } from './writing.ts'

export interface ContactEntry {
  readonly category: string
  readonly contact: string
}

/** CUSTOMERCONTACTS wins over CONTACT_LIST_INFO; an empty CUSTOMERCONTACTS deletes the list (developer docs, customers). */
export function writtenContactList(
  company: Company,
  element: XmlElement,
): readonly ContactEntry[] | 'clear' | undefined {
  const list = childOf(element, 'CUSTOMERCONTACTS')
  if (list) {
    refuseText(list)
    const wrong = list.children.find((child) => child.name !== 'CUSTOMERENTITYCONTACTS')
    if (wrong) throw unprocessable(`Invalid field ${wrong.name} of CUSTOMERCONTACTS.`)
    return list.children.length === 0 ? 'clear' : list.children.map((child) => writtenEntry(company, child))
  }
  const infos = element.children.filter((child) => child.name === 'CONTACT_LIST_INFO')
  return infos.length === 0 ? undefined : infos.map((child) => writtenEntry(company, child))
}

function writtenEntry(company: Company, element: XmlElement): ContactEntry {
  refuseText(element)
  const wrong = element.children.find((child) => child.name !== 'CATEGORYNAME' && child.name !== 'CONTACT')
  if (wrong) throw unprocessable(`Invalid field ${wrong.name} of ${element.name}.`)
  const category = textOf(element, 'CATEGORYNAME') ?? ''
  const contactElement = childOf(element, 'CONTACT')
  const strange = contactElement?.children.find((child) => child.name !== 'NAME')
  if (strange) throw unprocessable(`Invalid field ${strange.name} of CONTACT.`)
  const contact = (contactElement && textOf(contactElement, 'NAME')) ?? ''
  if (category === '' || contact === '')
    throw refuse('required', { field: category === '' ? 'CATEGORYNAME' : 'CONTACT.NAME' })
  if (!company.contacts.get(contact)) throw missingContact(contact)
  return { category, contact }
}

/** An entry whose category and contact are there already is skipped. */
export function appendContacts(company: Company, customerId: string, entries: readonly ContactEntry[] | 'clear'): void {
  const before = (company.books.customer(customerId).details['CUSTOMERCONTACTS'] ?? []) as readonly Fields[]
  const list = entries === 'clear' ? [] : [...before]
  for (const { category, contact } of entries === 'clear' ? [] : entries) {
    const there = list.some((one) => one['CATEGORYNAME'] === category && one['CONTACT.NAME'] === contact)
    if (!there) list.push({ CATEGORYNAME: category, 'CONTACT.NAME': contact })
  }
  company.books.updateCustomer(customerId, { details: { CUSTOMERCONTACTS: list } })
}

/**
 * A linked contact is put into the list by itself: on create only where no list is given (developer docs, customers).
 * How its category is spelt is uncertain: these are the words of the documentation.
 */
const LINK_CATEGORIES: Readonly<Record<string, string>> = {
  CONTACTINFO: 'Primary Contact',
  BILLTO: 'Bill to Contact',
  SHIPTO: 'Ship to Contact',
}

export function linkedEntries(links: Fields): ContactEntry[] {
  return Object.entries(links).flatMap(([prefix, contact]) => {
    const category = LINK_CATEGORIES[prefix]
    return contact === '' || category === undefined ? [] : [{ category, contact }]
  })
}

export const TEMPLATE_ELEMENTS = byName(
  from(
    'Intacct developer docs, customers: CUSTOMEREMAILTEMPLATE',
    fields('RECORDNO:integer EMAILTEMPLATENAME DOCPARID'),
  ),
)

export function writtenTemplates(element: XmlElement): readonly Fields[] {
  refuseText(element)
  return element.children.map((child) => {
    if (child.name.toLowerCase() !== 'customeremailtemplate') {
      throw unprocessable(`Invalid field ${child.name} of CUSTOMEREMAILTEMPLATES.`)
    }
    return writtenFields('CUSTOMEREMAILTEMPLATE', child, TEMPLATE_ELEMENTS)
  })
}

/** With RECORDNO an existing selection changes, without one is added. How to take one away is not documented. */
export function setEmailTemplates(company: Company, customerId: string, templates: readonly Fields[]): void {
  const now = `${company.now().toISOString().slice(0, 19)}Z`
  for (const { RECORDNO, EMAILTEMPLATENAME, DOCPARID } of templates) {
    const before = RECORDNO ? company.emailTemplates.get(RECORDNO) : undefined
    if (RECORDNO && before?.['CUSTOMERID'] !== customerId) {
      throw refuse('invalid', { field: 'Customer email template', value: RECORDNO })
    }
    if (!RECORDNO && !EMAILTEMPLATENAME) throw refuse('required', { field: 'EMAILTEMPLATENAME' })
    const name = EMAILTEMPLATENAME || before?.['EMAILTEMPLATENAME'] || ''
    const template = requireReference(company, 'EMAILTEMPLATE', 'email template', name)
    const recordNumber = RECORDNO || company.nextRecordNumber('email-template')
    company.emailTemplates.put(recordNumber, {
      WHENCREATED: now,
      ...before,
      RECORDNO: recordNumber,
      CUSTOMERID: customerId,
      CUSTOMERKEY: String(company.books.customer(customerId).details['RECORDNO']),
      EMAILTEMPLATENAME: name,
      EMAILTEMPLATEKEY: template['RECORDNO']!,
      DOCPARID: DOCPARID ?? before?.['DOCPARID'] ?? '',
      WHENMODIFIED: now,
      CREATEDBY: '1',
      MODIFIEDBY: '1',
    })
  }
}
