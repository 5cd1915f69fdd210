/** create_customer, update_customer, delete_customer: lower case and fixed order in, the generic elements inside. */
import { refuse } from '../errors.ts'
import { childOf, textOf, type XmlElement } from '../xml.ts'
import { addContact, writtenContact } from './contact-writing.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { createCustomer, deleteCustomer, updateCustomer, writtenCustomer } from './customer-writing.ts'
import { parent, text } from './legacy.ts'

/** Names that are not just the upper case of the legacy ones. Empty: the sandbox has no such field and drops it. */
const RENAMED: Readonly<Record<string, string>> = {
  glaccountno: 'ARACCOUNT',
  vsoepricelist: 'PRICELIST',
  externalid: 'EXTERNALID',
}
const PARTS = [
  'deliveryoptions',
  'primary',
  'billto',
  'shipto',
  'contactinfo',
  'contactlist',
  'customfields',
  'visibility',
]
const DELIVERY: Readonly<Record<string, string>> = { print: 'Print', email: 'E-Mail', both: 'Print#~#E-Mail' }

export function createCustomerLegacy(call: XmlElement, context: CallContext): FunctionResult {
  const { company, session } = context
  const id = textOf(call, 'customerid')!
  if (call.attributes['ignoreduplicates'] === 'true' && company.books.getCustomer(id)) return { key: id }
  const made = company.transaction(() => {
    const display = displayContact(call) ?? parent('DISPLAYCONTACT', [text('PRINTAS', textOf(call, 'name')!)])
    const element = generic(call, context, [display])
    return createCustomer(company, writtenCustomer(company, element), session.locationId)
  })
  return { key: made['CUSTOMERID']! }
}

/** Empty elements leave a value alone unless `set_nulls` is true (our reading of the attribute's name). */
export function updateCustomerLegacy(call: XmlElement, context: CallContext): FunctionResult {
  const { company } = context
  const id = call.attributes['customerid']!
  const setNulls = call.attributes['set_nulls'] === 'true'
  const made = company.transaction(() => {
    const display = displayContact(call)
    const whole = generic(call, context, display ? [display] : [])
    const kept = whole.children.filter((child) => setNulls || child.children.length > 0 || child.text !== '')
    const element = parent('CUSTOMER', [text('CUSTOMERID', id), ...kept])
    return updateCustomer(company, writtenCustomer(company, element))
  })
  return { key: made['CUSTOMERID']! }
}

export function deleteCustomerLegacy(call: XmlElement, context: CallContext): FunctionResult {
  const id = call.attributes['customerid']!
  context.company.transaction(() => deleteCustomer(context.company, id, id))
  return {}
}

function generic(call: XmlElement, context: CallContext, more: readonly XmlElement[]): XmlElement {
  const plain = call.children
    .filter(({ name }) => !PARTS.includes(name))
    .map((child) => text(RENAMED[child.name] ?? child.name.toUpperCase(), child.text))
  const custom = (childOf(call, 'customfields')?.children ?? []).map((field) =>
    text(textOf(field, 'customfieldname')!, textOf(field, 'customfieldvalue')!),
  )
  return parent('CUSTOMER', [...plain, ...more, ...contacts(call, context), ...lists(call), ...custom])
}

/** `contactinfo` holds the display contact of the customer. */
function displayContact(call: XmlElement): XmlElement | undefined {
  const contact = childOf(call, 'contactinfo')?.children[0]
  if (!contact) return undefined
  if (contact.name === 'contactname') throw refuse('required', { field: 'contact' })
  return parent('DISPLAYCONTACT', upperCase(contact).children)
}

function upperCase(element: XmlElement): XmlElement {
  return { ...element, name: element.name.toUpperCase(), children: element.children.map(upperCase) }
}

/** A whole contact is made first, a name refers to one that exists. */
function contacts(call: XmlElement, context: CallContext): XmlElement[] {
  const prefixes = { primary: 'CONTACTINFO', billto: 'BILLTO', shipto: 'SHIPTO' }
  return Object.entries(prefixes).flatMap(([name, prefix]) => {
    const inner = childOf(call, name)?.children[0]
    if (!inner) return []
    if (inner.name === 'contact') addContact(context.company, writtenContact(upperCase(inner)))
    const contactName = inner.name === 'contact' ? textOf(inner, 'contactname')! : inner.text
    return [parent(prefix, [text('CONTACTNAME', contactName)])]
  })
}

function lists(call: XmlElement): XmlElement[] {
  const delivery = childOf(call, 'deliveryoptions')?.children.map((one) => DELIVERY[one.text] ?? one.text)
  const visibility = childOf(call, 'visibility')
  const joined = (list: string) =>
    visibility!.children
      .filter(({ name }) => name === list)
      .flatMap(({ children }) => children.map((one) => one.text))
      .join('#~#')
  const items = (childOf(call, 'contactlist')?.children ?? []).map((item) =>
    parent('CONTACT_LIST_INFO', [
      text('CATEGORYNAME', textOf(item, 'category')!),
      parent('CONTACT', [text('NAME', textOf(item, 'contactname')!)]),
    ]),
  )
  return [
    ...(delivery ? [text('DELIVERY_OPTIONS', delivery.join('#~#'))] : []),
    ...(visibility
      ? [
          text('OBJECTRESTRICTION', textOf(visibility, 'visibility_type')!),
          text('RESTRICTEDLOCATIONS', joined('restricted_locs')),
          text('RESTRICTEDDEPARTMENTS', joined('restricted_depts')),
        ]
      : []),
    ...items,
  ]
}
