/** The closed list of what NetSuite says about transactions: what is applied, periods, currencies, accounts, and what is linked. */
import { LIST, type Row, rows } from './failure-row.ts'

const STRIPE = 'docs.stripe.com/connectors/netsuite/error-resolution'
const EXPENSIFY = 'help.expensify.com, NetSuite errors NS0005 to NS0995'
/** Seen for vendor bills by REST; the same check guards payments (uncertain). */
const SUBSIDIARIES = 'a public log of REST calls, accounts beside subsidiaries'
const APPLIED = { paths: ['apply'] }
const PAID = { paths: ['apply', 'payment'] }
const ACCOUNTS = { paths: ['account', 'arAcct'] }
const DATE = { paths: ['tranDate'] }

const APPLICATIONS: readonly Row[] = [
  // The list of lines is filled by NetSuite: who is not in it is paid, another customer's, or of another currency or account.
  ...rows('invalid_reference', STRIPE, [
    'Unable to find a matching line for sub-list {field} with key: [{keys}] and value: [{values}].',
  ]),
  ...rows(
    'invalid_reference',
    LIST,
    ['Can not initialize customerPayment: invalid invoice reference {value}.'],
    APPLIED,
  ),
  ...rows('allocation_exceeds_open_amount', LIST, ['Links sum to more than original transaction amount'], APPLIED),
  ...rows('allocation_exceeds_amount', LIST, ['Links sum to more than applied transaction amount'], PAID),
  ...rows('allocation_exceeds_amount', LIST, ['Amount applied greater than total payments and credits'], PAID),
  ...rows(
    'allocation_exceeds_amount',
    'public scripts around customer payments',
    ['You cannot apply more than your total payments.'],
    PAID,
  ),
  ...rows(
    'allocation_exceeds_amount',
    LIST,
    [
      'Transaction is not in balance! Total to apply of {money} does not equal sum of applied {money} and unapplied {money}',
      'Transaction is not in balance! Total to apply of {money} does not equal sum of payment {money} and credits {money} and deposits {money}',
      'Transaction is not in balance! Line item sum of {money} does not equal applied amount of {money}',
      'Transaction is not in balance! Line item sum of {money} not equal to payment amount {money}',
    ],
    PAID,
  ),
  ...rows(
    'field_required',
    'Rossum.ai, common errors of NetSuite exports',
    ['You must enter at least one line item for this transaction.'],
    APPLIED,
  ),
  ...rows('field_required', LIST, ['You must have at least one valid line item for this transaction.'], APPLIED),
  ...rows(
    'rejected',
    LIST,
    ['Ambiguous data: <autoApply> has been selected and lines have been selected in the <applyList> element.'],
    {
      paths: ['autoApply'],
    },
  ),
]

const AMOUNTS: readonly Row[] = [
  ...rows('rejected', LIST, ['Negative payments not allowed'], { paths: ['payment'] }),
  ...rows(
    'rejected',
    LIST,
    [
      'The debits and credits are not balanced on this transaction because amounts entered include more decimal places than are supported for this currency. Please round off the amount of each line to a maximum of {number} decimal places.',
    ],
    { paths: ['payment'] },
  ),
  ...rows('currency_mismatch', LIST, ['The transaction currency does not match the names currency'], {
    paths: ['currency'],
  }),
  ...rows('currency_mismatch', LIST, ['Transaction and foreign currency account use different currencies.'], {
    paths: ['account', 'currency'],
  }),
  ...rows('field_required', LIST, ['No currency conversion rate defined'], { paths: ['exchangeRate'] }),
  ...rows('rejected', LIST, ['Invalid currency conversion rate.'], { paths: ['exchangeRate'] }),
  ...rows('conflict', LIST, ['A payment with the same amount and date already exists for this payee.'], {
    paths: ['payment', 'tranDate'],
  }),
]

