/** Bodies of `create` and `update` for ARPYMT and ARADVANCE. */

import Big from 'big.js'
import type { Warning } from '../../../schemas/common.ts'
import type { PaymentCreate, PaymentPatch } from '../../../schemas/payment.ts'
import { fieldError } from '../../errors.ts'
import { toVendor } from '../../mapping/mapping.ts'
import { isPositive } from '../../mapping/money.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Allocation, PaymentPlan } from '../provider.ts'
import { contextOf, type Desk, defaultsOf } from './account.ts'
import { writeDate } from './codecs.ts'
import type { FunctionCall } from './envelope.ts'
import { described, type Mark, MEMO_COLUMN } from './memo.ts'
import { DEFAULT_METHOD, METHOD_WORDS, PAYMENT_REFERENCES } from './payment.ts'
import { DETAIL_LIST, detailNodes } from './payment-details.ts'
import { objectFunction } from './writing.ts'

type Input = PaymentPlan['input'] | Omit<PaymentPatch, 'applications' | 'credits'>
type Fields = Record<string, unknown>

/** These go where the kind of receipt wants them. */
const PLACED = ['date', 'depositTo', 'location', 'department', 'draft', 'amount'] as const

/** A receipt with applications is an ARPYMT; Intacct keeps one without as an ARADVANCE. */
export async function createFunction(desk: Desk, plan: PaymentPlan, mark: Mark): Promise<FunctionCall> {
  const input = await resolved(desk, plan.input)
  const header = { ...headerFields(desk, plan, input), ...described(mark, input.memo ?? '') }
  if (plan.applications.length === 0) return advanceFunction(desk, plan, input, header)
  return objectFunction(
    'create',
    'ARPYMT',
    {
      ...header,
      ...(input.exchangeRate != null && foreignTotals(plan.amount, input.exchangeRate)),
      ...(input.draft && { ACTION: 'Draft' }),
      ...overpayment(desk, plan.unapplied, input),
    },
    [detailList(desk, plan)],
  )
}

/** In base and transaction currency; Intacct ignores them where both are the same. The table spells it AMOUNTOPAY, the examples like here. */
const foreignTotals = (amount: string, rate: string): Fields => ({
  AMOUNTTOPAY: new Big(amount).times(rate).toFixed(2),
  TRX_AMOUNTTOPAY: amount,
})

/** A reference needs one of four words; both fields name the same element. */
async function resolved<I extends Input>(desk: Desk, input: I): Promise<I> {
  const { method, methodRef } = input
  const word = methodRef?.id ?? methodRef?.name
  if (method != null && word != null && METHOD_WORDS[word.toLowerCase()] !== method) {
    throw fieldError('invalid_reference', '/methodRef', 'method and methodRef are different methods.')
  }
  return desk.references.resolve(desk.client, input, PAYMENT_REFERENCES)
}

function headerFields(desk: Desk, plan: PaymentPlan, input: PaymentPlan['input']): Fields {
  const written = toVendor(desk.mappings.payment, input, {
    mode: 'create',
    blank: '',
    context: contextOf(desk),
    except: PLACED,
  })
  const date = writeDate(input.date)
  return {
    ...depositFields(desk, input.depositTo ?? { kind: 'bankAccount' }),
    PAYMENTMETHOD: DEFAULT_METHOD,
    // A payment of several customers has a PAYERNAME instead (developer docs, AR payments).
    ...(plan.customerId !== '' && { CUSTOMERID: plan.customerId }),
    RECEIPTDATE: date,
    PAYMENTDATE: date,
    CURRENCY: plan.currency,
    ...written,
  }
}

/** Where the money goes: a bank account, or the funds that are deposited later. */
function depositFields(desk: Desk, { kind, id }: NonNullable<PaymentCreate['depositTo']>): Fields {
  const { bankAccountId, undepositedAccountNo } = defaultsOf(desk)
  const [path, account, setting] =
    kind === 'bankAccount'
      ? (['FINANCIALENTITY', id ?? bankAccountId, 'bankAccountId'] as const)
      : (['UNDEPOSITEDACCOUNTNO', id ?? undepositedAccountNo, 'undepositedAccountNo'] as const)
  if (account === undefined) {
    throw fieldError(
      'field_required',
      '/depositTo',
      `Sage Intacct needs an account; send depositTo.id or set defaults.${setting}.`,
    )
  }
  return { [path]: account }
}

