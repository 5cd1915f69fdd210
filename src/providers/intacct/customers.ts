/** Operations on customers. */
import type { AddressWrite, CustomerPatch, CustomerRecord } from '../../../schemas/customer.ts'
import { fieldError } from '../../errors.ts'
import { toUnified, toVendor } from '../../mapping/mapping.ts'
import type { Condition, CustomerInput, Found, ListQuery, ReadOptions, RecordPage, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { contextOf, type Desk, defaultsOf, madeBy, notFound } from './account.ts'
import { type AddressPlan, addedAddress, planAddresses, removedAddress } from './address-plan.ts'
import { agingOf } from './aging.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import { AGING, CUSTOMER_LIST_LACKS, CUSTOMER_REFERENCES } from './customer.ts'
import { createdNames, updatedNames } from './customer-names.ts'
import { listRecords } from './list.ts'
import { comparison, compileFilter, type Predicate, selectColumns } from './query.ts'
import { customerFunction } from './writing.ts'

const OBJECT = 'CUSTOMER'
const KEY = 'CUSTOMERID'

// Reading

/** Full records come by name: `query` would have to name every custom field, and they are known to `lookup` only. */
export async function readCustomer(desk: Desk, id: string): Promise<AnswerRecord> {
  const record = id.includes(',') ? await readByKey(desk, id) : await desk.client.readByName(OBJECT, id)
  if (record === null) throw notFound('customer', id)
  return record
}

/** A comma separates names in `readByName`: such a customer is found by its key. */
async function readByKey(desk: Desk, id: string): Promise<AnswerRecord | null> {
  const page = await desk.client.query({
    object: OBJECT,
    select: ['RECORDNO', KEY],
    filter: [
      'equalto',
      [
        ['field', KEY],
        ['value', id],
      ],
    ],
    pageSize: 1,
  })
  const key = page.records[0]?.fields['RECORDNO']
  return typeof key === 'string' ? ((await desk.client.read(OBJECT, [key]))[0] ?? null) : null
}

function foundCustomer(
  desk: Desk,
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null = null,
  extra: object = {},
): Found<CustomerRecord> {
  const fields = { ...record.fields, ...extra }
  return {
    nativeId: String(record.fields[KEY] ?? ''),
    record: toUnified(desk.mappings.customer, fields, contextOf(desk.settings, fields), wanted),
    // Only made for who asks.
    get raw() {
      return rawOf(record.content)
    },
  }
}

export async function getCustomer(desk: Desk, id: string, options: ReadOptions = {}): Promise<Found<CustomerRecord>> {
  const record = await readCustomer(desk, id)
  // It costs a query of its own, so only who asks for it gets it.
  const wantsAging = options.fields?.has('aging') || options.include?.has('aging')
  const aging = wantsAging ? { [AGING]: await agingOf(desk, String(record.fields[KEY])) } : {}
  const wanted = options.fields && wantsAging ? new Set([...options.fields, 'aging']) : (options.fields ?? null)
  return foundCustomer(desk, record, wanted, aging)
}

export async function listCustomers(desk: Desk, query: ListQuery): Promise<RecordPage<CustomerRecord>> {
  const { customer: mapping } = desk.mappings
  const context = contextOf(desk.settings)
  const lacks = new Set<string>(CUSTOMER_LIST_LACKS)
  const wanted = new Set(
    Object.keys(mapping).filter((field) => !lacks.has(field) && (query.fields?.has(field) ?? true)),
  )
  const source = {
    object: OBJECT,
    prefix: '',
    select: [KEY, ...selectColumns(mapping, wanted), ...selectColumns(mapping, ['currency'])],
    filter: compileFilter(query.filter, { mapping, context, special: (condition) => byId(condition) }),
  }
  const page = await listRecords(desk.client, { mapping, context, sources: [source] }, query)
  return {
    ...page,
    items: page.items.map(({ record, position }) => Object.assign(foundCustomer(desk, record, wanted), { position })),
  }
}

/** Our id is the number. */
const byId = (condition: Condition): Predicate | undefined =>
  condition.field === 'id' ? comparison(condition, KEY, (value) => value) : undefined

// Writing

export async function createCustomer(
  desk: Desk,
  input: CustomerInput,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const resolved = await desk.references.resolve(desk.client, input, CUSTOMER_REFERENCES)
  const flat = {
    ...toVendor(desk.mappings.customer, resolved, {
      mode: 'create',
      blank: '',
      context: contextOf(desk.settings),
      except: ['addresses', 'type'],
    }),
    ...createdNames(input),
    ...intentMark(desk, once),
  }
  const owner = { id: input.number ?? null, name: String(flat['NAME']) }
  const addresses = await planAddresses(desk.client, owner, input.addresses ?? [], null)
  const results = await desk.client.write({
    title: 'create CUSTOMER',
    functions: [...addresses.functions, customerFunction('create', { ...flat, ...withPhone(flat, addresses) })],
    intentId: once.intentId,
  })
  const id = madeBy(results.at(-1), KEY)
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
    context: contextOf(desk.settings),
    except: ['addresses', 'type'],
  })
  const needsCurrent = changes.type !== undefined || changes.addresses !== undefined
  const current = needsCurrent ? await readCustomer(desk, id) : null
  Object.assign(flat, updatedNames(changes, current?.fields ?? {}))
  if (current && changes.addresses !== undefined) {
    const plan = await planAddresses(desk.client, ownerOf(id, current), changes.addresses ?? [], current.fields)
    return writeUpdate(desk, id, { ...flat, ...withPhone(flat, plan) }, plan.functions, once)
  }
  return writeUpdate(desk, id, flat, [], once)
}

async function writeUpdate(
  desk: Desk,
  id: string,
  flat: Readonly<Record<string, unknown>>,
  before: AddressPlan['functions'],
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const own = Object.keys(flat).length > 0 ? [customerFunction('update', { [KEY]: id, ...flat })] : []
  const functions = [...before, ...own]
  if (functions.length > 0) await desk.client.write({ title: 'update CUSTOMER', functions, intentId: once.intentId })
  return functions.length > 0 ? readBack(id, () => getCustomer(desk, id)) : getCustomer(desk, id)
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

const ownerOf = (id: string, record: AnswerRecord) => ({ id, name: String(record.fields['NAME'] ?? id) })

function intentMark(desk: Desk, once: WriteOnce): Record<string, string> {
  const field = defaultsOf(desk).intentField
  return field === undefined ? {} : { [field]: once.intentId }
}

/** Only RECORDNO deletes. */
export async function deleteCustomer(desk: Desk, id: string, once: WriteOnce): Promise<void> {
  const record = await readCustomer(desk, id)
  await desk.client.write({
    title: 'delete CUSTOMER',
    functions: [
      [
        'delete',
        [
          ['object', OBJECT],
          ['keys', String(record.fields['RECORDNO'])],
        ],
      ],
    ],
    intentId: once.intentId,
  })
}

export async function createAddress(
  desk: Desk,
  id: string,
  address: AddressWrite,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const current = await readCustomer(desk, id)
  const plan = await addedAddress(desk.client, ownerOf(id, current), address)
  return writeUpdate(desk, id, plan.fields, plan.functions, once)
}

export async function deleteAddress(desk: Desk, id: string, addressId: string, once: WriteOnce): Promise<void> {
  const current = await readCustomer(desk, id)
  const fields = removedAddress(current.fields, addressId)
  if (fields === null) throw notFound('address', addressId)
  await desk.client.write({
    title: 'update CUSTOMER',
    functions: [customerFunction('update', { [KEY]: id, ...fields })],
    intentId: once.intentId,
  })
}
