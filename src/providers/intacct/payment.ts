/** Where each field of a payment is at Intacct. ARPYMT (receipts with applications) and ARADVANCE (without) share the rows. */
import type { Reference } from '../../../schemas/common.ts'
import type { PaymentRecord } from '../../../schemas/payment.ts'
import { fieldError } from '../../errors.ts'
import { type Codec, type Context, currency, decimal, isEmpty, money, text, unknownWord } from '../../mapping/codec.ts'
import { absent, at, custom, type Mapping, type Row, readOnly, type VendorRecord } from '../../mapping/mapping.ts'
import { compare, negate, subtract } from '../../mapping/money.ts'
import type { PaymentFields } from '../provider.ts'
import { auditTimestamp, timestamp, userDate } from './codecs.ts'
import { extraFields } from './extra-fields.ts'
import { memoRow } from './memo.ts'
import { DETAIL_LIST } from './payment-details.ts'
import { statusIn, statusOf } from './payment-states.ts'
import { customerOf, type ReferenceSource, reference } from './references.ts'
import type { Defaults } from './settings.ts'

/** Private names under which operations hand to the mapping what they found in details and other records. */
export const COMPUTED = { applications: '#APPLICATIONS', credits: '#CREDITS', cash: '#CASH', void: '#VOID' } as const

/** Not in a list's row: `query` gives no details. */
export const PAYMENT_LIST_LACKS: readonly (keyof PaymentRecord)[] = ['applications', 'credits', 'void', 'customFields']

export const PAYMENT_REFERENCES: Readonly<Record<string, ReferenceSource | null>> = {
  methodRef: null,
  department: { object: 'DEPARTMENT', id: 'DEPARTMENTID', name: 'TITLE' },
  location: { object: 'LOCATION', id: 'LOCATIONID', name: 'NAME' },
}

type Method = NonNullable<PaymentRecord['method']>
/** Ours for theirs. ach and wire are EFT there and come back as eft. */
export const METHOD_WORDS: Readonly<Record<string, Method>> = {
  'printed check': 'check',
  check: 'check',
  cash: 'cash',
  'credit card': 'card',
  'online charge card': 'card',
  'online ach debit': 'ach',
  eft: 'eft',
}
/** Theirs for ours. */
export const WRITTEN_METHODS: Readonly<Partial<Record<Method, string>>> = {
  check: 'Printed Check',
  cash: 'Cash',
  card: 'Credit Card',
  eft: 'EFT',
  ach: 'EFT',
  wire: 'EFT',
}
/** Used where a caller names no method: it says the least. */
export const DEFAULT_METHOD = 'EFT'

const method: Codec<Method> = {
  title: 'payment method',
  decode: (value, context) =>
    METHOD_WORDS[text.decode(value, context).toLowerCase()] ?? unknownWord(value, 'other', context),
  encode: (value) => {
    const word = WRITTEN_METHODS[value]
    if (word === undefined)
      throw fieldError('field_not_supported', '/method', `Sage Intacct has no payment method for ${value}.`)
    return word
  },
}

/** The names of ARPYMT and ARADVANCE (recorded lists) that no row below uses. */
export const PAYMENT_STANDARD = new Set(
  `RECORDNO PRBATCHKEY PRBATCH RECORDTYPE FINANCIALENTITYTYPE FINANCIALACCOUNTNAME FINANCIALACCOUNTCURRENCY SUMMARYTITLE
  DISPLAYSTATE RAWSTATE PAYMENTMETHODKEY PAYERNAME WHENCREATED WHENPAID PAYMENTDATE EXCH_RATE_DATE EXCH_RATE_TYPE_ID
  TOTALPAID TOTALDUE TRX_TOTALPAID TOTALSELECTED TRX_TOTALSELECTED BILLTOPAYTONAME BILLTOPAYTOKEY CREATEDBY MODIFIEDBY
  PARENTPAYMENTKEY TAXSOLUTIONID SUPDOCID MULTIENTITYPYMTKEY MEGAENTITYKEY RECORD_URL SYSTEMGENERATED CONTACTTAXGROUP
  LINKEDDOCID CUSTENTITY AMOUNTTOPAY TRX_AMOUNTTOPAY AMOUNTOPAY TRX_AMOUNTOPAY OVERPAYMENTAMOUNT ACTION ARPYMTDETAILS
  ARPYMTENTRIES ARADVANCEITEMS ONLINECARDPAYMENT ONLINEACHPAYMENT EXCHRATEDATE EXCHRATETYPE`.split(/\s+/),
)
const WRITABLE = new Set([
  'PAYERNAME',
  'WHENPAID',
  'PAYMENTDATE',
  'EXCH_RATE_DATE',
  'EXCH_RATE_TYPE_ID',
  'BILLTOPAYTONAME',
  'SUPDOCID',
  'PRBATCH',
])
const READ_ONLY = new Set([...PAYMENT_STANDARD].filter((name) => !WRITABLE.has(name)))

