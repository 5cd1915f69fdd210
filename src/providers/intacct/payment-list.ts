/** Lists of payments: ARPYMT first, then ARADVANCE, as one list. */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { withWarnings } from '../../mapping/reading.ts'
import type { Condition, ListQuery, RecordPage } from '../provider.ts'
import { refuseUnlisted } from '../unlisted.ts'
import { contextOf, type Desk, isKey } from './account.ts'
import type { Listing, Source } from './list.ts'
import { listRecords } from './listing.ts'
import { MEMO_COLUMN, memoIn } from './memo.ts'
import { memoPredicate } from './memo-filter.ts'
import { METHOD_WORDS, PAYMENT_LIST_LACKS } from './payment.ts'
import { ADVANCE, foundPayment } from './payment-history.ts'
import { isNoReceipt, isPosted, isReversal, statusPredicate } from './payment-states.ts'
import {
  all,
  any,
  compareNode,
  comparison,
  compileFilter,
  isIn,
  isNotNull,
  isNull,
  type Predicate,
  selectColumns,
  unsupported,
} from './query.ts'

type ObjectName = 'ARPYMT' | 'ARADVANCE'

export async function listPayments(desk: Desk, query: ListQuery): Promise<RecordPage<PaymentRecord>> {
  const mapping = desk.mappings.payment
  refuseUnlisted(query.fields, PAYMENT_LIST_LACKS)
  const lacks = new Set<string>(PAYMENT_LIST_LACKS)
  const wanted = new Set(
    Object.keys(mapping).filter((field) => !lacks.has(field) && (query.fields?.has(field) ?? true)),
  )
  const listing: Listing = {
    mapping,
    context: contextOf(desk),
    shownText: (column, value) => (column === MEMO_COLUMN ? memoIn(value) : value),
    sources: [sourceOf(desk, 'ARPYMT', query, wanted), sourceOf(desk, 'ARADVANCE', query, wanted)],
  }
  const page = await listRecords(desk.client, listing, query)
  const receipts = page.items.filter(
    ({ source, record }) => !(source.object === 'ARPYMT' ? isNoReceipt : isReversal)(record.fields),
  )
  return {
    ...page,
    items: receipts.map(({ source, record, position }) => {
      const found = foundPayment(desk, source.object, record, wanted)
      return { ...withWarnings(found, desk.hidden.warnings(source.object, mapping, wanted)), position }
    }),
    // The count is Intacct's, and it counts what is no payment.
    total: receipts.length === page.items.length ? page.total : null,
  }
}

function sourceOf(desk: Desk, object: ObjectName, query: ListQuery, wanted: ReadonlySet<string>): Source {
  const mapping = desk.mappings.payment
  const context = contextOf(desk)
  const own = compileFilter(query.filter, { mapping, context, special: (condition) => special(object, condition) })
  return {
    object,
    prefix: object === 'ARADVANCE' ? ADVANCE : '',
    select: [
      ...selectColumns(mapping, wanted),
      ...selectColumns(mapping, ['currency', 'status', 'amount', 'unappliedAmount']),
      'RECORDTYPE',
    ],
    // Settlements by credits alone have no amount, the records of reversals a negative one.
    filter: { ...own, predicate: all([own.predicate, compareNode('greaterThan', 'TRX_TOTALENTERED', '0')]) },
  }
}

function special(object: ObjectName, condition: Condition): Predicate | undefined {
  switch (condition.field) {
    case 'id':
      return idPredicate(object, condition)
    case 'memo':
      return memoPredicate(condition)
    case 'status':
      return statusPredicate(condition)
    case 'method':
      return methodPredicate(condition)
    case 'undeposited':
      return undepositedPredicate(condition)
    case 'unappliedAmount':
      return all([comparison(condition, 'TRX_TOTALDUE', (value) => value), isPosted])
    default:
      return undefined
  }
}

function undepositedPredicate(condition: Condition): Predicate {
  const { operator, values } = condition
  const isNot = operator === 'notEquals' || operator === 'notIn'
  if (!isNot && operator !== 'equals' && operator !== 'in') throw unsupported(condition, 'It is true or false.')
  const fits = (word: string) => values.includes(word) !== isNot
  const funds = 'UNDEPOSITEDACCOUNTNO'
  return any([fits('true') && isNotNull(funds), fits('false') && isNull(funds)])
}

/** Ids name the object: `2096`, `adv-78`. What is no key is the id of nothing. */
function idPredicate(object: ObjectName, condition: Condition): Predicate {
  const { operator } = condition
  const isNot = operator === 'notEquals' || operator === 'notIn'
  if (!isNot && operator !== 'equals' && operator !== 'in') throw unsupported(condition, 'An id has no order.')
  const mine = condition.values.filter((id) => id.startsWith(ADVANCE) === (object === 'ARADVANCE'))
  const keys = mine.map((id) => (object === 'ARADVANCE' ? id.slice(ADVANCE.length) : id)).filter(isKey)
  return isIn('RECORDNO', keys, isNot ? 'notin' : 'in')
}

/** By what a payment reads back as: nothing is `wire`, whatever it was created with. */
function methodPredicate(condition: Condition): Predicate {
  if (condition.operator !== 'equals' && condition.operator !== 'in')
    throw unsupported(condition, 'Only equals and in are possible.')
  return any(
    condition.values.map((method) => {
      const words = WRITTEN.filter(([, ours]) => ours === method).map(([word]) => word)
      if (method === 'other')
        return comparison(
          { ...condition, operator: 'notIn', values: WRITTEN.map(([word]) => word) },
          'PAYMENTMETHOD',
          (value) => value,
        )
      return isIn('PAYMENTMETHOD', words)
    }),
  )
}
/** The words of the documentation, spelt as there. */
const WRITTEN = ['Printed Check', 'Cash', 'EFT', 'Credit Card', 'Online Charge Card', 'Online ACH Debit'].map(
  (word) => [word, METHOD_WORDS[word.toLowerCase()]] as const,
)
