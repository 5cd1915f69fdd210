/**
 * The contract between the gateway and a vendor.
 *
 * A provider is data plus short functions. It never retries, logs, times, wraps errors, reads the environment or
 * knows gateway ids: it speaks native ids, and the gateway turns them into `cus_…` and back. `send` is its only way out.
 */
import type { Static, TSchema } from 'typebox'
import type { Warning } from '../../schemas/common.ts'
import type { CheckStep } from '../../schemas/connection.ts'
import type { CreditRecord } from '../../schemas/credit.ts'
import type { AddressWrite, CustomerCreate, CustomerPatch, CustomerRecord } from '../../schemas/customer.ts'
import type { CustomerEmailTemplate, EmailTemplateRecord } from '../../schemas/email-template.ts'
import type { InvoiceRecord } from '../../schemas/invoice.ts'
import type { ObjectDefinition, ObjectKind } from '../../schemas/object-definition.ts'
import type { OpenItem, OpenItemKind } from '../../schemas/open-item.ts'
import type { PassthroughRequest } from '../../schemas/passthrough.ts'
import type { PaymentCreate, PaymentPatch, PaymentRecord, PaymentVoid, VoidResult } from '../../schemas/payment.ts'
import type { ReferenceEntry, ReferenceKind } from '../../schemas/reference-data.ts'
import type { Mapping } from '../mapping/mapping.ts'
import type { Classify, Send } from '../wire/exchange.ts'
import type { DefaultPlace } from './default-place.ts'
import type { ListQuery, RecordPage } from './listing.ts'
import type { NativeCall } from './native.ts'
import type {
  AddedApplications,
  AddedCreditUse,
  CreditKey,
  CreditRelease,
  Release,
  ReplacedPayment,
} from './settling.ts'
import type { StepRunner, WriteOnce } from './steps.ts'

/** A vendor. Everything here is data or pure, except what `connect` builds; building it does no I/O. */
export interface Provider<Settings extends TSchema = TSchema> {
  /** The folder, the word in logs and answers. */
  readonly name: string
  readonly title: string
  /** The connection's settings, without `provider` and `title`; unknown members are refused. */
  readonly settings: Settings
  readonly mappings: ProviderMappings
  /** The mappings of one account, where its settings give a field a place that it has not by itself. */
  readonly mappingsWith?: (settings: Static<Settings>) => ProviderMappings
  /** Why an operation of `Connection` is missing; a missing operation without a reason fails a test. */
  readonly missing: Readonly<Partial<Record<OperationName, string>>>
  /** The currency of a payment whose customer has none of its own: the base currency of the books, where it is configured. */
  readonly baseCurrency?: (settings: Static<Settings>) => string | null
  /** The receivables account of a payment that names none, where it is configured. */
  readonly receivablesAccount?: (settings: Static<Settings>) => string | null
  /** What the settings put into a write where the caller says nothing: a refusal of it is told with the setting's name. */
  readonly defaultPlaces?: (settings: Static<Settings>) => readonly DefaultPlace[]
  /** Faults of the settings that their schema cannot tell, by dotted path; never a value. */
  readonly faults?: (settings: Static<Settings>) => readonly string[]
  /** Where to send: origin (`https://host`) and how many exchanges at once when the settings do not say. */
  readonly address: (settings: Static<Settings>) => { origin: string; concurrency: number }
  /** What went wrong in this answer, or null. It reads bodies: Intacct says 200 to failures. */
  readonly classify: Classify
  /** Long-lived state of one account (token, session, reference data); the result binds it to one call's `send`. */
  readonly connect: (settings: Static<Settings>, account: Account) => (send: Send) => Connection
}

export interface ProviderMappings {
  readonly customer: Mapping<CustomerRecord>
  readonly payment: Mapping<PaymentFields>
  readonly invoice: Mapping<InvoiceRecord>
}

/** A payment's fields plus those that are only written. */
export type PaymentFields = PaymentRecord & { autoApply?: boolean; draft?: boolean }

/** What a provider may know of where it runs. */
export interface Account {
  /** The connection's name. */
  readonly connection: string
  readonly now: () => Date
  /** What outlives a call and a restart; without it every process asks anew. */
  readonly facts?: AccountFacts
}

