/** Lists of customer payments: what SuiteQL knows of them, and what filters by word mean there. */
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { columnsOfAccount } from '../../mapping/account.ts'
import type { ListQuery, RecordPage } from '../provider.ts'
import { jsonNumber } from './codecs.ts'
import type { Fragment, Table } from './columns.ts'
import { listRecords } from './lists.ts'
import { paymentRows } from './payment.ts'
import type { RecordList } from './record-lists.ts'
import type { Session } from './session.ts'

/** The bare letter over REST, `CustPymt:B` in other contexts. */
const letters = (...codes: string[]): Fragment => ({
  sql: `t.status IN (${codes.flatMap((code) => [`'${code}'`, `'CustPymt:${code}'`]).join(', ')})`,
  params: [],
})

function tableOf(session: Session): Table {
  const methods = Object.entries(session.defaults.paymentMethods ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  )
  const column = 't.paymentoption'
  const configured = methods.map(([, id]) => jsonNumber(id))
  const others = {
    sql: `(${column} IS NOT NULL AND ${column} NOT IN (${configured.map(() => '?').join(', ')}))`,
    params: configured,
  }
  return {
    name: 'payments',
    from: 'transaction t',
    alias: 't',
    mapping: paymentRows,
    types: session.shapeOf('payment')?.types,
    scope: { sql: "t.type = 'CustPymt'", params: [] },
    empty: { status: 'unknown' },
    never: ['customer', 'date', 'amount', 'currency'],
    sure: new Set([
      ...[
        'id',
        'type',
        'tranid',
        'trandate',
        'entity',
        'currency',
        'exchangerate',
        'foreigntotal',
        'memo',
        'status',
        'externalid',
      ],
      ...['lastmodifieddate', 'foreignpaymentamountunused'],
    ]),
    words: {
      // `reconciled` is left out: only transaction lines know it.
      status: { pending: letters('A'), posted: letters('B'), deposited: letters('C'), voided: letters('V') },
      // "Not Deposited" is the status of what waits in undeposited funds.
      undeposited: { true: letters('B'), false: { sql: `NOT (${letters('B').sql})`, params: [] } },
      method: {
        other: configured.length === 0 ? { sql: `${column} IS NOT NULL`, params: [] } : others,
        // Never unknown to SQL, so that a payment without a method is not a cheque either.
        ...Object.fromEntries(
          methods.map(([word, id]) => [
            word,
            { sql: `(${column} IS NOT NULL AND ${column} = ?)`, params: [jsonNumber(id)] },
          ]),
        ),
      },
    },
  }
}

export const listPayments = (session: Session, query: ListQuery): Promise<RecordPage<PaymentRecord>> =>
  session.listed(byRecords, query, () =>
    listRecords(session, tableOf(session), columnsOfAccount(paymentRows, session.mappings.payment), query),
  )
const byRecords: RecordList<PaymentRecord> = {
  kind: 'payment',
  type: 'customerPayment',
  unlisted: ['applications', 'credits'],
}
