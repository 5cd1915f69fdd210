/**
 * The closed list of what Intacct says, by level: number, whole message, or both. A row says "no" only where its source
 * leaves no doubt that nothing was done; what no row takes is not known.
 */
import type { TextRow } from './failure-template.ts'
import { CUSTOMER_TEXTS } from './failure-texts-customers.ts'
import { PAYMENT_TEXTS } from './failure-texts-payments.ts'
import { READING_TEXTS } from './failure-texts-reading.ts'

export type Level = 'control' | 'authentication' | 'function'

const DOCS = 'developer.intacct.com, web-services/error-handling'
const SDK_TESTS = 'intacct-sdk-php, -js and -net: unit tests'

/** `control` failed. The docs: no operation is executed; but an error of the gateway can come after the work (GW-0001). */
const CONTROL: readonly TextRow[] = [
  { number: 'GW-0010', code: 'rate_limited', applied: 'no', source: DOCS },
  { number: 'GW-0001', code: 'provider_failed', source: DOCS },
  // A company id that is not there; an inactive sender or company.
  { number: 'GW-0011', code: 'provider_refused', applied: 'no', login: 'refused', source: DOCS },
  {
    number: 'invalidRequest',
    code: 'provider_refused',
    applied: 'no',
    login: 'refused',
    source: 'craibuc/zapier-intacct, authentication',
  },
  // The request is not what the company's schema says: it takes no such thing. That it did nothing is not said.
  { number: 'XL03000003', code: 'not_supported', source: DOCS },
  { number: 'XL03000006', text: '{value} is not a valid transport policy.', code: 'not_supported', source: SDK_TESTS },
  {
    number: 'XL03000006',
    text: 'Incorrect Intacct XML Partner ID or password.',
    code: 'provider_refused',
    applied: 'no',
    login: 'refused',
    source: DOCS,
  },
  {
    number: 'PL04000055',
    code: 'provider_refused',
    applied: 'no',
    login: 'refused',
    source: `${SDK_TESTS}: an expired company`,
  },
  {
    number: /^U?(?:XMLGW_)?JPP0002$/,
    status: 401,
    code: 'provider_refused',
    applied: 'no',
    exchange: 'login',
    login: 'refused',
    source: `${SDK_TESTS}: HTTP 401`,
  },
  {
    number: /^U?(?:XMLGW_)?JPP0002$/,
    status: 401,
    code: 'provider_refused',
    applied: 'no',
    // With a session: mostly it has ended, and a new login tells.
    exchange: 'session',
    login: 'ended',
    source: `${SDK_TESTS}: HTTP 401`,
  },
]

/** `authentication` failed: no function is executed (docs). XL03000006 is a wrong login and a session that ran out. */
const AUTHENTICATION: readonly TextRow[] = [
  {
    number: 'XL03000006',
    text: ['Invalid session', 'Invalid session {value}'],
    exchange: 'session',
    code: 'provider_refused',
    applied: 'no',
    login: 'ended',
    source: 'jfcote87/intacct, testfiles/sessionInvalid.xml',
  },
  {
    number: 'XL03000006',
    text: [
      'Sign-in information is incorrect',
      "The sender ID '{value}' is not authorized to make Web Services requests to company ID '{value}'.",
      'You are not authorized to use Web Services under the company{value}',
    ],
    code: 'provider_refused',
    applied: 'no',
    login: 'refused',
    source: `${DOCS}; jfcote87/intacct, response tests`,
  },
  // On a session an unknown text may be its end: a minute of rest for everybody would be a guess.
  {
    number: 'XL03000006',
    exchange: 'login',
    code: 'provider_refused',
    applied: 'no',
    login: 'refused',
    source: DOCS,
  },
  { number: 'PL04000055', code: 'provider_refused', applied: 'no', login: 'refused', source: SDK_TESTS },
]

/** What passes by itself. Only the first two were met in public; the others are uncertain in their words. */
const PASSING: readonly TextRow[] = [
  {
    text: 'Please try again later',
    code: 'provider_busy',
    applied: 'no',
    source: 'MeltanoLabs/tap-intacct: correction "Please Try Again Later"',
  },
  {
    text: [
      'The Service is Temporarily Off-line',
      'The service is temporarily off-line. Please try again later.',
      'We are temporarily off-line',
    ],
    code: 'provider_busy',
    applied: 'no',
    source: 'hotgluexyz/tap-intacct: off-line inside a 200',
  },
  {
    text: [
      'The system is temporarily unavailable',
      'The system is temporarily unavailable. Please try again later.',
      'The system is currently undergoing maintenance',
      'The system is currently undergoing maintenance. Please try again later.',
      'System temporarily unavailable',
      'This record is currently being updated by another user',
      'This record is currently being updated by another user. Please try again later.',
      'The record is currently locked by another user',
      'The record is currently locked by another user. Please try again later.',
      'Another user is currently updating this record. Please try again later.',
      'This record has been edited since you opened it',
      'This record has been changed by another user',
      'The record has been changed since it was read',
      'This record was modified by another user. Refresh the record and try again.',
    ],
    code: 'provider_busy',
    applied: 'no',
    source: 'wording uncertain: described, not recorded, in public',
  },
  // With no other error beside it a second try works (a client in the open repeats it for years).
  {
    number: 'BL01001973',
    text: ['Could not create {kind} record', "Currently, we can't create the transaction"],
    code: 'provider_busy',
    applied: 'no',
    source: 'OpenChain IntacctClient and its tests: retried when it is the only error',
  },
]

/** Of any function. The fence is read before these. */
const FUNCTION: readonly TextRow[] = [
  {
    text: 'concurrent request in process',
    code: 'provider_failed',
    source: 'OpenChain IntacctClient: the first try still runs',
  },
  { number: 'GW-0010', code: 'rate_limited', applied: 'no', source: DOCS },
  {
    number: 'XL03000009',
    text: 'The entire transaction in this operation has been rolled back due to an error.',
    code: 'rejected',
    applied: 'no',
    source: 'intacct-sdk-js issue 66 and unit tests',
  },
  {
    number: 'Get API Session Failed',
    code: 'provider_failed',
    source: `${SDK_TESTS}: OnlineClient`,
  },
  ...READING_TEXTS,
  ...CUSTOMER_TEXTS,
  ...PAYMENT_TEXTS,
  ...PASSING,
]

/** The fence: the echoed id has to be one that the request sent. */
export const FENCE_TEXT = 'A successful transaction has already been recorded with the control id {controlid}'

export const TEXT_ROWS: Readonly<Record<Level, readonly TextRow[]>> = {
  control: [...CONTROL, ...PASSING],
  authentication: [...AUTHENTICATION, ...PASSING],
  function: FUNCTION,
}
