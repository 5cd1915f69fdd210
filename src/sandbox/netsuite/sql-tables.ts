/** The SuiteQL tables of the sandbox: names and columns as public SuiteQL and published exports of accounts use them. */
import { NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import type { Line } from './fields.ts'
import { type ColumnType, columns, type Row, type SqlTable, viewOf } from './sql-columns.ts'
import { addressKey, CUSTOMER_COLUMNS, customerRow } from './sql-customer.ts'
import {
  accountingRows,
  LINK_COLUMNS,
  lineRows,
  linkRows,
  TRANSACTION_COLUMNS,
  transactionRow,
} from './sql-transaction.ts'
import type { NetSuiteState } from './state.ts'

const ADDRESS_KEYED = {
  ...columns('integer', 'nkey customer$id'),
  ...columns('text', 'addressee attention addr1 addr2 addr3 addrphone city state zip country addrtext'),
}

function addresses(state: NetSuiteState, id: string): readonly Line[] {
  return (state.books.getCustomer(id)?.details['addressBook'] ?? []) as readonly Line[]
}

function flag(value: unknown): 'T' | 'F' {
  return value === true ? 'T' : 'F'
}

const BOOK_TABLES: readonly SqlTable[] = [
  {
    ...{ name: 'customer', source: 'customer', key: 'id', columns: CUSTOMER_COLUMNS },
    rows: (state, id) => [customerRow(state, state.books.customer(id))],
  },
  {
    ...{ name: 'customeraddressbook', source: 'customer', key: 'entity' },
    columns: {
      ...columns('integer', 'entity internalid addressbookaddress'),
      ...columns('text', 'label defaultbilling defaultshipping isresidential'),
    },
    rows: (state, id) =>
      addresses(state, id).map((line) => ({
        ...{ entity: id, internalid: line['id'], addressbookaddress: addressKey(line), label: line['label'] },
        ...{ defaultbilling: flag(line['defaultBilling']), defaultshipping: flag(line['defaultShipping']) },
        isresidential: flag(line['isResidential']),
      })),
  },
  {
    ...{ name: 'customeraddressbookentityaddress', source: 'customer', key: 'customer$id' },
    columns: ADDRESS_KEYED,
    rows: addressRows,
  },
  {
    ...{ name: 'transaction', source: 'document', key: 'id', columns: TRANSACTION_COLUMNS },
    rows: (state, id) => [transactionRow(state, state.books.document(id))],
  },
  {
    ...{ name: 'transactionline', source: 'document', key: 'transaction' },
    columns: {
      ...columns('integer', 'transaction id linesequencenumber uniquekey entity subsidiary expenseaccount'),
      ...columns('integer', 'department class location'),
      ...columns('text', 'mainline taxline memo cleared'),
      ...columns('number', 'foreignamount foreignamountunpaid foreignpaymentamountunused'),
    },
    rows: (state, id) => lineRows(state, state.books.document(id)),
  },
  {
    ...{ name: 'transactionaccountingline', source: 'document', key: 'transaction' },
    columns: {
      ...columns('integer', 'transaction transactionline accountingbook account'),
      ...columns('number', 'amount debit credit'),
      ...columns('text', 'posting'),
    },
    rows: (state, id) => accountingRows(state.books.document(id)),
  },
  {
    ...{ name: 'nexttransactionlinelink', source: 'settlement', key: 'settlement$id', columns: LINK_COLUMNS },
    rows: (state, id) => linkRows(state, state.books.getSettlement(id)!),
  },
  viewOf('nexttransactionlinelink', 'previoustransactionlinelink', LINK_COLUMNS, '*'),
  viewOf('customeraddressbookentityaddress', 'entityaddress', ADDRESS_KEYED, '*'),
  viewOf(
    'customer',
    'customersubsidiaryrelationship',
    { ...columns('integer', 'id entity subsidiary'), ...columns('text', 'isprimarysub isinactive') },
    "id, id AS entity, subsidiary$id AS subsidiary, 'T' AS isprimarysub, 'F' AS isinactive",
  ),
  viewOf(
    'customer',
    'entity',
    { ...columns('integer', 'id'), ...columns('text', 'entityid entitytitle type isinactive') },
    "id, entityid, entitytitle, 'CustJob' AS type, isinactive",
  ),
]

function addressRows(state: NetSuiteState, id: string): Row[] {
  return addresses(state, id).map((line) => {
    const address = Object.entries(line['addressBookAddress'] as Line)
    const lower = address.map(([name, value]) => [name.toLowerCase(), value])
    return { ...Object.fromEntries(lower), nkey: addressKey(line), customer$id: id }
  })
}

/** Columns beside id, name and isinactive. */
const LIST_COLUMNS: Readonly<Record<string, Record<string, ColumnType>>> = {
  currency: { ...columns('text', 'symbol isbasecurrency displaysymbol'), ...columns('number', 'exchangerate') },
  term: columns('integer', 'daysuntilnetdue'),
  subsidiary: { ...columns('integer', 'currency'), ...columns('text', 'country fullname') },
  account: columns('text', 'acctnumber accttype fullname accountsearchdisplayname'),
  employee: columns('text', 'entityid issalesrep'),
  partner: columns('text', 'entityid'),
  classification: columns('text', 'fullname'),
  department: columns('text', 'fullname'),
  location: columns('text', 'fullname'),
  item: columns('text', 'itemid fullname itemtype'),
  shipItem: columns('text', 'itemid'),
  taxItem: columns('text', 'itemid fullname'),
  contact: columns('text', 'entityid'),
}
/** Lists whose SuiteQL table has another name. */
const SQL_NAMES: Readonly<Record<string, string>> = { taxItem: 'salestaxitem', territory: 'salesterritory' }
const LIST_TABLES: readonly SqlTable[] = Object.entries(NETSUITE_LISTS).map(([list, entries]): SqlTable => {
  const more = LIST_COLUMNS[list] ?? {}
  const rows = entries.map((entry) => {
    const names = Object.fromEntries(Object.keys(more).map((column) => [column, entry.name]))
    const shown = { accountsearchdisplayname: `${entry.more?.['acctnumber']} ${entry.name}` }
    const extra = { ...names, ...(list === 'account' && shown), ...entry.more }
    return { ...extra, id: entry.id, name: entry.name, isinactive: flag(entry.inactive) }
  })
  const own = { id: 'integer', name: 'text', isinactive: 'text', ...more } as const
  const name = SQL_NAMES[list] ?? list.toLowerCase()
  return { name, source: 'list', key: 'id', columns: own, rows: () => rows }
})

/** Customer statuses by their SuiteQL table, which has `key` where others have `id` (seen in public queries). */
const ENTITY_STATUS: SqlTable = {
  ...{ name: 'entitystatus', source: 'list', key: 'key' },
  columns: { ...columns('integer', 'key'), ...columns('text', 'name entitytype inactive') },
  rows: () =>
    NETSUITE_LISTS['customerStatus']!.map(({ id, name }) => {
      const [entitytype = '', ...words] = name.split('-')
      return { key: id, name: words.join('-'), entitytype, inactive: 'F' }
    }),
}

export const SQL_TABLES: readonly SqlTable[] = [...BOOK_TABLES, ...LIST_TABLES, ENTITY_STATUS]
