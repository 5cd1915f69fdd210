/** Every refusal that this sandbox can give, in Intacct's words: they were collected in public, none is made up here. */

export interface Refusal {
  readonly number: string
  readonly description?: string
  readonly text: string
  readonly correction?: string
  readonly level?: 'control' | 'authentication'
}

const NUMBER = 'BL01001973'

export const REFUSALS = {
  unknownSender: {
    number: 'XL03000006',
    text: 'Incorrect Intacct XML Partner ID or password.',
    level: 'control',
  },
  policy: { number: 'XL03000006', text: '{value} is not a valid transport policy.', level: 'control' },
  schema: { number: 'XL03000003', text: 'XML Parse schema error: {value}', level: 'control' },
  signIn: { number: 'XL03000006', text: 'Sign-in information is incorrect', level: 'authentication' },
  session: { number: 'XL03000006', text: 'Invalid session {value}....', level: 'authentication' },
  noSession: { number: 'Get API Session Failed', text: 'Something went wrong' },
  unprocessable: { number: 'DL02000001', description: 'Error', text: 'There was an error processing the request.' },
  unknownObject: {
    number: 'XL03000009',
    description: 'There was an error processing the function',
    text: 'Object definition {value} not found',
  },
  unqueried: { number: 'XL03000006', text: 'The following fields cannot be queried: {fields}' },
  unknownField: { number: 'Invalid fields list {fields}', text: '' },
  notPerformed: {
    number: 'PL04000005',
    text: "API operation '{operation}' cannot be performed on objects of type {value}",
  },
  rolledBack: {
    number: 'XL03000009',
    text: 'The entire transaction in this operation has been rolled back due to an error.',
  },
  // The number of these two is not known.
  executed: {
    number: '',
    text: 'A successful transaction has already been recorded with the control id {value}',
  },
  running: { number: '', text: 'concurrent request in process' },
  required: { number: NUMBER, text: 'Required field {field} is missing' },
  invalid: { number: NUMBER, text: "Invalid {field} '{value}' specified." },
  inactive: { number: NUMBER, text: 'Activate the {field} {value}, then try again.' },
  format: { number: 'BL03000018', text: 'Illegal format for {kind} : {field} {value}.' },
  absentToUpdate: { number: NUMBER, text: "Cannot find {kind} with key '{value}' to update." },
  absentToDelete: { number: NUMBER, text: "Cannot find {kind} with key '{value}' to delete." },
  duplicate: {
    number: 'BL34000061',
    text: 'Another {kind} with the given value(s) {value}  already exists',
    correction: 'Use a unique value instead.',
  },
  notCreated: { number: NUMBER, text: 'Could not create {kind} record!' },
  noContact: { number: 'BL03000019', text: 'The contact {value} does not exist.' },
  noLocation: {
    number: 'BL03001994',
    text: 'Use of empty Location is invalid. A valid Multi-Entity Location must be specified.',
  },
  undeposited: {
    number: 'BL02000051',
    text: 'You cannot make payment for foreign currency invoice for payment method "{value}" using Undeposited Fund Account.',
  },
  noBatch: { number: NUMBER, text: 'Please provide a payment batch key.' },
  noRecord: { number: 'DL03000005', text: 'No record exits for the recordkey {value}' },
  nothingDue: { number: 'BL03000130', text: 'There is no due on the invoice {value}' },
  tooMuch: {
    number: 'XL03000027',
    text: 'The amount paid if greater than the amount due for invoice with key {value}',
  },
  closedPeriod: {
    number: NUMBER,
    text: "Periods are closed. Your transaction date ({value}) is within a period that's been closed.",
  },
  // From here on what happens is documented, the words are not: they are marked as uncertain where they were collected.
  tooMuchCredit: { number: NUMBER, text: 'The amount applied is greater than the amount available.' },
  otherCurrency: { number: NUMBER, text: 'The currency of the payment is not that of the invoice.' },
  used: { number: NUMBER, text: 'The {kind} {value} is used in transactions and cannot be deleted.' },
  fixed: { number: NUMBER, text: 'The field {field} cannot be changed.' },
  reversed: { number: NUMBER, text: 'The payment has already been reversed.' },
  reconciled: { number: NUMBER, text: 'The payment is reconciled and cannot be reversed.' },
  otherEntity: { number: NUMBER, text: 'The payment belongs to another entity and cannot be reversed here.' },
  appliedBefore: { number: NUMBER, text: 'The payment is applied by another payment and cannot be reversed.' },
  draftsOnly: { number: NUMBER, text: 'Only draft payments can be {verb}.' },
} as const satisfies Record<string, Refusal>

export type RefusalName = keyof typeof REFUSALS
