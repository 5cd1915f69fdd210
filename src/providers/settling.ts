/** The part of the contract that settles later and takes it back: payments and credits that exist already. */
import type { CreditRecord } from '../../schemas/credit.ts'
import type { CreditKind } from '../../schemas/open-item.ts'
import type { PaymentRecord } from '../../schemas/payment.ts'
import type { Allocation, Found } from './provider.ts'

/** What is added to what a payment settles; `allocation` is the addition alone, planned from its rest. */
export interface AddedApplications {
  readonly allocation: Allocation
  /** Posting date of the application; null: today, or none where it has none of its own. */
  readonly date: string | null
  readonly before: Found<PaymentRecord>
}
/** What is no longer settled of one invoice. */
export interface ReleasedApplication {
  /** In the words of `applications[].invoiceId`: `5001`, `debit-412`. */
  readonly invoiceId: string
  readonly cash: string
  /** The last used first. */
  readonly credits: readonly { readonly creditId: string; readonly amount: string }[]
  /** Which of the caller's `applications[]` it is. */
  readonly index: number
}
export interface Release {
  readonly released: readonly ReleasedApplication[]
  readonly before: Found<PaymentRecord>
  /** The caller accepts that a posted record is reversed and made again. */
  readonly confirmed: boolean
}
export interface ReplacedPayment extends Found<PaymentRecord> {
  /** Native id of the payment that this one replaces. */
  readonly replaces: string | null
}
/** The two halves of a credit's id. */
export interface CreditKey {
  readonly kind: CreditKind
  readonly nativeId: string
}
export interface AddedCreditUse extends Omit<AddedApplications, 'before'> {
  readonly before: Found<CreditRecord>
}
export interface CreditRelease {
  readonly released: readonly { readonly invoiceId: string; readonly amount: string; readonly index: number }[]
  readonly before: Found<CreditRecord>
}
