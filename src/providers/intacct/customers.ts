/** Reading customers, one by one and in lists. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import { toUnified } from '../../mapping/mapping.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Condition, Found, ListQuery, ReadOptions, RecordPage } from '../provider.ts'
import { refuseUnlisted } from '../unlisted.ts'
import { contextOf, type Desk, notFound } from './account.ts'
import { agingOf } from './aging.ts'
import { type AnswerRecord, garbled, hasList, linesOf, rawOf } from './answer.ts'
import { CONTACT_LIST, readContacts } from './contacts.ts'
import { COMPUTED, CUSTOMER_LIST_LACKS } from './customer.ts'
import { TEMPLATE_LIST } from './email-template.ts'
import { listRecords } from './listing.ts'
import { comparison, compileFilter, type Predicate, selectColumns } from './query.ts'
import { keyOf, withoutId } from './record-keys.ts'
import { withFilled } from './selected-fields.ts'

const OBJECT = 'CUSTOMER'
const KEY = 'CUSTOMERID'

/** Full records come by name: `query` would have to name every custom field, and they are known to `lookup` only. */
export async function readCustomer(desk: Desk, id: string): Promise<AnswerRecord> {
  const record = id.includes(',') ? await readByKey(desk, id) : await desk.client.readByName(OBJECT, id)
  if (record === null) throw notFound('customer', id)
  const { [KEY]: own } = record.fields
  // Another customer than was asked for would be taken for it.
  if (typeof own !== 'string' || own.toLowerCase() !== id.toLowerCase())
    throw garbled('the customer that was asked for')
  desk.recordNumbers.set(own, keyOf(record))
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
  const [found] = page.records
  return found === undefined ? null : ((await desk.client.read(OBJECT, [keyOf(found)]))[0] ?? null)
}

function foundCustomer(
  desk: Desk,
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null = null,
  extra: object = {},
): Found<CustomerRecord> {
  const fields = { ...withFilled(OBJECT, record.fields, desk.hidden.of(OBJECT)), ...extra }
  return {
    nativeId: String(record.fields[KEY] ?? ''),
    ...toUnified(desk.mappings.customer, fields, contextOf(desk, fields), wanted),
    // Only made for who asks.
    get raw() {
      return rawOf(record.content)
    },
  }
}

/** The customer with its lists, which only `read` shows; that wants RECORDNO, so it is remembered. */
export async function readWhole(desk: Desk, id: string): Promise<AnswerRecord> {
  const key = desk.recordNumbers.get(id)
  const kept = key === undefined ? undefined : (await desk.client.read(OBJECT, [key]))[0]
  if (kept?.fields[KEY] === id) return kept
  const record = await readCustomer(desk, id)
  if (hasLists(record)) return record
  return (await desk.client.read(OBJECT, [keyOf(record)]))[0] ?? record
}
const hasLists = (record: AnswerRecord): boolean => hasList(record, CONTACT_LIST) || hasList(record, TEMPLATE_LIST)

const LISTS = ['contacts', 'emailTemplates']

export async function getCustomer(desk: Desk, id: string, options: ReadOptions = {}): Promise<Found<CustomerRecord>> {
  const asked = (field: string) => options.fields?.has(field) ?? true
  const record = LISTS.some(asked) ? await readWhole(desk, id) : await readCustomer(desk, id)
  // It costs a query of its own, so only who asks for it gets it.
  const wantsAging = options.fields?.has('aging') || options.include?.has('aging')
  const wanted = options.fields && wantsAging ? new Set([...options.fields, 'aging']) : (options.fields ?? null)
  const read = asked('contacts') ? await readContacts(desk, record) : null
  const found = foundCustomer(desk, record, wanted, {
    ...(wantsAging && { [COMPUTED.aging]: await agingOf(desk, String(record.fields[KEY])) }),
    ...(read && { [COMPUTED.contacts]: read.contacts }),
    ...(hasList(record, TEMPLATE_LIST) && { [COMPUTED.emailTemplates]: linesOf(record, TEMPLATE_LIST) }),
  })
  return withWarnings(found, read?.warnings ?? [])
}

export async function listCustomers(desk: Desk, query: ListQuery): Promise<RecordPage<CustomerRecord>> {
  const { customer: mapping } = desk.mappings
  refuseUnlisted(query.fields, CUSTOMER_LIST_LACKS)
  const context = contextOf(desk)
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
  const known = page.items.filter(({ record: { fields } }) => typeof fields[KEY] === 'string' && fields[KEY] !== '')
  const hidden = desk.hidden.warnings(OBJECT, mapping, wanted)
  return {
    ...page,
    items: known.map(({ record, position }) =>
      Object.assign(withWarnings(foundCustomer(desk, record, wanted), hidden), { position }),
    ),
    warnings: [...(page.warnings ?? []), ...withoutId(OBJECT, page.items.length - known.length)],
  }
}

/** Our id is the number. */
const byId = (condition: Condition): Predicate | undefined =>
  condition.field === 'id' ? comparison(condition, KEY, (value) => value) : undefined
