/** Customers: the record API for one customer, SuiteQL for lists. */
import type { AddressWrite, CustomerPatch, CustomerRecord } from '../../../schemas/customer.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { columnsOfAccount } from '../../mapping/account.ts'
import { nest, toVendor, type WriteOptions } from '../../mapping/mapping.ts'
import type { CustomerInput, Found, ListQuery, ReadOptions, RecordPage, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { itemsOf, type Line, lineId, sameLine, writeAddress } from './addresses.ts'
import { fenceOf, refuseFence } from './codecs.ts'
import type { Table } from './columns.ts'
import { customerRows } from './customer.ts'
import { listRecords } from './lists.ts'
import { namesOfChanged, namesOfNew } from './naming.ts'
import type { RecordList } from './record-lists.ts'
import type { Session } from './session.ts'
import { withIds } from './written.ts'

/** Sublists are only links unless they are asked for; what callers may want of them. */
const SUBLISTS = { addresses: [], currencies: [], contacts: [], itemPricing: [] } as const
const REPLACE = '?replace=addressBook'

const table: Table = {
  name: 'customers',
  from: 'customer c',
  alias: 'c',
  mapping: customerRows,
  // Leads and prospects are in the same table, but are records of their own; a row without a stage stays.
  scope: { sql: "(c.searchstage IS NULL OR c.searchstage NOT IN ('Lead', 'Prospect'))", params: [] },
  sure: new Set([
    ...[
      'id',
      'entityid',
      'companyname',
      'isperson',
      'firstname',
      'lastname',
      'email',
      'phone',
      'isinactive',
      'datecreated',
    ],
    ...['lastmodifieddate', 'externalid', 'currency', 'terms', 'entitystatus', 'searchstage', 'parent'],
  ]),
  words: {},
}

const byRecords: RecordList<CustomerRecord> = {
  kind: 'customer',
  type: 'customer',
  unlisted: Object.keys(SUBLISTS),
  belongs: (raw) => !['lead', 'prospect'].includes(String(raw['searchStage'] ?? '').toLowerCase()),
}
export const listCustomers = (session: Session, query: ListQuery): Promise<RecordPage<CustomerRecord>> =>
  session.listed(byRecords, query, () =>
    listRecords(
      session,
      { ...table, types: session.shapeOf('customer')?.types },
      columnsOfAccount(customerRows, session.mappings.customer),
      query,
    ),
  )

export async function getCustomer(
  session: Session,
  id: string,
  options: ReadOptions = {},
): Promise<Found<CustomerRecord>> {
  const wanted = options.fields
  const expand = !wanted || Object.keys(SUBLISTS).some((field) => wanted.has(field))
  const raw = await session.client.get('customer', id, expand ? '?expandSubResources=true' : '')
  return session.found(session.mappings.customer, raw, String(raw['id'] ?? id), { ...SUBLISTS, delivery: [] }, options)
}

export async function createCustomer(
  session: Session,
  input: CustomerInput,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  refuseFence(input.externalId)
  const defaults = {
    ...defaultEntity(session, input),
    externalId: input.externalId ?? fenceOf(once.intentId),
  }
  const body = {
    ...(await recordOf(session, { ...input, ...namesOfNew(input), ...defaults }, 'create')),
    // Without a number of its own the account numbers; with one, the automatic number must not overwrite it.
    autoName: !input.number,
    ...(input.addresses &&
      input.addresses.length > 0 && {
        addressBook: { items: input.addresses.map((address) => newLine(address, '/addresses')) },
      }),
  }
  const id = await session.client.create('customer', body)
  return readBack(id, () => getCustomer(session, id))
}

/** Every customer of OneWorld has a subsidiary; an account without OneWorld gets none, whatever the default is. */
function defaultEntity(session: Session, { entity }: CustomerInput): Pick<CustomerInput, 'entity'> {
  if (entity || session.mappings.customer.entity.kind === 'absent') return {}
  const id = session.defaults.subsidiaryId
  if (id) return { entity: { id } }
  if (session.shapeOf('customer') === null) return {}
  const detail = 'This account has subsidiaries: name one, or set defaults.subsidiaryId of the connection.'
  throw fieldError('field_required', '/entity', detail)
}

export async function updateCustomer(
  session: Session,
  id: string,
  changes: CustomerPatch,
  _once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  refuseFence(changes.externalId)
  const names = changes.name === undefined ? {} : namesOfChanged(changes, await namesBefore(session, id))
  const body = await recordOf(session, { ...changes, ...names }, 'update')
  const { addresses } = changes
  if (addresses !== undefined) {
    const before = await addressLines(session, id)
    body['addressBook'] = { items: (addresses ?? []).map((address, place) => replacingLine(address, before, place)) }
  }
  if (Object.keys(body).length > 0)
    await session.client.update('customer', id, body, addresses === undefined ? '' : REPLACE)
  return readBack(id, () => getCustomer(session, id))
}

export const deleteCustomer = (session: Session, id: string): Promise<void> => session.client.remove('customer', id)

// Addresses

/** A PATCH appends lines without a key; the other lines stay as they are. */
export async function createAddress(
  session: Session,
  id: string,
  address: AddressWrite,
): Promise<Found<CustomerRecord>> {
  await session.client.update('customer', id, { addressBook: { items: [newLine(address, '')] } })
  return readBack(id, () => getCustomer(session, id))
}

/** Record JSON cannot take one line away: the list is replaced by all the others. */
export async function deleteAddress(session: Session, id: string, addressId: string): Promise<void> {
  const lines = await addressLines(session, id)
  const others = lines.filter((line) => lineId(line) !== addressId)
  if (others.length === lines.length) throw new GatewayError('not_found', `The customer has no address ${addressId}.`)
  await session.client.update('customer', id, { addressBook: { items: others.map(sameLine) } }, REPLACE)
}

async function addressLines(session: Session, id: string): Promise<readonly Line[]> {
  const raw = await session.client.get('customer', id, '?expandSubResources=true')
  return itemsOf(raw['addressBook']) ?? []
}

function newLine(address: AddressWrite, pointer: string): Record<string, unknown> {
  if (address.id) throw fieldError('field_not_supported', `${pointer}/id`, 'NetSuite gives a new address its id.')
  return writeAddress(address, null)
}

function replacingLine(address: AddressWrite, before: readonly Line[], place: number): Record<string, unknown> {
  if (!address.id) return writeAddress(address, null)
  const line = before.find((candidate) => lineId(candidate) === address.id)
  if (!line)
    throw fieldError('invalid_reference', `/addresses/${place}/id`, `The customer has no address ${address.id}.`)
  return writeAddress(address, line)
}

// Writing

async function recordOf(
  session: Session,
  input: Readonly<Record<string, unknown>>,
  mode: WriteOptions['mode'],
): Promise<Record<string, unknown>> {
  const ready = await withIds(session, 'customer', input)
  const context = session.contextOf('customer')
  const except = ['name', 'addresses']
  return nest(toVendor(session.mappings.customer, ready, { mode, blank: null, context, except }))
}

async function namesBefore(
  session: Session,
  id: string,
): Promise<Pick<CustomerPatch, 'type' | 'companyName' | 'firstName' | 'lastName'>> {
  const fields = new Set(['type', 'companyName', 'firstName', 'lastName'])
  return (await getCustomer(session, id, { fields })).record
}
