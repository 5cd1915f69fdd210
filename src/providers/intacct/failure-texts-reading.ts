/** Functions that read, and what a company or a role lacks. */
import type { TextRow } from './failure-template.ts'

const ESTUARY = 'estuary/connectors pull 4452; recorded answers of integrations'

export const READING_TEXTS: readonly TextRow[] = [
  {
    number: 'XL03000006',
    text: 'The following fields cannot be queried: {fields}',
    code: 'filter_not_supported',
    applied: 'no',
    source: 'intacct-sdk-js issue 83',
  },
  // A client that probes fields tells by this number that there is no such field.
  { number: 'XL03000010', code: 'filter_not_supported', applied: 'no', source: 'a public client, recorded' },
  {
    text: 'Invalid fields list {fields}',
    code: 'filter_not_supported',
    applied: 'no',
    source: 'jfcote87/intacct, testfiles/functionErrorSuccess.xml: the number is the sentence',
  },
  {
    text: ['Object definition {value} not found', '{kind} module is not subscribed'],
    code: 'not_supported',
    applied: 'no',
    source: 'intacct-sdk-php and -js: unit tests; a public exporter of all objects',
  },
  {
    number: 'PL04000005',
    text: "API operation '{value}' cannot be performed on objects of type {value}",
    code: 'not_supported',
    applied: 'no',
    source: ESTUARY,
  },
  { number: 'PL04000005', code: 'provider_permission', applied: 'no', source: ESTUARY },
  {
    text: [
      'You do not have permission for API operation {value} on objects of type {value}',
      'You do not have permission for API operation {value}',
      'You do not have permission to view audit history',
      "You're not authorized to {value}",
      'You cannot update a root level {kind} from an entity/restricted user with one entity',
    ],
    code: 'provider_permission',
    applied: 'no',
    source: `${ESTUARY}; fylein/sageintacct-sdk-py; help.bill.com`,
  },
  // Unknown fields, dates of another form, lost connections to the database: it says nothing of a write.
  { number: 'DL02000001', code: 'rejected', source: 'craibuc/PsIntacct, intacct-sdk unit tests' },
  {
    number: 'BL03000025',
    text: 'Login ID {value} does not exist.',
    code: 'invalid_reference',
    applied: 'no',
    source: 'intacct-sdk unit tests, getUserPermissions',
  },
]