/** The rest of a receipt stays in it; its location and department are the only ones a payment has. */
function overpayment(desk: Desk, rest: string, input: Input): Fields {
  if (!isPositive(rest)) {
    const placed = (['location', 'department'] as const).find((field) => input[field] != null)
    if (placed)
      throw fieldError(
        'field_not_supported',
        `/${placed}`,
        'Only the unapplied rest of a payment has one; the applied part has those of its invoices.',
      )
    return {}
  }
  const location = input.location?.id ?? defaultsOf(desk).locationId
  return {
    OVERPAYMENTAMOUNT: rest,
    ...(location != null && { OVERPAYMENTLOCATIONID: location }),
    ...(input.department?.id != null && { OVERPAYMENTDEPARTMENTID: input.department.id }),
  }
}

const detailList = (desk: Desk, allocation: Allocation): XmlNode => [
  DETAIL_LIST,
  detailNodes(allocation, desk.settings.customDiscounts === true),
]

function advanceFunction(desk: Desk, plan: PaymentPlan, input: PaymentPlan['input'], header: Fields): FunctionCall {
  const { advanceAccountNo, locationId } = defaultsOf(desk)
  if (input.draft)
    throw fieldError(
      'field_not_supported',
      '/draft',
      'A draft needs applications: advances have no drafts before 2025 R3.',
    )
  if (advanceAccountNo === undefined) {
    throw fieldError(
      'field_required',
      '/applications',
      'Sage Intacct keeps a payment without applications as an advance, on a GL account: set defaults.advanceAccountNo.',
    )
  }
  const location = input.location?.id ?? locationId
  const item: Fields = {
    ACCOUNTNO: advanceAccountNo,
    TRX_AMOUNT: plan.amount,
    ...(location != null && { LOCATIONID: location }),
    ...(input.department?.id != null && { DEPARTMENTID: input.department.id }),
  }
  return objectFunction('create', 'ARADVANCE', { ...header, ARADVANCEITEMS: { ARADVANCEITEM: item } })
}

export interface DraftChange {
  readonly input: Omit<PaymentPatch, 'applications' | 'credits'>
  readonly allocation: Allocation | null
  /** The memo that it has now. */
  readonly memo: string
  /** A draft carries the mark of its newest change, by which that is found again. */
  readonly mark: Mark
}

/** Details that are sent replace all details. */
export async function updateFunction(desk: Desk, key: string, change: DraftChange): Promise<FunctionCall> {
  const input = await resolved(desk, change.input)
  const written = toVendor(desk.mappings.payment, input, {
    mode: 'update',
    blank: '',
    context: contextOf(desk),
    except: PLACED,
  })
  const { allocation } = change
  const fields: Fields = {
    RECORDNO: key,
    ...written,
    ...markedMemo(change),
    ...(input.date && { RECEIPTDATE: writeDate(input.date), PAYMENTDATE: writeDate(input.date) }),
    ...(input.depositTo && otherDeposit(depositFields(desk, input.depositTo))),
    ...(allocation && restFields(desk, allocation.unapplied, input)),
    ...(input.draft === false && { ACTION: 'Submit' }),
  }
  return objectFunction('update', 'ARPYMT', fields, allocation ? [detailList(desk, allocation)] : [])
}

/** In DESCRIPTION the mark stands behind the memo, so that one is written too. */
function markedMemo({ input: { memo }, memo: before, mark }: DraftChange): Fields {
  if (memo === undefined && mark.field !== MEMO_COLUMN) return { [mark.field]: mark.value }
  return described(mark, memo === undefined ? before : (memo ?? ''))
}

/** Only one of both accounts can be there. */
const otherDeposit = (fields: Fields): Fields => ({ FINANCIALENTITY: '', UNDEPOSITEDACCOUNTNO: '', ...fields })

const restFields = (desk: Desk, rest: string, input: Input): Fields =>
  isPositive(rest) ? overpayment(desk, rest, input) : { OVERPAYMENTAMOUNT: '0', ...overpayment(desk, rest, input) }

/** `ach` and `wire` have no payment method of their own. */
export function methodWarnings(input: Input): Warning[] {
  if (input.method !== 'ach' && input.method !== 'wire') return []
  return [
    { pointer: '/method', code: 'changed', detail: `Sage Intacct books ${input.method} as EFT; it reads back as eft.` },
  ]
}
