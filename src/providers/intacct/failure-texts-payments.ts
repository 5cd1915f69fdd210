/** Receipts, advances, their applications and reversals. */
import { CHECKED, type TextRow } from './failure-template.ts'

const FYLE = 'fylein/fyle-intacct-api, tests of its error parser'
const BILL = 'help.bill.com, Sage Intacct sync errors'

const refused = (row: Omit<TextRow, 'applied' | 'number'>): TextRow => ({ number: CHECKED, ...row, applied: 'no' })
const DETAILS = ['ARPYMTDETAILS']
const DATE = ['RECEIPTDATE']

export const PAYMENT_TEXTS: readonly TextRow[] = [
  refused({
    text: ['There is no due on the {kind} {value}', 'No line items found'],
    code: 'allocation_exceeds_open_amount',
    paths: DETAILS,
    source: `${BILL}; ${FYLE}; a public connector that takes it for paid`,
  }),
  {
    number: 'BL03000130',
    code: 'allocation_exceeds_open_amount',
    applied: 'no',
    paths: DETAILS,
    source: 'hapi-paypal-intacct: the invoice is paid already',
  },
  // "if" is how Intacct writes it.
  {
    number: 'XL03000027',
    code: 'allocation_exceeds_open_amount',
    applied: 'no',
    paths: DETAILS,
    source: 'privateprep/intacct-ruby, README: apply_arpayment',
  },
  // An applied credit or a wrong kind of key ends here too ("exits" is how Intacct writes it).
  {
    number: 'DL03000005',
    code: 'invalid_reference',
    applied: 'no',
    paths: DETAILS,
    source: 'intacct-sdk-net issue 21; Invoiced, IntacctNoRecordExistsSubscriber',
  },
  refused({
    text: "Oops, we can't find this transaction; enter a valid{value}",
    code: 'invalid_reference',
    paths: DETAILS,
    source: `${FYLE}; the end of the text is uncertain`,
  }),
  {
    number: 'BL03001994',
    code: 'field_required',
    applied: 'no',
    paths: ['OVERPAYMENTLOCATIONID'],
    source: 'help.servicetitan.com, Intacct integration error messages',
  },
  {
    number: 'BL02000051',
    code: 'field_not_supported',
    applied: 'no',
    paths: ['UNDEPOSITEDACCOUNTNO'],
    source: 'Invoiced docs, Intacct troubleshooting',
  },
  refused({
    text: [
      "Periods are closed. Your transaction date ({value}) is within a period that's been closed.",
      "Your transaction date ({value}) is within a period that's been closed.",
      "Your transaction date is within a period that's been closed",
    ],
    code: 'period_closed',
    paths: DATE,
    source: `${BILL}; Point of Rental, accounting integration errors`,
  }),
  refused({
    text: [
      'Payment date cannot be before {kind} creation date',
      'Payment date {value} cannot be before the {value} contract invoice posting date.',
    ],
    code: 'rejected',
    paths: DATE,
    source: `${BILL}; Sage help, contract payments`,
  }),
  refused({
    text: [
      "The account number '{value}' requires a {field}",
      'This transaction is missing the {field} dimension for the Account {value}',
      "This transaction is missing '{field}' dimension for the Account {value}",
    ],
    code: 'field_required',
    source: FYLE,
  }),
  refused({
    text: 'Location ID is required for the multi-entity shared warehouse with ID: {value}',
    code: 'field_required',
    paths: ['OVERPAYMENTLOCATIONID'],
    source: 'help.servicetitan.com, Intacct integration error messages',
  }),
  refused({
    text: [
      'The account number {value} is associated to the {value}',
      'The project dimension you selected --{value}-- is not related to your header-level Customer ID value. {value}',
      "The Project '{value}' has a project status that prevents expense submittal.",
      "The employee isn't a resource of the project '{value}'.",
      "Specified subtotal of '{value}' not found in the document definition",
      'Failed to retrieve Terms for Vendor',
      'Failed to find vendor object',
    ],
    code: 'invalid_reference',
    source: `${FYLE}; ${BILL}; support.scoro.com; OpenChain IntacctPayable`,
  }),
  refused({
    text: 'Enable foreign-currency transactions, and try again',
    code: 'field_not_supported',
    paths: ['CURRENCY'],
    source: 'support.scoro.com, Sage Intacct common errors',
  }),
  refused({
    text: ["Transaction '{value}' is already paid and can't be deleted.", 'Transaction is partially/fully paid for'],
    code: 'not_changeable',
    source: `${BILL}; Sage help, CSV import`,
  }),
  refused({
    text: 'A payment has been made against this Invoice / Adjustment.',
    code: 'conflict',
    source: 'Sage help, troubleshoot contract invoice payments',
  }),
  refused({
    text: ['Remove the extra line item in the request, then reclassify the bill.'],
    code: 'rejected',
    source: 'intacct-sdk-net issues 132 and 205',
  }),
  { number: 'PL05000053', code: 'rejected', applied: 'no', source: 'a public .NET client: entries do not balance' },
  // It says itself that the ledgers differ: anything may have happened.
  {
    text: 'We found an internal error with the payment dated {value} for billing schedule keys {value}',
    code: 'provider_failed',
    source: 'Sage help, troubleshoot contract invoice payments',
  },
]
