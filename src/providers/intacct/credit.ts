/** Credit memo (ARADJUSTMENT) and negative invoice (ARINVOICE) of Intacct, field by field; read only. */
import type { CreditRecord } from '../../../schemas/credit.ts'
import type { CreditKind } from '../../../schemas/open-item.ts'
import { type Codec, currency, money, text } from '../../mapping/codec.ts'
import { custom, type Mapping, readOnly } from '../../mapping/mapping.ts'
import { compare, negate } from '../../mapping/money.ts'
import { auditTimestamp, timestamp, userDate } from './codecs.ts'
import { customerOf } from './references.ts'

/** Added by the operation: which kind was asked for, and what the payments of the customer tell of it. */
export const CREDIT_EXTRAS = { kind: '#KIND', applications: '#APPLICATIONS' } as const

/** What lowers a debt has amounts below zero. */
const amount: Codec<string> = {
  ...money,
  decode: (value, context) => {
    const signed = money.decode(value, context)
    return compare(signed, '0') < 0 ? money.decode(negate(signed), context) : signed
  },
}
const unlisted = { column: null }

export const creditMapping: Mapping<CreditRecord> = {
  kind: custom<CreditKind>({
    title: 'kind',
    paths: [],
    access: 'read-only',
    decode: (record) => record[CREDIT_EXTRAS.kind] as CreditKind,
    encode: () => ({}),
  }),
  number: readOnly(['RECORDID', 'DOCNUMBER'], text, unlisted),
  date: readOnly('WHENCREATED', userDate, unlisted),
  customer: custom<NonNullable<CreditRecord['customer']>>({
    title: 'customer',
    paths: ['CUSTOMERID', 'CUSTOMERNAME'],
    access: 'read-only',
    decode: (record, context) => customerOf(record, context),
    encode: () => ({}),
  }),
  currency: readOnly('CURRENCY', currency, unlisted),
  amount: readOnly('TRX_TOTALENTERED', amount, unlisted),
  openAmount: readOnly('TRX_TOTALDUE', amount, unlisted),
  applications: custom<CreditRecord['applications']>({
    title: 'payments that use it',
    paths: [],
    access: 'read-only',
    decode: (record) => record[CREDIT_EXTRAS.applications] as CreditRecord['applications'],
    encode: () => ({}),
  }),
  paymentId: custom<string>({
    title: 'a credit of its own',
    paths: [],
    access: 'read-only',
    decode: () => null,
    encode: () => ({}),
  }),
  memo: readOnly('DESCRIPTION', text, unlisted),
  createdAt: readOnly('AUWHENCREATED', auditTimestamp, unlisted),
  updatedAt: readOnly('WHENMODIFIED', timestamp, unlisted),
}

/** Fields that an answer may leave out. */
export const CREDIT_EMPTY = {
  ...{ number: null, date: null, customer: null, currency: null, amount: null, openAmount: null },
  ...{ memo: null, createdAt: null, updatedAt: null },
} satisfies Partial<CreditRecord>
