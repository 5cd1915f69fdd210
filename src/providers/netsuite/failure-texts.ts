/** The closed list of what NetSuite says about fields, values and references; payments and whole records have lists of their own. */
import { LIST, type Row, rows } from './failure-row.ts'
import { PAYMENT_TEXTS } from './failure-texts-payments.ts'
import { RECORD_TEXTS } from './failure-texts-records.ts'

const SANDBOXES = 'public notes on calls to sandbox accounts'
const CLIENT = 'julbrs/netsuite-api-client, tests against a real account'
const STRIPE = 'docs.stripe.com/connectors/netsuite/error-resolution'
const FYLE = 'fylein/fyle-netsuite-api, parsers of errors'
const ROSSUM = 'Rossum.ai, common errors of NetSuite exports'

const REQUIRED: readonly Row[] = [
  ...rows('field_required', 'ehmad11/netsuite-rest issue 26', ['Please enter value(s) for: {labels}']),
  ...rows('field_required', STRIPE, ['Please enter values for: {labels}']),
  ...rows('field_required', ROSSUM, ['Please enter a value for {labels}']),
  ...rows('field_required', LIST, [
    'Please enter values for {labels}.',
    'Missing required value for mandatory field: {labels}',
    'You are missing the following required field(s):{labels}',
    'You need to provide a proper value for the required field: {labels}',
    'Mandatory Field Missing',
    'The specified custom field value is missing.',
  ]),
  ...rows('field_required', 'public specifications of REST clients', ['You must enter a value for {labels}.']),
  ...rows('field_required', LIST, ['Please enter both your first and last name.'], {
    paths: ['firstName', 'lastName'],
  }),
  ...rows('field_required', LIST, ['Default currency cannot be null'], { paths: ['currency'] }),
  ...rows('field_required', LIST, ['This operation requires a value for externalId.'], { paths: ['externalId'] }),
  ...rows('field_required', LIST, ['You must choose at least one subsidiary.'], { paths: ['subsidiary'] }),
  ...rows(
    'field_required',
    LIST,
    [
      'Address Line 1 is a required field and it cannot be null or empty.',
      'City is a required field and it cannot be null or empty.',
      'State is a required field and it cannot be null or empty.',
    ],
    { paths: ['addressBook'] },
  ),
]

const VALUES: readonly Row[] = [
  ...rows('rejected', LIST, ['You have entered an Invalid Field Value {value} for the following field: {textField}']),
  ...rows('invalid_reference', LIST, [
    'You have entered an Invalid Field Value {value} for the following field: {field}',
  ]),
  ...rows('rejected', SANDBOXES, [
    "Invalid value for the resource or sub-resource field '{textField}'. Provide a valid value.",
  ]),
  ...rows('invalid_reference', SANDBOXES, [
    "Invalid value for the resource or sub-resource field '{field}'. Provide a valid value.",
  ]),
  ...rows('rejected', CLIENT, ['Invalid content in the request body{reason}']),
  ...rows('rejected', 'codatio/codat-docs pull request 1769', [
    'Value {value} outside of valid min/max range for field {field}',
  ]),
  ...rows('rejected', LIST, [
    'The field {field} contained more than the maximum number ( {number} ) of characters allowed.',
  ]),
  ...rows('rejected', LIST, ['Email address is not valid.'], { paths: ['email'] }),
  ...rows('invalid_reference', LIST, ['You entered an invalid entity status.'], { paths: ['entityStatus'] }),
  ...rows(
    'invalid_reference',
    LIST,
    [
      'You have entered an invalid currency symbol or internal ID: {value}.',
      'Unable to determine the exchange rate for currency symbol {value}. Please create a currency item with an exchange rate for this currency.',
    ],
    { paths: ['currency'] },
  ),
  ...rows(
    'invalid_reference',
    LIST,
    [
      'The country and state/province are mismatched, the country is {country} and the state/province is {state}. Please enter a state/province short name that matches the country.',
    ],
    { paths: ['addressBook'] },
  ),
  ...rows('invalid_reference', LIST, ['The selected tax code is not available in subsidiary.'], { paths: ['taxItem'] }),
  ...rows('invalid_reference', LIST, ['The parent specified must have the same currency and subsidiary as the child'], {
    paths: ['parent'],
  }),
]

const REFERENCES: readonly Row[] = [
  ...rows('invalid_reference', FYLE, [
    'An error occured in a upsert request: Invalid {field} reference key {id} for {other} {number}.',
    'An error occured in a upsert request: Invalid {field} reference key {value}.',
  ]),
  ...rows('invalid_reference', LIST, [
    'Invalid {field} reference key {value} for {other} {number}.',
    'Invalid {field} reference key {value}.',
    'Invalid RecordRef internalId {value} for field {field}',
    'Field {field} does not support externalId',
    'Invalid reference key [{value}].',
    'Invalid externalId {value}.',
    'Invalid record reference.',
    'The specified key is invalid.',
    'Unparseable Internal Id, did you mean to lookup this field by Name or External ID?',
    'Could not find record with {name} = {value}',
    'No Enumerated Value {value} for Enumerated Type {type}',
    'Matched more than one record for {value}',
    'Matched more than one record (internalIds {value} and {other})',
  ]),
  ...rows('invalid_reference', 'public logs of SOAP clients', ['Nonexistent externalId {value} for {field}']),
  ...rows('field_not_supported', 'Oracle help bridgehead_N3691374', [
    'You do not have permissions to set a value for element {field}.',
  ]),
  ...rows('field_not_supported', LIST, [
    'You do not have permissions to set a value for element {field} due to one of the following reasons: 1) The field is read-only; 2) An associated feature is disabled; 3) The field is available either when a record is created or updated, but not in both cases.',
    'The specified custom field reference {field} is invalid.',
    'Record type {value} does not support field {field}',
    'Undefined customfield.',
  ]),
  ...rows('field_not_supported', LIST, ['The externalId attribute is not supported for {value}'], {
    paths: ['externalId'],
  }),
]

/** In the order in which they are tried: a row with fewer open places before one that would take its messages too. */
export const TEXTS: readonly Row[] = [...REQUIRED, ...VALUES, ...PAYMENT_TEXTS, ...REFERENCES, ...RECORD_TEXTS]
