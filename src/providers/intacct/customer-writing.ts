/** Creating, changing and deleting customers, with their addresses, contacts and e-mail templates. */
import type { AddressWrite, CustomerPatch, CustomerRecord } from '../../../schemas/customer.ts'
import { fieldError } from '../../errors.ts'
import { toVendor } from '../../mapping/mapping.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { CustomerInput, Found, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { contextOf, type Desk, defaultsOf, notFound } from './account.ts'
import { type AddressPlan, addedAddress, planAddresses, removedAddress } from './address-plan.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import { planContacts } from './contact-plan.ts'
import { CONTACT_LIST } from './contacts.ts'
import { CUSTOMER_REFERENCES } from './customer.ts'
import { createdNames, updatedNames } from './customer-names.ts'
import { getCustomer, readCustomer, readWhole } from './customers.ts'
import { templateNode, wholeTemplatesOf } from './email-template.ts'
import type { FunctionCall } from './envelope.ts'
import type { Mark } from './memo.ts'
import { keyOf } from './record-keys.ts'
import { referenceIdOf } from './references.ts'
import { type ChangeCustomerStep, type CreateCustomerStep, type DeleteCustomerStep, stampOf } from './step.ts'
import { customerFunction, deleteFunction } from './writing.ts'

const OBJECT = 'CUSTOMER'
const KEY = 'CUSTOMERID'
/** Written beside the mapping. */
const APART = ['addresses', 'type', 'contacts', 'emailTemplates']

export async function createCustomer(
  desk: Desk,
  input: CustomerInput,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const resolved = await desk.references.resolve(desk.client, input, CUSTOMER_REFERENCES)
  const mark = customerMark(desk, once)
  const flat = {
    ...toVendor(desk.mappings.customer, resolved, {
      mode: 'create',
      blank: '',
      context: contextOf(desk),
      except: APART,
    }),
    ...createdNames(input),
    ...(mark && { [mark.field]: mark.value }),
  }
  const owner = { id: input.number ?? null, name: String(flat['NAME']) }
  const addresses = await planAddresses(desk.client, owner, input.addresses ?? [], null)
  const contacts = await planContacts(desk, input.contacts ?? [], null, linksOf(addresses))
  const templates = templateNode(input.emailTemplates ?? [], [], '/emailTemplates')
  const lists = [contacts.list, templates].filter((node): node is XmlNode => node !== null)
  const fields = { ...flat, ...withPhone(flat, addresses), ...contacts.fields }
  const functions = [...addresses.functions, ...contacts.functions, customerFunction('create', fields, lists)]
  const step: CreateCustomerStep = {
    ...{ kind: 'create-customer', title: 'create CUSTOMER', functions, number: owner.id, name: owner.name, mark },
    ...(typeof input.externalId === 'string' && { externalId: input.externalId }),
  }
  const [made] = await once.run([step], { created: true })
  const id = String(made?.nativeId)
  return readBack(id, () => getCustomer(desk, id))
}

export async function updateCustomer(
  desk: Desk,
  id: string,
  changes: CustomerPatch,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  // The same number again changes nothing.
  const { number, ...rest } = changes
  const resolved = await desk.references.resolve(desk.client, number === id ? rest : changes, CUSTOMER_REFERENCES)
  const flat = toVendor(desk.mappings.customer, resolved, {
    mode: 'update',
    blank: '',
    context: contextOf(desk),
    except: APART,
  })
  const current = await currentOf(desk, id, changes)
  Object.assign(flat, updatedNames(changes, current?.fields ?? {}))
  if (current === null) return writeUpdate(desk, id, flat, {}, once)
  const addresses =
    changes.addresses === undefined
      ? null
      : await planAddresses(desk.client, ownerOf(id, current), changes.addresses ?? [], current.fields)
  const contacts =
    changes.contacts === undefined
      ? null
      : await planContacts(desk, changes.contacts ?? [], current, addresses ? linksOf(addresses) : {})
  const templates =
    changes.emailTemplates === undefined
      ? null
      : templateNode(changes.emailTemplates ?? [], await wholeTemplatesOf(desk, id), '/emailTemplates')
  const fields = { ...flat, ...(addresses && withPhone(flat, addresses)), ...contacts?.fields }
  const before = [...(addresses?.functions ?? []), ...(contacts ? [...contacts.functions, cleared(id)] : [])]
  const lists = [contacts?.list ?? null, templates].filter((node): node is XmlNode => node !== null)
  return writeUpdate(desk, id, fields, { before, lists }, once)
}

