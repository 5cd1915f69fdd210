/**
 * What the sandbox says when it refuses. NetSuite's own words, as public sources show them; most are of its list of errors (Oracle
 * help section_N3539978), and that REST says them under USER_ERROR is seen for some, uncertain for the others.
 */

export const REFUSALS = {
  // Seen live (REST clients' issues and tests).
  missingValues: 'Please enter value(s) for: {labels}.',
  invalidFieldValue: 'You have entered an Invalid Field Value {value} for the following field: {field}',
  entityExists: 'This entity already exists.',
  wrongType: 'Transaction type specified is incorrect.',
  dependentRecords: 'This record cannot be deleted because it has dependent records.',
  noPermission: 'Your current role does not have permission to perform this action.',
  noLines: 'You must enter at least one line item for this transaction.',
  // Stripe's guide to its connector: the invoice is paid, another customer's, or otherwise not in the list.
  noSuchLine: 'Unable to find a matching line for sub-list {list} with key: [{keys}] and value: [{values}].',
  moreThanTotal: 'You cannot apply more than your total payments.',
  // Of the list of errors.
  recordExists: 'This record already exists',
  tooLong: 'The field {field} contained more than the maximum number ( {number} ) of characters allowed.',
  periodClosed: 'You cannot change the G/L impact of a transaction in a closed period.',
  moreThanOpen: 'Links sum to more than original transaction amount',
  unbalanced:
    'Transaction is not in balance! Total to apply of {applied} does not equal sum of payment {payment} and credits {credits} and deposits {deposits}',
  negative: 'Negative payments not allowed',
  notEditable: 'That record is not editable.',
  linked:
    'This transaction cannot be deleted because it is referred to by other transactions. It may be a bill or an invoice that has been paid or an expense that has been reimbursed.',
  linkedVoid:
    'You cannot void this transaction because it is linked to by one or more transactions such as payments. You must delete or void those transactions first',
  linkedLines: 'You cannot update linked transaction lines',
} as const

/** With codes of their own. */
export const CODED = {
  INVALID_CONTENT: 'Invalid content in the request body.',
  NONEXISTENT_ID: 'The record instance does not exist. Provide a valid record instance ID.',
  UNKNOWN_TYPE: "Record type '{name}' does not exist.",
  CONCURRENCY_LIMIT_EXCEEDED: 'Concurrent request limit exceeded. Request blocked.',
  UNEXPECTED_ERROR: 'An unexpected error occurred. Error ID: {id}',
  INVALID_LOGIN:
    'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.',
  INVALID_QUERY: 'Invalid search query. Detailed unprocessed description follows. Search error occurred: {reason}',
  RCRD_DSNT_EXIST: 'That record does not exist.',
  SSS_INVALID_SCRIPTLET_ID: 'That Suitelet is invalid, disabled, or no longer exists.',
  SSS_MISSING_REQD_ARGUMENT: 'void: Missing a required argument: id',
  // As guides of the API show them.
  UNIQUE_CUST_ID_REQD: 'A customer with this name already exists',
  FIELD_REQUIRED: 'Please enter value(s) for: {labels}',
} as const

export type Refusal = keyof typeof REFUSALS
export type Said = Readonly<Record<string, string | number>>

export const worded = (text: string, said: Said): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(said[name] ?? ''))
