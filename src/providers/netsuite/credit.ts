/** Credit memo and customer deposit of NetSuite, field by field (names of release 2026.1); read only. */
import type { CreditRecord } from '../../../schemas/credit.ts'
import type { CreditKind } from '../../../schemas/open-item.ts'
import type { Context } from '../../mapping/codec.ts'
import { type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { computed, currencyCode, date, instant, money, text } from './codecs.ts'
import { customerOf } from './customer-names.ts'
import { readApplications } from './payment-lines.ts'

/** Added to a deposit's record by its operation: what is open of it, and the apply lists of its deposit applications. */
export const DEPOSIT_EXTRAS = { unapplied: '#unapplied', applications: '#applications' } as const

/** No list shows credits, so no row has a column. */
const unlisted = { column: null }

const rowsOf = (kind: CreditKind, customer: string) => ({
  kind: computed<CreditKind>({ title: kind, paths: [], decode: () => kind }),
  number: readOnly('tranId', text, unlisted),
  date: readOnly('tranDate', date, unlisted),
  customer: computed<NonNullable<CreditRecord['customer']>>({
    title: 'customer reference',
    paths: [customer],
    decode: ({ [customer]: value }, context) => customerOf(value, context),
  }),
  currency: readOnly('currency', currencyCode, unlisted),
  paymentId: computed<string>({ title: 'a credit of its own', paths: [], decode: () => null }),
  memo: readOnly('memo', text, unlisted),
  createdAt: readOnly('createdDate', instant, unlisted),
  updatedAt: readOnly('lastModifiedDate', instant, unlisted),
})

/** That a memo's list shows what payments applied too is uncertain, and it does not tell them: `paymentId` stays null. */
const applied = (record: VendorRecord, context: Context): CreditRecord['applications'] =>
  (readApplications(record, context) ?? []).map(({ invoiceId, invoiceNumber, amount }) => ({
    invoiceId,
    invoiceNumber,
    amount,
    paymentId: null,
  }))

export const creditMemo: Mapping<CreditRecord> = {
  ...rowsOf('memo', 'entity'),
  amount: readOnly('total', money, unlisted),
  openAmount: readOnly(['unapplied', 'amountRemaining'], money, unlisted),
  applications: computed({
    title: 'apply lines',
    paths: ['apply'],
    decode: applied,
  }),
}

export const customerDeposit: Mapping<CreditRecord> = {
  ...rowsOf('deposit', 'customer'),
  amount: readOnly(['payment', 'total'], money, unlisted),
  // The record has no such property; SuiteQL has.
  openAmount: readOnly(DEPOSIT_EXTRAS.unapplied, money, unlisted),
  applications: computed({
    title: 'apply lines of its deposit applications',
    paths: ['apply'],
    decode: (record, context) =>
      (record[DEPOSIT_EXTRAS.applications] as readonly VendorRecord[]).flatMap((one) => applied(one, context)),
  }),
}
