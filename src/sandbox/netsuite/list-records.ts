/** The account's short lists as records of their own: terms, currencies, accounts and the like, to read and to filter. */
import { type ListEntry, NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import { type Field, type FieldTable, many } from './fields.ts'
import { byNumber, type RecordType } from './record-type.ts'

/** What a field of a list's record shows. */
type Read = (entry: ListEntry) => unknown
interface Column {
  readonly field: Field
  readonly read: Read
}
type Columns = Readonly<Record<string, Column>>

/** Which fields of these records `q` takes is not published; names and the mark are a guess. */
const text = (read: Read): Column => ({ field: { kind: 'text', filterable: true }, read })
const number = (read: Read): Column => ({ field: { kind: 'double' }, read })
const flag = (read: Read): Column => ({ field: { kind: 'boolean', filterable: true }, read })
const more =
  (name: string): Read =>
  (entry) =>
    entry.more?.[name]
const name = text((entry) => entry.name)

const ACCOUNT_TYPES = { Bank: 'Bank', Income: 'Income', AcctRec: 'Accounts Receivable' } as const
const STAGES = { LEAD: 'Lead', PROSPECT: 'Prospect', CUSTOMER: 'Customer' } as const
const TREE: Columns = { name, fullName: name }
const ITEM: Columns = { itemId: name }
const ENTITY: Columns = { entityId: name }
/** "CUSTOMER-Closed Won": the stage and the status itself. */
const stageAndStatus = ({ name: both }: ListEntry): [string, string] => {
  const dash = both.indexOf('-')
  return [both.slice(0, dash), both.slice(dash + 1)]
}

/** Record type, the list that it shows, and its own fields; names of release 2026.1. */
const LISTS: readonly (readonly [type: string, list: string, columns: Columns, only?: string])[] = [
  [
    'account',
    'account',
    {
      acctNumber: text(more('acctnumber')),
      ...{ acctName: name, fullName: name },
      acctType: {
        field: { kind: 'enum', values: { ...ACCOUNT_TYPES, OthCurrAsset: 'Other Current Asset' }, filterable: true },
        read: more('accttype'),
      },
      accountSearchDisplayName: text((entry) => `${entry.more?.['acctnumber']} ${entry.name}`),
    },
  ],
  ['billingSchedule', 'billingSchedule', { name }],
  ['classification', 'classification', TREE],
  ['contact', 'contact', ENTITY],
  ['contactRole', 'contactRole', { name }],
  [
    'currency',
    'currency',
    {
      ...{ name, symbol: text(more('symbol')), displaySymbol: text(more('displaysymbol')) },
      exchangeRate: number(more('exchangerate')),
      isBaseCurrency: flag((entry) => entry.more?.['isbasecurrency'] === 'T'),
    },
  ],
  ['customerCategory', 'customerCategory', { name }],
  [
    'customerStatus',
    'customerStatus',
    {
      name: text((entry) => stageAndStatus(entry)[1]),
      stage: { field: { kind: 'enum', values: STAGES }, read: (entry) => stageAndStatus(entry)[0] },
    },
  ],
  ['department', 'department', TREE],
  ['discountItem', 'item', ITEM, 'Discount'],
  ['employee', 'employee', { ...ENTITY, isSalesRep: flag((entry) => entry.more?.['issalesrep'] === 'T') }],
  ['location', 'location', TREE],
  ['partner', 'partner', ENTITY],
  ['paymentMethod', 'paymentMethod', { name }],
  ['priceLevel', 'priceLevel', { name }],
  ['salesTaxItem', 'taxItem', ITEM],
  ['serviceSaleItem', 'item', ITEM, 'Service'],
  ['shipItem', 'shipItem', ITEM],
  [
    'subsidiary',
    'subsidiary',
    { ...TREE, currency: { field: { kind: 'reference', to: 'currency' }, read: more('currency') } },
  ],
  ['term', 'term', { name, daysUntilNetDue: { field: { kind: 'integer' }, read: more('daysuntilnetdue') } }],
]

export const LIST_RECORDS: readonly RecordType[] = LISTS.map(([type, list, columns, only]) =>
  listRecord(
    type,
    NETSUITE_LISTS[list]!.filter((entry) => only === undefined || entry.more?.['itemtype'] === only),
    columns,
  ),
)

function listRecord(type: string, entries: readonly ListEntry[], columns: Columns): RecordType {
  const entry = (id: string) => entries.find((candidate) => candidate.id === id)
  const fields: FieldTable = {
    id: { kind: 'text', readOnly: true, filterable: true },
    ...many('refName externalId', { kind: 'text', readOnly: true }),
    isInactive: { kind: 'boolean', filterable: true },
    ...Object.fromEntries(Object.entries(columns).map(([column, { field }]) => [column, field])),
  }
  return {
    name: type,
    fields,
    exists: (_state, id) => entry(id) !== undefined,
    ids: () => entries.map(({ id }) => id).sort(byNumber),
    value: (_state, id, field) => {
      const found = entry(id)!
      if (field === 'id') return id
      if (field === 'refName') return found.name
      if (field === 'isInactive') return found.inactive ?? false
      return columns[field]?.read(found)
    },
    lines: () => [],
  }
}
