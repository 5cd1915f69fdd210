/** create, update and delete of CUSTOMER, from elements or from the legacy functions' values. */
import { BookError } from '../../books.ts'
import type { Company, Fields } from '../company.ts'
import { entryOf, FunctionFailure, refuse, unprocessable } from '../errors.ts'
import { CUSTOMER_FIELDS } from '../objects/customer.ts'
import type { Field } from '../objects/object-type.ts'
import { childOf, type XmlElement } from '../xml.ts'
import { addContact, changeContact, contactReference, isContactUsed, writtenContact } from './contact-writing.ts'
import {
  appendContacts,
  type ContactEntry,
  linkedEntries,
  setEmailTemplates,
  writtenContactList,
  writtenTemplates,
} from './customer-lists.ts'
import { checkCustomerReferences } from './references.ts'
import { require, writable, writtenFields } from './writing.ts'

const PARTS = ['DISPLAYCONTACT', 'CONTACTINFO', 'BILLTO', 'SHIPTO', 'CONTACT_LIST_INFO', 'CUSTOMERCONTACTS']
const APART = [...PARTS, 'CUSTOMEREMAILTEMPLATES']
const KNOWN: ReadonlyMap<string, Field> = new Map([
  ...[...CUSTOMER_FIELDS].filter(([name]) => !name.includes('.')),
  ['DELIVERYOPTIONS', { ...CUSTOMER_FIELDS.get('DELIVERY_OPTIONS')!, name: 'DELIVERYOPTIONS' }],
])
/** Every simple element of a CUSTOMER that may be written; the parts are lists of their own. */
export const CUSTOMER_ELEMENTS = writable(KNOWN, {
  'Intacct developer docs, customers: create and update': `RECORDNO CUSTOMERID NAME STATUS ONETIME HIDEDISPLAYCONTACT
    CUSTTYPE CUSTREPID PARENTID GLGROUP TERRITORYID SUPDOCID TERMNAME OFFSETGLACCOUNTNO ARACCOUNT SHIPPINGMETHOD RESALENO
    TAXID CREDITLIMIT RETAINAGEPERCENTAGE ONHOLD DELIVERY_OPTIONS CUSTMESSAGEID EMAILOPTIN COMMENTS CURRENCY ADVBILLBY
    ADVBILLBYTYPE ARINVOICEPRINTTEMPLATEID OEQUOTEPRINTTEMPLATEID OEORDERPRINTTEMPLATEID OELISTPRINTTEMPLATEID
    OEINVOICEPRINTTEMPLATEID OEADJPRINTTEMPLATEID OEOTHERPRINTTEMPLATEID OBJECTRESTRICTION RESTRICTEDLOCATIONS
    RESTRICTEDDEPARTMENTS`,
  'create_customer has them (accountlabel, vsoepricelist), a recorded lookup has the names; for the generic functions uncertain':
    'ACCOUNTLABEL PRICELIST',
  "what the vendor's SDK 2.2.1 writes for DELIVERY_OPTIONS (captured)": 'DELIVERYOPTIONS',
  'custom fields that this company has defined': [...KNOWN.values()]
    .flatMap((field) => (field.custom ? field.name : []))
    .join(' '),
})

/** What a create or update says; absent means "leave", '' means "clear". */
export interface CustomerChanges {
  readonly values: Record<string, string>
  /** Undefined when DISPLAYCONTACT is absent. */
  readonly displayContact: Record<string, string> | undefined
  /** Contact names by prefix. */
  readonly contacts: Record<string, string>
  readonly contactList: readonly ContactEntry[] | 'clear' | undefined
  readonly emailTemplates: readonly Fields[] | undefined
}