const NO_PLACE = 'A payment of Sage Intacct has no such field.'
const OTHER_ENTRIES = 'Sage Intacct takes it from the invoices that are paid.'

/** What is left: TRX_TOTALDUE of a posted receipt, what the details do not use of one that is not; undefined: not shown. */
function unapplied(record: VendorRecord, context: Context): string | undefined {
  const { [COMPUTED.cash]: cash, TRX_TOTALENTERED: amount, TRX_TOTALDUE: due } = record
  if (isEmpty(amount)) return undefined
  const word = statusOf(record)
  if (word === 'draft' || word === 'voided')
    return typeof cash === 'string' ? money.decode(subtract(money.decode(amount, context), cash), context) : undefined
  if (isEmpty(due)) return undefined
  const left = money.decode(due, context)
  return compare(left, '0') < 0 ? money.decode(negate(left), context) : left
}

const computed = <T>(name: string, paths: readonly string[] = []) =>
  custom<T>({
    title: name,
    paths,
    decode: (record, context) => {
      const value = record[name] as T | ((context: Context) => T) | null | undefined
      return typeof value === 'function' ? (value as (context: Context) => T)(context) : value
    },
    encode: () => ({}),
  })

/** A row that writes a place stands before those that only read it: errors of that place point at the first. */
const FIELDS: Omit<Mapping<PaymentFields>, 'externalId' | 'customFields' | 'vendorFields'> = {
  // Advances have one since 2025 R3 (release notes); the recorded field list of ARADVANCE is older.
  number: readOnly('RECORDID', text),
  customer: custom<NonNullable<PaymentRecord['customer']>>({
    title: 'customer',
    paths: ['CUSTOMERID', 'CUSTOMERNAME'],
    column: 'CUSTOMERID',
    referenceKind: 'customers',
    access: 'create-only',
    decode: customerOf,
    encode: (value) => ({ CUSTOMERID: value?.id }),
  }),
  date: at('RECEIPTDATE', userDate),
  amount: at('TRX_TOTALENTERED', money),
  currency: at('CURRENCY', currency),
  exchangeRate: at('EXCHANGE_RATE', decimal, { column: null }),
  baseCurrency: readOnly('BASECURR', text, { column: null }),
  baseAmount: custom({
    title: 'money',
    paths: ['TOTALENTERED', 'BASECURR'],
    access: 'read-only',
    decode: ({ TOTALENTERED: amount, BASECURR: currency }, context) => {
      if (amount === undefined) return undefined
      return isEmpty(amount)
        ? null
        : money.decode(amount, { ...context, currency: isEmpty(currency) ? null : text.decode(currency, context) })
    },
    encode: () => ({}),
  }),
  appliedAmount: custom({
    title: 'money',
    paths: ['TRX_TOTALENTERED', 'TRX_TOTALDUE', 'STATE'],
    access: 'read-only',
    decode: (record, context) => {
      const rest = unapplied(record, context)
      if (rest === undefined) return undefined
      return money.decode(subtract(money.decode(record['TRX_TOTALENTERED'], context), rest), context)
    },
    encode: () => ({}),
  }),
  unappliedAmount: custom({
    title: 'money',
    paths: ['TRX_TOTALDUE', 'TRX_TOTALENTERED', 'STATE'],
    column: 'TRX_TOTALDUE',
    order: 'number',
    access: 'read-only',
    decode: (record, context) => unapplied(record, context),
    encode: () => ({}),
  }),
  method: at('PAYMENTMETHOD', method, { column: null }),
  methodRef: reference('payment-methods', 'PAYMENTMETHOD'),
  reference: at('DOCNUMBER', text),
  depositTo: custom<NonNullable<PaymentRecord['depositTo']>>({
    title: 'depositTo',
    paths: ['FINANCIALENTITY', 'UNDEPOSITEDACCOUNTNO'],
    decode: ({ FINANCIALENTITY: bank, UNDEPOSITEDACCOUNTNO: funds }, context) => {
      if (!isEmpty(bank)) return { kind: 'bankAccount' as const, id: text.decode(bank, context) }
      if (!isEmpty(funds)) return { kind: 'undepositedFunds' as const, id: text.decode(funds, context) }
      return bank === undefined && funds === undefined ? undefined : null
    },
    encode: () => ({}),
  }),
  status: custom({
    title: 'status',
    paths: ['STATE', 'CLRDATE', 'CLEARED', 'FINANCIALENTITY'],
    access: 'read-only',
    decode: (record, context) => statusIn(record, context),
    encode: () => ({}),
  }),
  statusText: readOnly(['STATE', 'DISPLAYSTATE'], text, { column: null }),
  arAccount: absent(OTHER_ENTRIES),
  entity: reference('entities', 'MEGAENTITYID', { name: 'MEGAENTITYNAME', access: 'read-only' }),
  department: custom<Reference>({
    title: 'reference (departments)',
    paths: ['OVERPAYMENTDEPARTMENTID', 'DEPARTMENTID'],
    access: 'write-only',
    referenceKind: 'departments',
    decode: () => undefined,
    encode: () => ({}),
  }),
  class: absent(NO_PLACE),
  location: custom<Reference>({
    title: 'reference (locations)',
    paths: ['OVERPAYMENTLOCATIONID', 'LOCATIONID'],
    access: 'write-only',
    referenceKind: 'locations',
    decode: () => undefined,
    encode: () => ({}),
  }),
  memo: memoRow,
  applications: computed(COMPUTED.applications, [DETAIL_LIST]),
  credits: computed(COMPUTED.credits),
  autoApply: custom<boolean>({
    title: 'boolean',
    paths: [],
    access: 'write-only',
    decode: () => undefined,
    encode: () => ({}),
  }),
  draft: custom<boolean>({
    title: 'boolean',
    paths: ['ACTION'],
    access: 'write-only',
    decode: () => undefined,
    encode: (value) => ({ ACTION: value ? 'Draft' : 'Submit' }),
  }),
  void: { ...computed(COMPUTED.void), access: 'read-only' },
  createdAt: readOnly('AUWHENCREATED', auditTimestamp),
  updatedAt: readOnly('WHENMODIFIED', timestamp),
}

export function paymentMapping(defaults: Defaults = {}): Mapping<PaymentFields> {
  const externalId: Row<string> =
    defaults.externalIdField === undefined
      ? absent('Sage Intacct has no external id; name a custom field in `defaults.externalIdField`.')
      : at(defaults.externalIdField, text, { access: 'create-only' })
  const rows: Row<never>[] = [...Object.values(FIELDS), externalId] as Row<never>[]
  const mapped = new Set(
    rows.flatMap((row) => (row.kind === 'absent' ? [] : row.paths)).map((path) => path.toUpperCase()),
  )
  if (defaults.intentField) mapped.add(defaults.intentField.toUpperCase())
  return {
    ...FIELDS,
    externalId,
    ...extraFields({ mapped, standard: PAYMENT_STANDARD, readOnly: READ_ONLY }),
  } as Mapping<PaymentFields>
}
