/** Customers, contacts, and whatever names a record or a required field. */
import { CHECKED, type TextRow } from './failure-template.ts'

const FYLE = 'fylein/fyle-intacct-api, tests of its error parser'
const BILL = 'help.bill.com, Sage Intacct sync errors'
const POR = 'Point of Rental, accounting integration errors'

const refused = (row: Omit<TextRow, 'applied' | 'number'> & { number?: string }): TextRow => ({
  number: CHECKED,
  ...row,
  applied: 'no',
})

export const CUSTOMER_TEXTS: readonly TextRow[] = [
  // An empty value leaves two spaces, which are one by then.
  {
    number: 'BL34000061',
    text: [
      'Another Contact with the given value(s) {value} already exists',
      'Another Contact with the given value(s) already exists',
    ],
    code: 'conflict',
    applied: 'no',
    paths: ['NAME'],
    source: 'craibuc/PsIntacct',
  },
  {
    number: 'BL34000061',
    text: ['Another Customer with the given value(s) {value} already exists'],
    code: 'conflict',
    applied: 'no',
    paths: ['CUSTOMERID'],
    source: 'craibuc/PsIntacct; jfcote87/intacct, testfiles/execFuncError.xml',
  },
  { number: 'BL34000061', code: 'conflict', applied: 'no', source: 'intacct-sdk unit tests' },
  { number: 'PL05000104', code: 'conflict', applied: 'no', source: `${FYLE}: the employee exists` },
  { number: 'BL03002185', code: 'conflict', applied: 'no', source: 'a public Ruby client: the number is taken' },
  refused({
    text: [
      "A transaction with the number '{value}' already exists.",
      "Transaction with the number '{value}' already exists",
      'The account number {value} already exists',
    ],
    code: 'conflict',
    source: `Invoiced docs, Intacct troubleshooting; ${POR}; developer docs, additional error information`,
  }),
  refused({
    text: ["Cannot find {kind} with key '{value}' to delete.", "Cannot find {kind} with key '{value}' to update."],
    code: 'not_found',
    source: 'developer docs, error handling; craibuc/PsIntacct',
  }),
  refused({
    text: 'The {kind} {value} is used in transactions and cannot be deleted.',
    code: 'conflict',
    source: 'wording uncertain: what happens is documented (developer docs, customers)',
  }),
  {
    // Of a list, of an address or of the bill-to: it does not say.
    number: 'BL03000019',
    code: 'invalid_reference',
    applied: 'no',
    source: 'intacct-sdk-net issue 154',
  },
  refused({
    number: 'BL03000018',
    text: 'Illegal format for {kind} : Primary Email Address {value}',
    code: 'rejected',
    paths: ['DISPLAYCONTACT.EMAIL1'],
    source: 'craibuc/PsIntacct',
  }),
  refused({
    number: 'BL03000018',
    text: 'Illegal format for {kind} : {value}',
    code: 'rejected',
    source: 'craibuc/PsIntacct',
  }),
  refused({
    text: ['Validate {kind} record failed!', 'Error while saving the {kind} info'],
    code: 'rejected',
    source: 'craibuc/PsIntacct; jfcote87/intacct',
  }),
  refused({
    text: [
      "Invalid {field} '{value}' specified.",
      "The {field} '{value}' is invalid.",
      "{field} '{value}' specified is not valid.",
      "{field} '{value}' is not valid",
      '{field} {id} is not valid',
      'Invalid {field} {id} selected',
      "{field} '{value}': '{value}' specified is not valid. {kind} is restricted by {value}",
      "The specified GL account '{value}' : '{value}' is not valid. GL account is restricted by{value}",
      "GL account '{value}': '{value}' specified is not valid. GL account is restricted{value}",
      '{field} must be {value}. This value is auto-filled',
      'Activate the {field} {value}, then try again.',
      '{field} is inactive',
    ],
    code: 'invalid_reference',
    source: `${FYLE}; ${BILL}; ${POR}`,
  }),
  refused({
    text: "The term name '{value}' is invalid",
    code: 'invalid_reference',
    paths: ['TERMNAME'],
    source: BILL,
  }),
  refused({
    text: [
      'Required field {field} is missing',
      "The required field '{field}' is missing",
      'The required field {field} is missing',
      'Missing required field {field}',
      'The {field} field is missing a value.',
      'The record requires the field {field}',
      '{field} cannot be empty',
      '{field} is missing',
      'Missing the {field} dimension',
      'Missing {field}',
      'Enter a {field}, and try again.',
      "Enter an account number on line item {key}, in transaction '{value},' and try again",
      "Enter an account number on line item {key}, in transaction '{value}', and try again",
      'Line has no associated account',
      'Please link vendor to this Charge Card',
      'Please provide a {kind}',
    ],
    code: 'field_required',
    source: `OpenChain IntacctReceivable; ${BILL}; Sage help, CSV import; Invoiced docs; intacct-sdk-js issue 86`,
  }),
  refused({
    text: [
      'Smart Rule {value} violated',
      'Smart Rule {value} was violated{value}',
      'Smart Rule {value} violated. {value}',
    ],
    code: 'rejected',
    source: 'help.servicetitan.com; help.bill.com: an error rule keeps the record from being saved',
  }),
  refused({
    text: 'Bill to Contact is configured as non-editable in Transaction Definition. You cannot change the Bill to Contact.',
    code: 'not_changeable',
    paths: ['BILLTO.CONTACTNAME'],
    source: 'help.servicetitan.com, Intacct integration error messages',
  }),
  refused({
    text: 'Ship to Contact is configured as non-editable in Transaction Definition. You cannot change the Ship to Contact.',
    code: 'not_changeable',
    paths: ['SHIPTO.CONTACTNAME'],
    source: 'help.servicetitan.com, Intacct integration error messages',
  }),
]