/** Small texts about the account that the gateway keeps; one that is gone is asked of the ERP again. */
export interface AccountFacts {
  read(name: string): Promise<{ readonly text: string; readonly readAt: Date } | null>
  write(name: string, text: string): Promise<void>
}

/** The operations; names are operationIds. A missing operation is a missing key, never a function that throws. */
export interface Connection {
  listCustomers(query: ListQuery): Promise<RecordPage<CustomerRecord>>
  getCustomer(id: string, options?: ReadOptions): Promise<Found<CustomerRecord>>
  createCustomer(input: CustomerInput, once: WriteOnce): Promise<Found<CustomerRecord>>
  updateCustomer(id: string, changes: CustomerPatch, once: WriteOnce): Promise<Found<CustomerRecord>>
  deleteCustomer(id: string, once: WriteOnce): Promise<void>
  /** Creates, or changes what is there; `externalId` is not in the input. */
  upsertCustomer?(externalId: string, input: CustomerInput, once: WriteOnce): Promise<Upserted>
  createAddress?(customerId: string, address: AddressWrite, once: WriteOnce): Promise<Found<CustomerRecord>>
  deleteAddress?(customerId: string, addressId: string, once: WriteOnce): Promise<void>
  listEmailTemplates?(query: ListQuery): Promise<RecordPage<EmailTemplateRecord>>
  getEmailTemplate?(id: string): Promise<Found<EmailTemplateRecord>>
  listCustomerEmailTemplates?(customerId: string): Promise<FoundSet<EmailTemplateRecord>>
  /** With an id one changes, without it one is added; native ids. */
  replaceCustomerEmailTemplates?(
    customerId: string,
    wanted: readonly CustomerEmailTemplate[],
    once: WriteOnce,
  ): Promise<FoundSet<EmailTemplateRecord>>
  /** Everything of the customer that is open, in all currencies, in any order; native ids. */
  listOpenItems(customerId: string): Promise<NativeOpenItem[]>
  listInvoices(query: ListQuery): Promise<RecordPage<InvoiceRecord>>
  getInvoice(id: string, options?: ReadOptions): Promise<Found<InvoiceRecord>>
  listPayments(query: ListQuery): Promise<RecordPage<PaymentRecord>>
  getPayment(id: string, options?: ReadOptions): Promise<Found<PaymentRecord>>
  /** Writes and reads back. The plan is checked: amounts, currencies and open amounts fit. */
  createPayment(plan: PaymentPlan, once: WriteOnce): Promise<Found<PaymentRecord>>
  /** `applications` and `credits`, where given, are the wanted end state and come planned. */
  updatePayment(id: string, changes: PaymentChanges, once: WriteOnce): Promise<Found<PaymentRecord>>
  deletePayment(id: string, once: WriteOnce): Promise<void>
  voidPayment?(id: string, how: PaymentVoid, once: WriteOnce): Promise<VoidedPayment>
  /** Settles more with what is left of a payment; its id stays. */
  applyPayment?(id: string, added: AddedApplications, once: WriteOnce): Promise<Found<PaymentRecord>>
  /** Throws `confirmation_required` where a posted record has to be reversed and made again, and that is not confirmed. */
  unapplyPayment?(id: string, wanted: Release, once: WriteOnce): Promise<ReplacedPayment>
  getCredit?(key: CreditKey): Promise<Found<CreditRecord>>
  /** Of a credit that is no payment; what a payment leaves is applied as that payment. */
  applyCredit?(key: CreditKey, added: AddedCreditUse, once: WriteOnce): Promise<Found<CreditRecord>>
  unapplyCredit?(key: CreditKey, wanted: CreditRelease, once: WriteOnce): Promise<Found<CreditRecord>>
  /** The whole list, kept for some minutes; one that the ERP lacks throws `not_supported` with the reason. */
  listReferenceData?(kind: ReferenceKind): Promise<readonly ReferenceEntry[]>
  /** The fields of the account; a kind that the ERP lacks throws `not_supported` with the reason. */
  getObjectDefinition?(kind: ObjectKind): Promise<ObjectDefinition>
  /** Checks a call of the native API and says what it is; nothing is sent before it runs. */
  passthrough?(request: PassthroughRequest): NativeCall
  /** What sub-customers of this customer owe, where a payment of their parent may settle it; asked only when it is needed. */
  listFamilyItems?(customerId: string): Promise<NativeOpenItem[]>
  /**
   * The mappings of this very account, where accounts differ in their fields. `ask: false` is content with what is known
   * without asking the ERP.
   */
  mappings?(ask: boolean): Promise<ProviderMappings>
  /** How many digits after the point its books have, whatever the currency; without it as many as the currency has. */
  readonly amountDigits?: number
  /** Sends and looks for the steps that its operations give to `once.run`. */
  readonly steps?: StepRunner
  /** Live probe, one step after the other; a failing step throws. */
  check(): CheckPlan
}
type NoOperation = 'check' | 'steps' | 'mappings' | 'listFamilyItems' | 'amountDigits'
export type OperationName = Exclude<keyof Connection, NoOperation>
/** Steps in order; the gateway times them and turns errors into `ok: false`. */
export type CheckPlan = readonly { readonly name: CheckStep['name']; readonly run: () => Promise<string | undefined> }[]