export function writtenCustomer(company: Company, element: XmlElement): CustomerChanges {
  const { DELIVERYOPTIONS, ...values } = writtenFields('CUSTOMER', element, CUSTOMER_ELEMENTS, APART)
  if (DELIVERYOPTIONS !== undefined) values['DELIVERY_OPTIONS'] ??= DELIVERYOPTIONS
  const display = childOf(element, 'DISPLAYCONTACT')
  const contacts: Record<string, string> = {}
  for (const prefix of ['CONTACTINFO', 'BILLTO', 'SHIPTO']) {
    const reference = childOf(element, prefix)
    if (reference) contacts[prefix] = contactReference(company, reference)
  }
  const templates = childOf(element, 'CUSTOMEREMAILTEMPLATES')
  return {
    values,
    displayContact: display && writtenContact(display),
    contacts,
    contactList: writtenContactList(company, element),
    emailTemplates: templates && writtenTemplates(templates),
  }
}

export function createCustomer(company: Company, changes: CustomerChanges, entity: string): Fields {
  const { RECORDNO, CUSTOMERID, PARENTID, CURRENCY, STATUS, ...rest } = changes.values
  if (RECORDNO !== undefined) throw unprocessable('The field RECORDNO of CUSTOMER is read only.')
  require(changes.values, ['NAME'])
  // The vendor's SDK sends an empty PRINTAS when it is given none: present is enough, the name is taken then.
  if (changes.displayContact?.['PRINTAS'] === undefined) throw refuse('required', { field: 'DISPLAYCONTACT.PRINTAS' })
  const id = CUSTOMERID || nextCustomerId(company)
  if (company.books.getCustomer(id)) throw duplicate(id)
  checkCustomerReferences(company, {
    ...changes.values,
    'DISPLAYCONTACT.TAXGROUP': changes.displayContact['TAXGROUP'] ?? '',
  })
  checkParent(company, id, PARENTID)
  const contactName = changes.displayContact['CONTACTNAME'] || `${rest['NAME']}(C${id})`
  const printAs = changes.displayContact['PRINTAS'] || rest['NAME']!
  withConsequence(() => addContact(company, { ...changes.displayContact, CONTACTNAME: contactName, PRINTAS: printAs }))
  const recordNumber = company.nextRecordNumber('customer')
  company.books.addCustomer({
    id,
    parentId: PARENTID || null,
    currency: CURRENCY || null,
    active: STATUS !== 'inactive',
    details: {
      ONETIME: 'false',
      ONHOLD: 'false',
      HIDEDISPLAYCONTACT: 'false',
      OBJECTRESTRICTION: 'Unrestricted',
      ...filled(rest),
      RECORDNO: recordNumber,
      'DISPLAYCONTACT.CONTACTNAME': contactName,
      ...contactDetails(changes.contacts),
      MEGAENTITYID: entity || undefined,
    },
  })
  writeLists(company, id, changes)
  checkTogether(company, id)
  if (changes.contactList === undefined) appendContacts(company, id, linkedEntries(changes.contacts))
  company.audit('customer', id, 'C')
  return { RECORDNO: recordNumber, CUSTOMERID: id }
}

export function updateCustomer(company: Company, changes: CustomerChanges): Fields {
  const { RECORDNO, CUSTOMERID, PARENTID, CURRENCY, STATUS, ...rest } = changes.values
  const id = RECORDNO ? company.customerIdOf(RECORDNO) : CUSTOMERID
  const customer = id === undefined ? undefined : company.books.getCustomer(id)
  if (!customer) throw refuse('absentToUpdate', { kind: 'customer', value: RECORDNO || CUSTOMERID })
  if (CUSTOMERID && CUSTOMERID !== customer.id) throw refuse('fixed', { field: 'CUSTOMERID' })
  if (rest['NAME'] === '') throw refuse('required', { field: 'NAME' })
  checkCustomerReferences(company, {
    ...changes.values,
    'DISPLAYCONTACT.TAXGROUP': changes.displayContact?.['TAXGROUP'] ?? '',
  })
  checkParent(company, customer.id, PARENTID)
  if (changes.displayContact && Object.keys(changes.displayContact).length > 0) {
    changeContact(company, String(customer.details['DISPLAYCONTACT.CONTACTNAME']), changes.displayContact)
  }
  const details = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, value || CLEARED[name]]))
  company.books.updateCustomer(customer.id, {
    ...(PARENTID !== undefined && { parentId: PARENTID || null }),
    ...(CURRENCY !== undefined && { currency: CURRENCY || null }),
    ...(STATUS !== undefined && { active: STATUS !== 'inactive' }),
    details: { ...details, ...contactDetails(changes.contacts) },
  })
  writeLists(company, customer.id, changes)
  // The generic update names bill-to and ship-to only.
  const { BILLTO = '', SHIPTO = '' } = changes.contacts
  appendContacts(company, customer.id, linkedEntries({ BILLTO, SHIPTO }))
  checkTogether(company, customer.id)
  company.audit('customer', customer.id, 'M')
  return { RECORDNO: String(customer.details['RECORDNO']), CUSTOMERID: customer.id }
}

