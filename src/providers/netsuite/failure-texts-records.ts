/** The closed list of what NetSuite says about whole records: doubles, what is missing, used or locked, permissions, and what passes. */
import { LIST, type Row, rows } from './failure-row.ts'

const CLIENT = 'julbrs/netsuite-api-client, tests against a real account'
const AIRBYTE = 'airbytehq/airbyte, source-netsuite'
const STITCH = 'help.qlik.com, NetSuite extraction error reference'

const DOUBLES: readonly Row[] = [
  ...rows('conflict', LIST, ['This entity already exists.'], { paths: ['entityId', 'externalId'] }),
  ...rows(
    'conflict',
    LIST,
    [
      'A customer record with this ID already exists. You must enter a unique customer ID for each record you create.{advice}',
    ],
    { paths: ['entityId', 'externalId'], statuses: [400, 409] },
  ),
  // As the examples of guides show it, with a status of its own.
  ...rows('conflict', 'guides of the API', ['A customer with this name already exists'], { statuses: [409] }),
  ...rows(
    'conflict',
    LIST,
    [
      'A customer record with this email address already exists. You must enter a unique customer email address for each record you create.{advice}',
      'There is already an external entity (eg. customer, vendor, or employee) with access to this account using that email address. All external entities with access must have a unique email address for login purposes.',
    ],
    { paths: ['email'] },
  ),
  ...rows(
    'conflict',
    LIST,
    [
      'There is already an external entity (eg. customer, vendor, or employee) with access to this account using that entity name. All external entities with access must have a unique entity name for login purposes.',
      'That name is already in use.{advice}',
      'A {record} already exists with that name. Go {advice}, change the name and resubmit.',
    ],
    { paths: ['entityId'] },
  ),
  ...rows(
    'conflict',
    LIST,
    [
      'This record already exists',
      'A record with this ID already exists. You must enter a unique ID to create or update this record.',
    ],
    { paths: ['externalId'] },
  ),
  ...rows('conflict', LIST, [
    'A record with the same unique signatures already exists. You must enter unique signatures for each record you create.',
    'The update failed because every entry in this column must be unique.',
    'This record contains duplicated key or keys. Please correct it before next update.',
  ]),
]

const RECORDS: readonly Row[] = [
  ...rows('not_found', CLIENT, ['The record instance does not exist. Provide a valid record instance ID.'], {
    statuses: [404],
  }),
  ...rows('not_found', LIST, [
    'Transaction type specified is incorrect.',
    'That record does not exist.{more}',
    'The transaction you are attempting to access does not exist.',
    'The transaction you are attempting to access has been deleted.',
    'This record has already been deleted.',
    'The record has been deleted since you retrieved it.',
    "Timeout: the record doesn't exist anymore.",
  ]),
  ...rows('conflict', 'public notes on deleting by REST', [
    'This record cannot be deleted because it has dependent records.',
  ]),
  ...rows('conflict', LIST, [
    'This record can not be deleted because it has child records.',
    'This record cannot be deleted because it is referenced by other records or it is used by one or more transactions.',
    'This record cannot be deleted, because it is referred to by other records.',
    'This {record} record cannot be deleted because it is referenced by other records.',
    'This customer or job cannot be deleted because it has child entities.',
    'This company cannot be deleted because it has child entities',
    'This entity cannot be deleted because it has child items',
  ]),
  ...rows('not_changeable', AIRBYTE, ['This record has been locked by a user defined workflow.']),
  ...rows('not_changeable', LIST, [
    'That record is not editable.',
    'Update is not allowed',
    "You can't delete this customer because it's set up as default Anonymous Customer",
  ]),
  ...rows(
    'not_changeable',
    LIST,
    ['Payments have been accepted from the top level parent. The top level parent can not be changed.'],
    { paths: ['parent'] },
  ),
  ...rows(
    'not_changeable',
    LIST,
    [
      'You cannot change the subsidiary of this entity because one or more transactions exist for this entity.',
      'You cannot remove subsidiary: {name} because this record is used on a transaction for subsidiary: {other}.',
    ],
    { paths: ['subsidiary'] },
  ),
  ...rows('not_supported', CLIENT, ["Record type '{value}' does not exist."], { statuses: [404] }),
  ...rows('not_supported', LIST, [
    "The ''{feature}'' feature is not enabled in your {account} account.",
    "The feature '{feature}' required to access this page is not enabled in this account.",
    'The {feature} feature is not available to your company.',
    'This feature is not available to your company.',
    'You do not have the correct features enabled to search on {value}.',
    'That operation is not supported for this record type: {value}',
    'That type of record transformation is not allowed. Please see the documentation for a list of supported transformation types',
    'That is not a valid record transformation.',
  ]),
  ...rows(
    'not_supported',
    'a public Go client of the record service',
    [
      'The {record} record is only available as a beta record. Enable the REST Record Service (Beta) feature in Setup > Company > Enable Features to work with this record.',
    ],
    { statuses: [403] },
  ),
]

