/**
 * Intacct's errors in a table. `BL01001973` stands for nearly everything, so its text decides; the texts are those of
 * the developer docs and of recorded answers, and wide enough for their variations.
 */
import type { Applied, FailureCode } from '../../errors.ts'

export interface ErrorRow {
  /** The error number, or any. */
  readonly number?: RegExp
  readonly text?: RegExp
  readonly code: FailureCode
  readonly applied?: Applied
  readonly renew?: boolean
  /** Vendor paths of the field that is to blame, where the row knows them. */
  readonly paths?: readonly string[]
  /** The field is named in the text. */
  readonly named?: boolean
}

/** What the fence says. A client in the open looks for these texts, wherever they stand: their level is not documented. */
const FENCE_ERRORS: readonly ErrorRow[] = [
  { text: /successful transaction has already been recorded/i, code: 'conflict', applied: 'yes' },
  // The first attempt still runs: nobody knows yet.
  { text: /concurrent request in process/i, code: 'provider_failed', applied: 'unknown' },
]

/** `control` failed: nothing was run, unless it was before. */
export const CONTROL_ERRORS: readonly ErrorRow[] = [
  ...FENCE_ERRORS,
  { number: /^GW-0010$/, code: 'rate_limited' },
  { text: /rate limit/i, code: 'rate_limited' },
  { number: /^GW-0001$/, code: 'provider_failed', applied: 'unknown' },
  { text: /temporarily off-?line|service unavailable/i, code: 'provider_unavailable' },
  // The gateway's own mistake: the request is not what the published schema says.
  { number: /^XL03000003$/, code: 'internal_error' },
  // GW-0011: bad company id, inactive sender or company. XL03000006: sender id or password. PL04000055: expired.
  { code: 'provider_refused' },
]

/** `authentication` failed: nothing was run. XL03000006 is both a wrong password and a session that ran out. */
export const AUTHENTICATION_ERRORS: readonly ErrorRow[] = [
  { text: /invalid session|session .*(expired|timed out|not valid|invalid)/i, code: 'provider_refused', renew: true },
  { text: /temporarily off-?line/i, code: 'provider_unavailable' },
  { code: 'provider_refused' },
]

/** One function failed. The first row that fits decides. */
export const FUNCTION_ERRORS: readonly ErrorRow[] = [
  ...FENCE_ERRORS,
  { number: /^GW-0010$/, code: 'rate_limited' },
  { text: /temporarily off-?line/i, code: 'provider_unavailable' },
  { text: /invalid session/i, code: 'provider_refused', renew: true },
  // XMLGW_JPP0002 and UJPP0002, with HTTP 401.
  { text: /sign-in information is incorrect/i, code: 'provider_refused' },
  {
    text: /(do not|don't|does not|doesn't) have permission|not authorized|insufficient permission/i,
    code: 'provider_permission',
  },
  { text: /cannot be queried/i, code: 'filter_not_supported' },
  { number: /^BL34000061$/, text: /contact/i, code: 'conflict', paths: ['NAME'] },
  { number: /^BL34000061$/, text: /customer/i, code: 'conflict', paths: ['CUSTOMERID'] },
  { number: /^BL34000061$/, code: 'conflict' },
  { text: /already exists/i, code: 'conflict', named: true },
  {
    text: /period .*(closed|not open)|closed (accounting )?period|books (are|is) closed|not in an open period/i,
    code: 'period_closed',
    paths: ['RECEIPTDATE'],
  },
  // An applied credit or a wrong kind of key ends here too ("exits" is how Intacct writes it).
  { number: /^DL03000005$/, code: 'invalid_reference', paths: ['ARPYMTDETAILS'] },
  { text: /no record exi(s)?ts for the (record|invoice)key/i, code: 'invalid_reference', paths: ['ARPYMTDETAILS'] },
  { number: /^BL03001994$/, code: 'field_required', paths: ['OVERPAYMENTLOCATIONID'] },
  { number: /^BL02000051$/, code: 'rejected', paths: ['UNDEPOSITEDACCOUNTNO'] },
  { number: /^BL03000019$/, code: 'invalid_reference', paths: ['BILLTO'] },
  { number: /^BL03000018$/, code: 'rejected', named: true },
  {
    text: /(cannot|can't|could not|unable to) (find|locate) (the )?(customer|arpymt|ar payment|payment|aradvance|advance|record|contact) with (the )?key/i,
    code: 'not_found',
  },
  {
    text: /(is |has been |already |was )(used|referenced|in use)\b|has (been used|transactions|associated)|existing transactions/i,
    code: 'conflict',
  },
  { text: /cannot be deleted|cannot delete/i, code: 'conflict' },
  {
    text: /already (been )?(reversed|voided)|reconciled|cannot be (changed|reversed|voided|modified|updated|edited)|can't be (reversed|voided|updated)|only drafts?/i,
    code: 'not_changeable',
  },
  {
    text: /(more|greater|larger) than .*(due|open|remaining|available|balance)|exceeds? .*(due|open|remaining|available|balance)|overapplied/i,
    code: 'allocation_exceeds_open_amount',
    paths: ['ARPYMTDETAILS'],
  },
  {
    text: /required field|is required|are required|must be (specified|provided|entered)|please (provide|enter|specify)|is missing|cannot be (empty|blank)/i,
    code: 'field_required',
    named: true,
  },
  {
    text: /invalid .*'[^']*'|is not a valid|does not exist|not found|is invalid|no such/i,
    code: 'invalid_reference',
    named: true,
  },
  { code: 'rejected', named: true },
]

/** Words in Intacct's texts for its fields; longer ones first. A field's own name needs no entry. */
export const FIELD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/e-?mail template/i, 'CUSTOMEREMAILTEMPLATES'],
  [/delivery (option|method)/i, 'DELIVERY_OPTIONS'],
  [/primary e-?mail/i, 'DISPLAYCONTACT.EMAIL1'],
  [/secondary e-?mail/i, 'DISPLAYCONTACT.EMAIL2'],
  [/print as/i, 'DISPLAYCONTACT.PRINTAS'],
  [/parent customer/i, 'PARENTID'],
  [/customer type/i, 'CUSTTYPE'],
  [/customer name/i, 'NAME'],
  [/customer id/i, 'CUSTOMERID'],
  [/contact tax group|tax group/i, 'DISPLAYCONTACT.TAXGROUP'],
  [/tax schedule/i, 'DISPLAYCONTACT.TAXSCHEDULE'],
  [/country/i, 'DISPLAYCONTACT.MAILADDRESS.COUNTRY'],
  [/bank account|financial entity/i, 'FINANCIALENTITY'],
  [/undeposited/i, 'UNDEPOSITEDACCOUNTNO'],
  [/payment method/i, 'PAYMENTMETHOD'],
  [/receipt date|payment date/i, 'RECEIPTDATE'],
  [/shipping method/i, 'SHIPPINGMETHOD'],
  [/price list/i, 'PRICELIST'],
  [/credit limit/i, 'CREDITLIMIT'],
  [/territory/i, 'TERRITORYID'],
  [/sales rep|employee/i, 'CUSTREPID'],
  [/currency/i, 'CURRENCY'],
  // Of a payment, else of a customer: a mapping knows only its own.
  [/location/i, 'OVERPAYMENTLOCATIONID'],
  [/location/i, 'RESTRICTEDLOCATIONS'],
  [/department/i, 'OVERPAYMENTDEPARTMENTID'],
  [/department/i, 'RESTRICTEDDEPARTMENTS'],
  [/\bterms?\b/i, 'TERMNAME'],
  [/\baccount\b/i, 'ARACCOUNT'],
]
