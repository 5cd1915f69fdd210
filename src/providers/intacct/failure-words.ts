/**
 * What a message that no row of the closed list takes seems to be about: only the code and the field, never whether
 * something happened. What the call sent is taken out before: it may say anything.
 */
import type { FailureCode } from '../../errors.ts'

interface WordRow {
  /** One of these; of a list all of them. Plain parts of the text, so that the time grows with its length only. */
  readonly any: readonly (string | readonly string[])[]
  readonly code: FailureCode
  readonly paths?: readonly string[]
  /** The field is named in the text. */
  readonly named?: boolean
}

const WORDS: readonly WordRow[] = [
  { any: ['cannot be queried', 'invalid fields list'], code: 'filter_not_supported' },
  { any: ['already exist', 'already in use', 'duplicate', 'must be unique'], code: 'conflict', named: true },
  {
    any: [
      ['period', 'closed'],
      ['period', 'not open'],
      ['books', 'closed'],
      ['subledger', 'closed'],
      'not in an open period',
      ['must be on or after', 'period'],
    ],
    code: 'period_closed',
    paths: ['RECEIPTDATE'],
  },
  {
    any: [
      ['record', 'exits for', 'key'],
      ['record', 'exists for', 'key'],
    ],
    code: 'invalid_reference',
    paths: ['ARPYMTDETAILS'],
  },
  {
    any: [
      ['cannot find', 'with key'],
      ['could not find', 'with key'],
      ['unable to find', 'with key'],
    ],
    code: 'not_found',
  },
  {
    any: [
      'is used in',
      'has been used',
      'is being used',
      'is referenced by',
      'existing transactions',
      ['has', 'associated transactions'],
      'cannot be deleted',
      "can't be deleted",
      'cannot delete',
    ],
    code: 'conflict',
  },
  {
    any: [
      'already been reversed',
      'already reversed',
      'already voided',
      'reconciled',
      'cannot be changed',
      'cannot be reversed',
      'cannot be voided',
      'cannot be modified',
      'cannot be updated',
      'cannot be edited',
      "can't be reversed",
      "can't be updated",
      'only draft',
    ],
    code: 'not_changeable',
  },
  {
    any: [
      ['more than', 'due'],
      ['greater than', 'due'],
      ['exceed', 'due'],
      ['exceed', 'open'],
      ['exceed', 'available'],
      ['exceed', 'balance'],
      ['greater than', 'available'],
      ['greater than', 'balance'],
      ['greater than', 'remaining'],
      'overapplied',
      'there is no due on',
    ],
    code: 'allocation_exceeds_open_amount',
    paths: ['ARPYMTDETAILS'],
  },
  {
    any: [
      ['currenc', 'differ'],
      ['currency', 'does not match'],
      ['currency', 'is not that of'],
      ['currency', 'must match'],
      ['currency', 'must be the same'],
    ],
    code: 'currency_mismatch',
    paths: ['CURRENCY'],
  },
  {
    any: [
      'required field',
      'is required',
      'are required',
      'requires a ',
      'must be specified',
      'must be provided',
      'must be entered',
      'please provide',
      'please enter',
      'please specify',
      'is missing',
      'cannot be empty',
      'cannot be blank',
    ],
    code: 'field_required',
    named: true,
  },
  {
    any: [
      'is not a valid',
      'does not exist',
      'not found',
      'is invalid',
      'no such',
      'is not valid',
      'is inactive',
      ['invalid ', "'"],
    ],
    code: 'invalid_reference',
    named: true,
  },
]

/** Words in Intacct's texts for its fields; longer ones first. A field's own name needs no entry. */
const FIELD_WORDS: readonly (readonly [RegExp, string])[] = [
  [/e-?mail template/i, 'CUSTOMEREMAILTEMPLATES'],
  [/delivery (option|method)/i, 'DELIVERY_OPTIONS'],
  [/primary e-?mail/i, 'DISPLAYCONTACT.EMAIL1'],
  [/secondary e-?mail/i, 'DISPLAYCONTACT.EMAIL2'],
  [/print as/i, 'DISPLAYCONTACT.PRINTAS'],
  [/parent customer/i, 'PARENTID'],
  [/customer type/i, 'CUSTTYPE'],
  [/customer name/i, 'NAME'],
  [/^customer$|customer id/i, 'CUSTOMERID'],
  [/contact tax group|tax group/i, 'DISPLAYCONTACT.TAXGROUP'],
  [/tax schedule/i, 'DISPLAYCONTACT.TAXSCHEDULE'],
  [/country/i, 'DISPLAYCONTACT.MAILADDRESS.COUNTRY'],
  [/bank account|financial entity/i, 'FINANCIALENTITY'],
  [/undeposited/i, 'UNDEPOSITEDACCOUNTNO'],
  [/payment method/i, 'PAYMENTMETHOD'],
  [/document number/i, 'DOCNUMBER'],
  [/receipt date|payment date/i, 'RECEIPTDATE'],
  [/shipping method/i, 'SHIPPINGMETHOD'],
  [/price list/i, 'PRICELIST'],
  [/credit limit/i, 'CREDITLIMIT'],
  [/territory/i, 'TERRITORYID'],
  [/sales rep|employee/i, 'CUSTREPID'],
  [/exchange rate/i, 'EXCHANGE_RATE'],
  [/currency/i, 'CURRENCY'],
  // Of a payment, else of a customer: a mapping knows only its own.
  [/location/i, 'OVERPAYMENTLOCATIONID'],
  [/location/i, 'RESTRICTEDLOCATIONS'],
  [/department/i, 'OVERPAYMENTDEPARTMENTID'],
  [/department/i, 'RESTRICTEDDEPARTMENTS'],
  [/\bterms?\b/i, 'TERMNAME'],
  [/\baccount\b/i, 'ARACCOUNT'],
]

export interface Guess {
  readonly code: FailureCode
  readonly paths: readonly string[]
}

/** The first row with a word of the text; its field as the text names it. */
export function guess(text: string): Guess {
  const lower = text.toLowerCase()
  const has = (word: string | readonly string[]) =>
    typeof word === 'string' ? lower.includes(word) : word.every((part) => lower.includes(part))
  const row = WORDS.find(({ any }) => any.some(has)) ?? { code: 'rejected' as const, any: [], named: true }
  return { code: row.code, paths: row.paths ?? (row.named ? pathsIn(text) : []) }
}

/** A field by its own name (`DISPLAYCONTACT.PRINTAS`), else by the word Intacct has for it. */
export function pathsIn(text: string): readonly string[] {
  const named = text.match(/[A-Z][A-Z0-9_.]*/g)?.filter((name) => name.length > 3 && !name.endsWith('.')) ?? []
  const worded = FIELD_WORDS.filter(([word]) => word.test(text)).map(([, path]) => path)
  return [...new Set([...named, ...worded])]
}