const REFUSED = [400, 403]
const PERMISSIONS: readonly Row[] = [
  ...rows(
    'provider_permission',
    'improvado.io, NetSuite troubleshooting',
    ['Your current role does not have permission to perform this action.'],
    { statuses: REFUSED },
  ),
  ...rows('provider_permission', AIRBYTE, ['You do not have permission to access this record.'], { statuses: REFUSED }),
  ...rows('provider_permission', STITCH, ['You do not have permission to access SOAP web services feature.'], {
    statuses: REFUSED,
  }),
  ...rows(
    'provider_permission',
    LIST,
    [
      "Permission Violation: You need {level}the '{permission}' permission to access this page. Please contact your account administrator.",
      'Permission Violation: The restrictions on your role deny you access to this record.',
      'Permission Violation: The restrictions on your role do not allow you to modify this record.',
      'Permission Violation: The {kind} restrictions on your role deny you access to this record.',
      'Permission Violation: The {kind} restrictions on your role prevent you from seeing this record.',
      'Permission Violation: you may not access this record.',
      'Permission Violation: you may no longer edit this record.',
      'You are attempting to read an unauthorized field: {name}',
      'You do not have permission to perform this operation.',
      'You do not have permission to access this type of transaction.',
      'You do not have permission to create this type of record. Please choose a different record type.',
      'You do not have privileges to create this transaction.',
      'You do not have privileges to perform this operation',
      'You do not have privileges to view this account',
      'Insufficient privileges',
      'For security reasons, only an administrator is allowed to edit an administrator record.',
      'No appropriate forms are enabled for this role. Please contact your Administrator.',
    ],
    { statuses: REFUSED },
  ),
]

/** What passes by itself: nothing was done, and the same request may succeed in a moment. */
const PASSING: readonly Row[] = rows(
  'provider_busy',
  LIST,
  [
    'Record has been changed',
    'The record has been edited since you retrieved it. Hit the back button and click Refresh/Reload to retrieve the updated record, then resubmit your changes.',
    "Can't update information - this company's database is currently offline for maintenance. Please try again later.",
    'The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance.',
    'We are currently performing maintenance on our system. Please try again soon.',
    'Your company database is offline.',
    'Your account is not yet ready for you to log in. Please wait and try again.',
    'Your data is still being loaded. Please try again later.{advice}',
    'Periods are currently being added to this account. Please try again later.',
    'A mass update is currently running in this account. Please try again in a few minutes.',
    'Files are currently being uploaded to this account.',
    'Another payment authorization is currently in progress for this order. Pleaase try again in a few minutes.',
    'Configuration changes have been made to your account. You must resubmit your record.',
  ],
  { statuses: [400, 409] },
)

export const RECORD_TEXTS: readonly Row[] = [...DOUBLES, ...RECORDS, ...PERMISSIONS, ...PASSING]