const PERIODS: readonly Row[] = [
  ...rows('field_required', LIST, ['Missing transaction date.'], DATE),
  ...rows(
    'period_closed',
    LIST,
    [
      'You cannot change the G/L impact of a transaction in a closed period.',
      'The G/L impact of a transaction in a closed period cannot be changed.',
      'You cannot move a transaction to or from a closed period.',
      'This transaction is in a period that has been closed. You may not edit it.',
      'The action is causing generation of foreign exchange variance in a closed period. Please retry with {number} as the exchange rate.',
      'This action cannot be completed because it requires modification of the transaction in a closed period due to foreign exchange variance. You may either open the period for this transaction or use the same rate ({number})between the transactions that will be linked.',
      'Insert Transaction Failure: No valid, open, posting period for date - {date}. Please visit Setup > Manage Accounting Periods to set up a new accounting period.',
      'Insert Transaction Failure: No valid, open, tax period for date - {date}. Please visit Setup > Manage Tax Periods to set up a new tax period.',
      'Update Transaction Failure: No valid, open, {kind} period for date - {date}',
      'Your transaction date does not fall between the start and end dates of your accounting period.',
      'There are no Accounting Periods that cover this transaction date.',
    ],
    DATE,
  ),
  ...rows(
    'period_closed',
    EXPENSIFY,
    ['The transaction date is not within the date range of your accounting period'],
    DATE,
  ),
  ...rows(
    'rejected',
    LIST,
    [
      'Transaction date {value} is not valid. Transaction dates may be at most {number} years in the past and {number} years in the future.',
    ],
    DATE,
  ),
]

const ACCOUNT_TEXTS: readonly Row[] = [
  ...rows(
    'invalid_reference',
    SUBSIDIARIES,
    ['{account} account cannot be used with the {subsidiary} subsidiary'],
    ACCOUNTS,
  ),
  ...rows('invalid_reference', LIST, ['{name} can not be used with the selected subsidiary']),
  ...rows('invalid_reference', LIST, ['The Subsidiary selected doesnt match the bank account selected.'], {
    paths: ['account'],
  }),
  ...rows('invalid_reference', LIST, [
    'Transaction subsidiary {value} is not valid for {field} {name}. Please choose a different {id}.',
    'The subsidiary restrictions on this record are incompatible with those defined for {field}: {name}. Subsidiary access on this record must be a subset of those permitted by the {id}.',
  ]),
  ...rows('invalid_reference', LIST, ['Transaction references multiple subsidiaries'], { paths: ['subsidiary'] }),
  ...rows('invalid_reference', LIST, ['Invalid account type [ {value} ].', 'There is no account of type: {value}'], {
    paths: ['account'],
  }),
]

const PAYERS: readonly Row[] = rows(
  'invalid_reference',
  LIST,
  [
    'Can not initialize customerPayment: invalid customer reference {value}.',
    'This customer record {value} is not valid. Please create the customer first.',
    'This entity cannot accept payment because it has a status of {status}. It must have a status of {other} to accept payment.',
  ],
  { paths: ['customer'] },
)

const LINKED: readonly Row[] = [
  ...rows('not_changeable', LIST, [
    'This transaction cannot be deleted because it is linked to by one or more transactions.{advice}',
    'This transaction cannot be deleted because it is referred to by other transactions. It may be a bill or an invoice that has been paid or an expense that has been reimbursed.',
    'This transaction cannot be deleted because it is referenced by an intercompany adjustment. The adjustment must be deleted first.',
    'You cannot void this transaction because it is linked to by one or more transactions such as payments. You must delete or void those transactions first',
    'This customer payment cannot be edited while it has an Automated Clearing House transmission in process.{advice}',
    'The G/L impact of a voided transaction cannot be changed.',
    'You may not change the GL impact on a voided {kind}.',
    'A Realized Gain/Loss Transaction cannot be deleted.',
    'Transaction Already Voided. Void failed because transaction is already voided.',
    'Transaction Already refunded. A refund has already been performed on the transaction.',
  ]),
  ...rows('not_changeable', LIST, ['You cannot edit the account of a transaction line that is linked to others'], {
    paths: ['account'],
  }),
  ...rows('not_changeable', LIST, ['You cannot update linked transaction lines'], APPLIED),
]

export const PAYMENT_TEXTS: readonly Row[] = [
  ...APPLICATIONS,
  ...AMOUNTS,
  ...PERIODS,
  ...ACCOUNT_TEXTS,
  ...PAYERS,
  ...LINKED,
]
