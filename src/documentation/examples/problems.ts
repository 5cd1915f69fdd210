/** One typical problem document for every code: words, fields and what the ERP said. */
import type { FailureCode } from '../../errors.ts'
import type { ProblemWords } from './example.ts'

export const PROBLEM_WORDS: Readonly<Record<FailureCode, ProblemWords>> = {
  invalid_request: { detail: '?colour is not known', pointer: '?colour', fieldCode: 'unknown', connection: null },
  invalid_cursor: { detail: 'It is not a cursor of this API.', pointer: '?cursor', connection: null },
  malformed_id: { detail: 'Expected cus_<connection>_<id>.', pointer: '/id', connection: null },
  wrong_id_kind: {
    detail: 'Expected the id of a customer (cus_…), got that of a payment.',
    pointer: '/id',
    connection: null,
  },
  idempotency_key_missing: {
    detail: 'This operation needs the header Idempotency-Key.',
    pointer: 'header:Idempotency-Key',
  },
  unauthenticated: { detail: 'Send the header Authorization: Bearer <key>.', connection: null },
  forbidden: { detail: 'This key lacks the scope customers:write.', connection: null },
  not_found: {
    detail: 'There is no such record.',
    upstream: { status: 404, code: 'NONEXISTENT_ID', message: 'The record instance does not exist.' },
  },
  unknown_connection: { detail: 'There is no connection "us-ledger".', connection: null },
  method_not_allowed: { detail: 'PUT is not allowed here.', connection: null },
  not_acceptable: { detail: 'This API answers application/json.', connection: null },
  conflict: {
    detail: 'The number is taken.',
    pointer: '/number',
    upstream: { status: 400, code: 'USER_ERROR', message: 'This entity already exists.' },
  },
  not_changeable: { detail: 'number cannot be changed once the record exists.', pointer: '/number' },
  confirmation_required: { detail: 'This would reverse the payment and record it again; confirm it.' },
  period_closed: { detail: 'The accounting period of 2025-12-31 is closed.', pointer: '/date' },
  operation_in_progress: { detail: 'The first call with this key is still open.', pointer: 'header:Idempotency-Key' },
  precondition_failed: { detail: 'The record has changed since it was read.', pointer: 'header:If-Match' },
  payload_too_large: { detail: 'The body is larger than this gateway takes.', connection: null },
  unsupported_media_type: { detail: 'Send application/json.', connection: null },
  field_not_supported: { detail: '/stage: Intacct customers have no stage.', pointer: '/stage', connection: 'intacct' },
  filter_not_supported: { detail: 'intacct cannot filter by stage.', pointer: '?stage', connection: 'intacct' },
  field_required: { detail: 'A person needs a first and a last name.', pointer: '/firstName' },
  invalid_reference: { detail: 'There is no term "Net 45".', pointer: '/terms' },
  allocation_exceeds_open_amount: {
    detail: 'Invoice INV-5001 has 800.00 USD open; 1000.00 was applied.',
    pointer: '/applications/0/amount',
    fieldCode: 'too_large',
  },
  allocation_exceeds_amount: {
    detail: 'The applications are 1500.00, amount and credits together 1000.00.',
    pointer: '/applications',
  },
  currency_mismatch: {
    detail: 'Invoice INV-5102 is in EUR, the payment in USD.',
    pointer: '/applications/0/invoiceId',
  },
  idempotency_key_reused: {
    detail:
      'This Idempotency-Key was used with other content before: op_01kn3t8y2m4q7v9x1b5d8f0h2j (succeeded, pay_netsuite_7001). Send the original content to get its answer; use a new key only for another write.',
    pointer: 'header:Idempotency-Key',
  },
  rejected: {
    detail: 'NetSuite refused the values.',
    upstream: { status: 400, code: 'USER_ERROR', message: 'Please enter a valid amount.' },
  },
  rate_limited: {
    detail: 'The ERP takes no more requests at this moment.',
    upstream: {
      status: 429,
      code: 'CONCURRENCY_LIMIT_EXCEEDED',
      message: 'Request rejected due to the concurrency limit.',
    },
  },
  internal_error: { detail: 'The gateway failed. Please report the request id.' },
  not_supported: { detail: 'The ERP has no such operation.', connection: 'intacct' },
  provider_failed: {
    detail: 'The ERP failed while answering.',
    upstream: { status: 500, code: 'UNEXPECTED_ERROR', message: 'An unexpected error occurred.' },
  },
  provider_garbled: {
    detail: 'The ERP answered HTML where JSON is due.',
    upstream: { status: 200, code: null, message: null },
  },
  provider_refused: {
    detail: "The ERP refused the gateway's login.",
    upstream: { status: 401, code: 'INVALID_LOGIN', message: 'Invalid login attempt.' },
  },
  provider_permission: {
    detail: "The gateway's role lacks a permission.",
    upstream: { status: 403, code: 'INSUFFICIENT_PERMISSION', message: 'The role may not do this.' },
  },
  provider_unavailable: { detail: 'The ERP cannot be reached; nothing was sent.' },
  overloaded: { detail: 'Too many calls wait for this connection.' },
  provider_busy: { detail: 'Another user is changing the record; nothing was done.' },
  provider_timeout: { detail: 'The ERP did not answer in time.' },
}
