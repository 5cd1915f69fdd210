/** The customer payment of NetSuite, field by field (names of release 2026.1; SuiteQL columns of `transaction t`). */
import Big from 'big.js'
import type { PAYMENT_METHODS, PAYMENT_STATUSES } from '../../../schemas/payment.ts'
import { mappingOfAccount } from '../../mapping/account.ts'
import { type Context, isEmpty, unknownWord } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { absent, at, type Mapping, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { compare, minorDigits, moneyText, subtract } from '../../mapping/money.ts'
import type { PaymentFields } from '../provider.ts'
import {
  computed,
  currencyCode,
  date,
  decimal,
  externalId,
  flag,
  instant,
  money,
  NO_SUBSIDIARIES,
  reference,
  symbolOf,
  text,
} from './codecs.ts'
import { customerOf, NAME_OF_ENTITY } from './customer-names.ts'
import { customFields, namesUsedBy, vendorFields } from './extra-fields.ts'
import { readApplications, readCredits } from './payment-lines.ts'
import { amountOf, idOf, isTrue, nameOf, recordIdOf } from './values.ts'

type Status = (typeof PAYMENT_STATUSES)[number]
type Method = (typeof PAYMENT_METHODS)[number]
type Payer = NonNullable<PaymentFields['customer']>

/** Letters of the payment's status; R (rejected) and any other word are `unknown`, and a warning has the word. */
const STATUSES: Readonly<Record<string, Status>> = {
  ...{ A: 'pending', B: 'posted', C: 'deposited', V: 'voided' },
  // Guides of the API show DEPOSITED; the others are made after it (uncertain).
  ...{ UNAPPROVED: 'pending', NOT_DEPOSITED: 'posted', DEPOSITED: 'deposited', VOIDED: 'voided' },
}

const amountAt = (record: VendorRecord, name: string): string | null => amountOf(record[name])

function readStatus(record: VendorRecord, context: Context): Status | undefined {
  if (record['status'] === undefined) return undefined
  const word = idOf(record['status'])?.replace(/^.*:/, '') ?? ''
  const status = Object.hasOwn(STATUSES, word) ? (STATUSES[word] as Status) : unknownWord(word, 'unknown', context)
  const refunded = amountAt(record, 'refundedAmountTotalBox')
  const paid = amountAt(record, 'payment')
  if (refunded !== null && paid !== null && compare(refunded, '0') > 0 && compare(refunded, paid) >= 0) return 'voided'
  return status === 'deposited' && isTrue(record['cleared']) ? 'reconciled' : status
}

function readDeposit(record: VendorRecord): PaymentFields['depositTo'] | undefined {
  const { undepFunds, account } = record
  if (undepFunds === undefined && account === undefined) return undefined
  if (isTrue(undepFunds)) return { kind: 'undepositedFunds', id: null }
  const id = recordIdOf(account)
  if (id === null && !isEmpty(account)) return garbledValue('an account', account)
  return id === null ? null : { kind: 'bankAccount', id }
}

/** Never `applied`: that counts the credits too. */
function readApplied(record: VendorRecord, currency: string | null): string | null | undefined {
  const [paid, rest] = [amountAt(record, 'payment'), amountAt(record, 'unapplied')]
  return paid === null || rest === null ? undefined : moneyText(subtract(paid, rest), currency)
}

function readBase(record: VendorRecord): string | null | undefined {
  const [paid, rate] = [amountAt(record, 'payment'), amountAt(record, 'exchangeRate')]
  if (paid === null || rate === null) return undefined
  const base = symbolOf(record['primaryBookBaseCurrency'])
  return new Big(paid).times(rate).toFixed(minorDigits(base), Big.roundHalfUp)
}

/** With every place that is known for a field, the surest first. */
export const paymentRows: Mapping<PaymentFields> = {
  number: readOnly('tranId', text, { column: 't.tranid' }),
  customer: computed<Payer>({
    title: 'customer reference',
    paths: ['customer'],
    column: 't.entity',
    sql: 'reference',
    nameColumn: NAME_OF_ENTITY,
    word: 'customer',
    access: 'create-only',
    decode: ({ customer }, context) => (customer === undefined ? undefined : customerOf(customer, context)),
    encode: (customer) => ({ customer: customer && { id: customer.id } }),
  }),
  date: at('tranDate', date, { column: 't.trandate' }),
  amount: at('payment', money, { column: 't.foreigntotal' }),
  currency: at('currency', currencyCode, { column: 't.currency' }),
  externalId: externalId('t.externalid'),
  exchangeRate: at('exchangeRate', decimal, { column: 't.exchangerate' }),
  method: computed<Method>({
    title: 'paymentOption through defaults.paymentMethods',
    paths: ['paymentOption', 'paymentMethod'],
    column: 't.paymentoption',
    sql: 'reference',
    // The word is added to the record by the session: the ids are the account's own.
    decode: (record) =>
      (record['paymentOption'] ?? record['paymentMethod']) === undefined
        ? undefined
        : ((record['methodWord'] as Method | undefined) ?? null),
    encode: () => ({}),
  }),
  methodRef: at(['paymentOption', 'paymentMethod'], reference('payment-methods'), { column: 't.paymentoption' }),
  reference: at(['checkNumber', 'checkNum'], text, { column: 't.otherrefnum' }),
  depositTo: computed({
    title: 'bank account or undeposited funds',
    paths: ['account', 'undepFunds'],
    decode: readDeposit,
    encode: (target, { typeOf }) => {
      if (target === null) return {}
      const isBank = target.kind === 'bankAccount'
      // A radio button in release 2026.1, a check box in other descriptions of the API. It decides, not the account: public
      // scripts that want a bank account say first that it is not undeposited funds (`undepfunds` F, then `account`).
      const button = typeOf?.('undepFunds') === 'boolean' ? !isBank : { id: isBank ? 'F' : 'T' }
      if (!isBank) return { undepFunds: button }
      const hasButton = typeOf?.('undepFunds') !== undefined || typeOf?.('account') === undefined
      return { ...(hasButton && { undepFunds: button }), account: { id: target.id } }
    },
  }),
  arAccount: at('arAcct', reference('accounts'), {
    column: null,
    missing: 'The payments of this account have no field for the receivables account; the form decides.',
  }),
  // No columns: subsidiary and the segments are on lines in SuiteQL, and not in every account.
  entity: at('subsidiary', reference('entities'), { column: null, missing: NO_SUBSIDIARIES }),
  department: at('department', reference('departments'), { column: null }),
  class: at('class', reference('classes'), { column: null }),
  location: at('location', reference('locations'), { column: null }),
  memo: at('memo', text, { column: 't.memo' }),
  customFields: customFields('custbody'),
  vendorFields: vendorFields(() => used, ['total', 'applied', 'cleared', 'methodWord', 'balance', 'autoApply']),
  baseCurrency: readOnly('primaryBookBaseCurrency', currencyCode, { column: null }),
  baseAmount: computed({
    title: 'payment × exchangeRate',
    paths: ['payment', 'exchangeRate'],
    needs: ['amount', 'exchangeRate'],
    decode: readBase,
  }),
  appliedAmount: computed({
    title: 'payment − unapplied',
    paths: ['payment', 'unapplied'],
    needs: ['amount', 'unappliedAmount'],
    decode: (record, context) => readApplied(record, context.currency),
  }),
  unappliedAmount: readOnly('unapplied', money, { column: 't.foreignpaymentamountunused' }),
  // SuiteQL's transaction does not tell a cleared payment: lists show `deposited` for `reconciled`.
  status: computed<Status>({
    title: 'status letter',
    paths: ['status', 'cleared'],
    column: 't.status',
    sql: 'enum',
    decode: readStatus,
  }),
  statusText: computed({
    title: 'status name',
    paths: ['status'],
    needs: ['status'],
    decode: ({ status }) => (status === undefined ? undefined : nameOf(status)),
  }),
  applications: computed({
    title: 'apply lines',
    paths: ['apply'],
    decode: readApplications,
    encode: () => ({}),
  }),
  credits: computed({
    title: 'credit and deposit lines',
    paths: ['credit', 'deposit'],
    decode: readCredits,
    encode: () => ({}),
  }),
  void: computed<NonNullable<PaymentFields['void']>>({ title: 'known to the gateway', paths: [], decode: () => null }),
  autoApply: at('autoApply', flag, { access: 'write-only', column: null }),
  draft: absent('NetSuite posts customer payments at once; it has no drafts of them.'),
  createdAt: readOnly('createdDate', instant, { column: 't.createddate' }),
  updatedAt: readOnly('lastModifiedDate', instant, { column: 't.lastmodifieddate' }),
}
const used = namesUsedBy(paymentRows)

/** As release 2026.1 has them. */
export const payment = mappingOfAccount(paymentRows, null)