/** What asks for something else: an e-mail address, a period, a tax solution (developer docs, customers); the texts are ours. */
function checkTogether(company: Company, id: string): void {
  const { details } = company.books.customer(id)
  const contact = company.contacts.get(String(details['DISPLAYCONTACT.CONTACTNAME']))
  if (String(details['DELIVERY_OPTIONS'] ?? '').includes('E-Mail') && !contact?.['EMAIL1']) {
    throw refuse('invalid', { field: 'Delivery option', value: 'E-Mail' })
  }
  if (details['ADVBILLBY'] && !details['ADVBILLBYTYPE']) {
    throw refuse('required', { field: 'ADVBILLBYTYPE' })
  }
  if (contact?.['TAXSCHEDULE'] && !contact['TAXSOLUTIONID']) {
    throw refuse('required', { field: 'DISPLAYCONTACT.TAXSOLUTIONID' })
  }
}

/** What clearing a boolean or the restriction leaves: its default. */
const CLEARED: Readonly<Record<string, string>> = {
  ONETIME: 'false',
  ONHOLD: 'false',
  HIDEDISPLAYCONTACT: 'false',
  OBJECTRESTRICTION: 'Unrestricted',
}

export function deleteCustomer(company: Company, id: string | undefined, key: string): void {
  const customer = id === undefined ? undefined : company.books.getCustomer(id)
  if (!customer) throw refuse('absentToDelete', { kind: 'customer', value: key })
  try {
    company.books.deleteCustomer(customer.id)
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    throw refuse('used', { kind: 'customer', value: customer.id })
  }
  for (const template of [...company.emailTemplates.values()]) {
    if (template['CUSTOMERID'] === customer.id) company.emailTemplates.put(template['RECORDNO']!, undefined)
  }
  // That the display contact goes with its customer is uncertain; it stays when somebody else uses it.
  const contact = String(customer.details['DISPLAYCONTACT.CONTACTNAME'])
  if (!isContactUsed(company, contact)) company.contacts.put(contact, undefined)
  company.audit('customer', customer.id, 'D')
}

/** The company numbers customers by itself when no id is given (document sequencing). */
function nextCustomerId(company: Company): string {
  for (;;) {
    const id = `CUST-${company.books.nextId('intacct-customer-id').padStart(5, '0')}`
    if (!company.books.getCustomer(id)) return id
  }
}

function checkParent(company: Company, id: string, parentId: string | undefined): void {
  if (!parentId) return
  if (!company.books.getCustomer(parentId)) throw refuse('invalid', { field: 'Parent customer', value: parentId })
  if (company.books.isFamily(id, parentId)) throw refuse('invalid', { field: 'Parent customer', value: parentId })
}

function contactDetails(contacts: Fields): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(contacts).map(([prefix, name]) => [`${prefix}.CONTACTNAME`, name || undefined]),
  )
}

function writeLists(company: Company, id: string, changes: CustomerChanges): void {
  if (changes.contactList !== undefined) appendContacts(company, id, changes.contactList)
  if (changes.emailTemplates) setEmailTemplates(company, id, changes.emailTemplates)
}

function filled(values: Fields): Fields {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''))
}

/** The first error is the cause, the last the effect. */
function withConsequence<Result>(work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error
    throw new FunctionFailure([...error.entries, entryOf('notCreated', { kind: 'customer' })])
  }
}

function duplicate(id: string): FunctionFailure {
  return new FunctionFailure([
    entryOf('duplicate', { kind: 'Customer', value: id }),
    entryOf('notCreated', { kind: 'customer' }),
  ])
}
