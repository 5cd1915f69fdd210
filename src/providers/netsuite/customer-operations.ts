/** Customers: the record API for one customer, SuiteQL for lists. */
import type { AddressWrite, CustomerPatch, CustomerRecord } from '../../../schemas/customer.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { columnsOfAccount } from '../../mapping/account.ts'
import { isEmpty } from '../../mapping/codec.ts'
import { nest, toVendor, type VendorRecord, type WriteOptions } from '../../mapping/mapping.ts'
import type { CustomerInput, Found, ListQuery, ReadOptions, RecordPage, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import { itemsOf, keptLines, type Line, lineId, sameLine, saysTheSame, writeAddress } from './addresses.ts'
import { refuseFence } from './codecs.ts'
import type { Table } from './columns.ts'
import { mustBeFree } from './create-step.ts'
import { customerRows } from './customer.ts'
import { withAddresses } from './listed-addresses.ts'
import { listRecords } from './lists.ts'
import { namesOfChanged, namesOfNew } from './naming.ts'
import type { RecordList } from './record-lists.ts'
import type { Session } from './session.ts'
import { textOf } from './values.ts'
import { type ChangeStep, changeStep, createStep, removeStep } from './write-steps.ts'
import { withIds } from './written.ts'

/** Sublists are only links unless they are asked for; what callers may want of them. */
const SUBLISTS = { addresses: [], currencies: [], contacts: [], itemPricing: [] } as const
const EXPANDED = '?expandSubResources=true'
const REPLACE = '?replace=addressBook'

const table: Table = {
  name: 'customers',
  from: 'customer c',
  alias: 'c',
  mapping: customerRows,
  never: ['number', 'name'],
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
  added: new Set(['addresses']),
}

const byRecords: RecordList<CustomerRecord> = {
  kind: 'customer',
  type: 'customer',
  unlisted: Object.keys(SUBLISTS),
  onDemand: ['addresses'],
  belongs: (raw) => !['lead', 'prospect'].includes((textOf(raw['searchStage']) ?? '').toLowerCase()),
}
export const listCustomers = (session: Session, query: ListQuery): Promise<RecordPage<CustomerRecord>> =>
  session.listed(byRecords, query, async () => {
    const of = { ...table, types: session.shapeOf('customer')?.types }
    const mapping = columnsOfAccount(customerRows, session.mappings.customer)
    return withAddresses(session, query, await listRecords(session, of, mapping, query))
  })

export async function getCustomer(
  session: Session,
  id: string,
  options: ReadOptions = {},
): Promise<Found<CustomerRecord>> {
  const wanted = options.fields
  const expand = !wanted || Object.keys(SUBLISTS).some((field) => wanted.has(field))
  const raw = await session.client.get('customer', id, expand ? EXPANDED : '')
  return session.found(session.mappings.customer, raw, id, { ...SUBLISTS, delivery: [] }, options)
}

export async function createCustomer(
  session: Session,
  input: CustomerInput,
  once: WriteOnce,
  { isFree = false }: { isFree?: boolean } = {},
): Promise<Found<CustomerRecord>> {
  const externalId = input.externalId ?? null
  refuseFence(externalId)
  const defaults = defaultEntity(session, input)
  const record = await recordOf(session, { ...input, ...namesOfNew(input), ...defaults }, 'create')
  const body = {
    ...record,
    externalId,
    // Without a number of its own the account numbers; with one, the automatic number must not overwrite it.
    autoName: !input.number,
    ...(input.addresses &&
      input.addresses.length > 0 && {
        addressBook: { items: input.addresses.map((address) => newLine(address, '/addresses')) },
      }),
  }
  if (externalId !== null && !isFree) await mustBeFree(session, 'customer', externalId)
  const [made] = await once.run([createStep('customer', body, { externalId, identity: identityOf(record) })], {
    created: true,
  })
  const id = made?.nativeId as string
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
/** What a customer is told by, as far as it was given. */
const IDENTITY = ['isPerson', 'entityId', 'companyName', 'firstName', 'lastName', 'email', 'currency', 'subsidiary']
const identityOf = (record: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(IDENTITY.filter((name) => !isEmpty(record[name])).map((name) => [name, record[name]]))

export async function updateCustomer(
  session: Session,
  id: string,
  changes: CustomerPatch,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  refuseFence(changes.externalId)
  const { addresses } = changes
  const raw = await session.client.get('customer', id, addresses === undefined ? '' : EXPANDED)
  const names = changes.name === undefined ? {} : namesOfChanged(changes, await namesIn(session, raw))
  const body = await recordOf(session, { ...changes, ...names }, 'update')
  if (addresses === undefined) {
    if (Object.keys(body).length > 0) await once.run([changeStep('customer', id, body, raw)])
  } else {
    const before = keptLines(raw['addressBook'])
    const items = replacingLines(addresses ?? [], before)
    session.freshAddresses.add(id)
    await once.run([replaceAddresses(id, { ...body, addressBook: { items } }, raw, items)])
  }
  return readBack(id, () => getCustomer(session, id))
}

/** Read first: a record that was there and is gone afterwards was deleted, whatever the answer said. */
export async function deleteCustomer(session: Session, id: string, once: WriteOnce): Promise<void> {
  await session.client.get('customer', id, '?fields=externalId')
  await once.run([removeStep('customer', id, { seen: true })])
}

// Addresses

/** A PATCH appends lines without a key; the other lines stay as they are. */
export async function createAddress(
  session: Session,
  id: string,
  address: AddressWrite,
  once: WriteOnce,
): Promise<Found<CustomerRecord>> {
  const line = newLine(address, '')
  const before = await addressLines(session, id)
  session.freshAddresses.add(id)
  const body = { addressBook: { items: [line] } }
  const addresses = { before: before.map(sameLine), wanted: [...before.map(withoutDefaults), line] }
  await once.run([changeStep('customer', id, body, {}, { kind: 'addresses', addresses })])
  return readBack(id, () => getCustomer(session, id))
}

/** A new line takes the default from another. */
const withoutDefaults = (line: Line): Line => {
  const { defaultBilling: _billing, defaultShipping: _shipping, ...rest } = sameLine(line)
  return rest
}

/** Record JSON cannot take one line away: the list is replaced by all the others. */
export async function deleteAddress(session: Session, id: string, addressId: string, once: WriteOnce): Promise<void> {
  const raw = await session.client.get('customer', id, EXPANDED)
  const lines = keptLines(raw['addressBook'])
  const others = lines.filter((line) => lineId(line) !== addressId)
  if (others.length === lines.length) throw new GatewayError('not_found', `The customer has no address ${addressId}.`)
  const items = others.map(sameLine)
  session.freshAddresses.add(id)
  await once.run([replaceAddresses(id, { addressBook: { items } }, raw, items)])
}

function replaceAddresses(
  id: string,
  body: Readonly<Record<string, unknown>>,
  raw: VendorRecord,
  wanted: readonly Line[],
): ChangeStep {
  const before = (itemsOf(raw['addressBook']) ?? []).map(sameLine)
  return changeStep('customer', id, body, raw, { kind: 'addresses', query: REPLACE, addresses: { before, wanted } })
}

async function addressLines(session: Session, id: string): Promise<readonly Line[]> {
  const raw = await session.client.get('customer', id, EXPANDED)
  return itemsOf(raw['addressBook']) ?? []
}

function newLine(address: AddressWrite, pointer: string): Record<string, unknown> {
  if (address.id) throw fieldError('field_not_supported', `${pointer}/id`, 'NetSuite gives a new address its id.')
  return writeAddress(address, null)
}

/** A line is the one that its id names, else one that says the same already: sent twice, a list changes nothing. */
function replacingLines(addresses: readonly AddressWrite[], before: readonly Line[]): Record<string, unknown>[] {
  const named = new Set(addresses.map(({ id }) => id))
  const free = before.filter((line) => !named.has(lineId(line)))
  return addresses.map((address, place) => {
    if (!address.id) {
      const same = free.findIndex((line) => saysTheSame(address, line))
      return writeAddress(address, same < 0 ? null : (free.splice(same, 1)[0] as Line))
    }
    const line = before.find((candidate) => lineId(candidate) === address.id)
    if (!line)
      throw fieldError('invalid_reference', `/addresses/${place}/id`, `The customer has no address ${address.id}.`)
    return writeAddress(address, line)
  })
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

type Names = Pick<CustomerPatch, 'type' | 'companyName' | 'firstName' | 'lastName'>
const NAMES = new Set(['type', 'companyName', 'firstName', 'lastName'])

const namesIn = async (session: Session, raw: VendorRecord): Promise<Names> =>
  (await session.found(session.mappings.customer, raw, '', {}, { fields: NAMES })).record