/** A customer to create; `connection` is already taken out. */
export type CustomerInput = Omit<CustomerCreate, 'connection'>

/** One record with its native id. */
export interface Found<T> {
  readonly nativeId: string
  readonly record: T
  /** The untouched ERP record, for `include=raw`. */
  readonly raw: unknown
  /** What the ERP did differently from what was asked. */
  readonly warnings?: readonly Warning[]
}

/** Everything of a kind that a record has; the warnings are about what is left out. */
export type FoundSet<T> = { readonly items: readonly Found<T>[]; readonly warnings?: readonly Warning[] }

export interface ReadOptions {
  /** Neutral field names to read; null or absent is everything. */
  readonly fields?: ReadonlySet<string> | null
  readonly include?: ReadonlySet<string>
}

// Payments

/** An open item with native ids: `id` is the native id without kind. */
export interface NativeOpenItem extends Omit<OpenItem, 'id' | 'paymentId' | 'daysOverdue'> {
  readonly nativeId: string
  readonly kind: OpenItemKind
  /** Native payment id whose rest this is. */
  readonly paymentId: string | null
  /** The receivables account, where the ERP keeps items of several apart. */
  readonly arAccountId?: string | null
}

/** A part of a credit used on an invoice. */
export interface CreditPart {
  readonly credit: NativeOpenItem
  readonly amount: string
  /** Which of the caller's `credits[]` it is. */
  readonly index: number
}
/** One application, split into cash and credits; `amount` = cash + credits, the discount beside it. */
export interface PlannedApplication {
  readonly invoice: NativeOpenItem
  readonly amount: string
  readonly cash: string
  readonly credits: readonly CreditPart[]
  readonly lineId: string | null
  readonly discount: string | null
  readonly discountDate: string | null
  /** Which of the caller's `applications[]` it is; null when `autoApply` chose it. */
  readonly index: number | null
}
export interface Allocation {
  readonly applications: readonly PlannedApplication[]
  /** Cash that no application uses. */
  readonly unapplied: string
  readonly appliedCash: string
}
export interface PaymentPlan extends Allocation {
  readonly customerId: string
  readonly amount: string
  readonly currency: string
  /** The receivables account that it has to have for what it settles; null where nothing says. */
  readonly arAccountId?: string | null
  /** The caller's other fields: date, method, reference, memo, depositTo, references … */
  readonly input: Omit<
    PaymentCreate,
    'connection' | 'customer' | 'amount' | 'currency' | 'applications' | 'credits' | 'autoApply'
  >
}
export interface PaymentChanges {
  readonly input: Omit<PaymentPatch, 'applications' | 'credits'>
  /** The wanted applications and credits, or null to leave them. */
  readonly allocation: Allocation | null
  /** The payment as it was read before. */
  readonly before: Found<PaymentRecord>
}
/** A voided payment: as it reads now, or as it was where the ERP deletes. */
export interface VoidedPayment {
  readonly payment: Found<PaymentRecord>
  readonly void: VoidResult
}

export type * from './default-place.ts'
export type * from './listing.ts'
export type * from './native.ts'
export type * from './settling.ts'
export type * from './steps.ts'

export interface Upserted {
  readonly created: boolean
  readonly customer: Found<CustomerRecord>
}

/** Gives the settings their type inside `connect` and erases it for the registry. */
export const defineProvider = <S extends TSchema>(provider: Provider<S>): Provider => provider as unknown as Provider