/** What is there now, where the change depends on it. */
async function currentOf(desk: Desk, id: string, changes: CustomerPatch): Promise<AnswerRecord | null> {
  if (changes.contacts !== undefined) return readWhole(desk, id)
  const needed = changes.type !== undefined || changes.addresses !== undefined || changes.emailTemplates !== undefined
  return needed ? readCustomer(desk, id) : null
}

/** Given entries are appended to the list, and an empty list deletes it: replacing takes both, in one transaction. */
const cleared = (id: string): FunctionCall => customerFunction('update', { [KEY]: id, [CONTACT_LIST]: '' })

/** Links that are made, not those that are let go of. */
const linksOf = (plan: AddressPlan): Record<string, string> =>
  Object.fromEntries(
    Object.entries(plan.fields).filter(([path, value]) => /^(CONTACTINFO|BILLTO|SHIPTO)\./.test(path) && value !== ''),
  )

interface UpdateParts {
  readonly before?: readonly FunctionCall[]
  readonly lists?: readonly XmlNode[]
}

export async function writeUpdate(
  desk: Desk,
  id: string,
  flat: Readonly<Record<string, unknown>>,
  { before = [], lists = [] }: UpdateParts,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const changes = Object.keys(flat).length > 0 || lists.length > 0
  const own = changes ? [customerFunction('update', { [KEY]: id, ...flat }, lists)] : []
  const functions = [...before, ...own]
  if (functions.length === 0) return getCustomer(desk, id)
  await once.run([changeStep(id, functions)])
  return readBack(id, () => getCustomer(desk, id))
}

/** The display contact has one phone for the customer and for the address. */
function withPhone(flat: Readonly<Record<string, unknown>>, plan: AddressPlan): Readonly<Record<string, unknown>> {
  const path = 'DISPLAYCONTACT.PHONE1'
  const own = flat[path]
  const { [path]: phone, ...rest } = plan.fields
  if (phone === undefined || phone === '') return rest
  if (own !== undefined && own !== phone) {
    throw fieldError(
      'field_not_supported',
      `/addresses/${plan.displayIndex}/phone`,
      "The display address has the customer's own phone.",
    )
  }
  return plan.fields
}

const ownerOf = (id: string, record: AnswerRecord) => ({ id, name: referenceIdOf(record.fields['NAME']) })

/** Texts of a customer are its own: only a custom field takes the mark. */
function customerMark(desk: Desk, { intentId }: WriteOnce): Mark | null {
  const field = defaultsOf(desk).intentField
  return field === undefined ? null : { field, value: intentId }
}

/** A change of a customer, in one transaction with its contacts. */
export const changeStep = (id: string, functions: readonly FunctionCall[]): ChangeCustomerStep => ({
  ...{ kind: 'change-customer', title: 'update CUSTOMER', functions, nativeId: id },
})

export async function deleteCustomer(desk: Desk, id: string, once: WriteOnce): Promise<void> {
  const record = await readCustomer(desk, id)
  const key = keyOf(record)
  const step: DeleteCustomerStep = {
    kind: 'delete-customer',
    title: 'delete CUSTOMER',
    functions: [deleteFunction(OBJECT, key)],
    ...{ nativeId: id, key, stamp: stampOf(rawOf(record.content)) },
  }
  await once.run([step])
}

export async function createAddress(
  desk: Desk,
  id: string,
  address: AddressWrite,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const current = await readCustomer(desk, id)
  const plan = await addedAddress(desk.client, ownerOf(id, current), address)
  return writeUpdate(desk, id, plan.fields, { before: plan.functions }, once)
}

export async function deleteAddress(desk: Desk, id: string, addressId: string, once: WriteOnce): Promise<void> {
  const current = await readCustomer(desk, id)
  const fields = removedAddress(current.fields, addressId)
  if (fields === null) throw notFound('address', addressId)
  await once.run([changeStep(id, [customerFunction('update', { [KEY]: id, ...fields })])])
}
