/** Short lists that the record service shows as records of their own: currency, term and account, to read only. */
import { type ListEntry, NETSUITE_LISTS } from '../seed/netsuite-lists.ts'
import { type FieldTable, many } from './fields.ts'
import type { RecordType } from './record-type.ts'
import { listEntry } from './state.ts'

/** Names and types of release 2026.1, as far as the sandbox's lists have values for them. */
const COMMON: FieldTable = {
  id: { kind: 'text', readOnly: true, filterable: true },
  ...many('refName externalId', { kind: 'text', readOnly: true }),
  isInactive: { kind: 'boolean', readOnly: true },
}
const CURRENCY: FieldTable = {
  ...COMMON,
  ...many('name symbol displaySymbol', { kind: 'text', readOnly: true }),
  isBaseCurrency: { kind: 'boolean', readOnly: true },
  exchangeRate: { kind: 'double', readOnly: true },
}
const TERM: FieldTable = {
  ...COMMON,
  name: { kind: 'text', readOnly: true },
  daysUntilNetDue: { kind: 'integer', readOnly: true },
}
const ACCOUNT_TYPES = {
  Bank: 'Bank',
  AcctRec: 'Accounts Receivable',
  OthCurrAsset: 'Other Current Asset',
  Income: 'Income',
}
const ACCOUNT: FieldTable = {
  ...COMMON,
  ...many('acctName acctNumber fullName', { kind: 'text', readOnly: true }),
  acctType: { kind: 'enum', values: ACCOUNT_TYPES, readOnly: true },
}

function listType(name: string, fields: FieldTable): RecordType {
  const entries = NETSUITE_LISTS[name] ?? []
  return {
    name,
    fields,
    exists: (_state, id) => listEntry(name, id) !== undefined,
    ids: () => entries.map((entry) => entry.id),
    value: (_state, id, field) => partOf(listEntry(name, id)!, field),
    lines: () => [],
  }
}

function partOf(entry: ListEntry, field: string): unknown {
  switch (field) {
    case 'id':
      return entry.id
    case 'refName':
    case 'name':
    case 'acctName':
    case 'fullName':
      return entry.name
    case 'isInactive':
      return entry.inactive ?? false
    case 'isBaseCurrency':
      return entry.more?.['isbasecurrency'] === 'T'
    default:
      return entry.more?.[field.toLowerCase()]
  }
}

export const LIST_RECORDS = [listType('currency', CURRENCY), listType('term', TERM), listType('account', ACCOUNT)]
