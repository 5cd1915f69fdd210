/** What NetSuite's answers mean: texts seen live, their variations, and what is no NetSuite answer at all. */
import { describe, expect, it } from 'vitest'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { customer } from '../../src/providers/netsuite/customer.ts'
import { classify, PATTERNS } from '../../src/providers/netsuite/failures.ts'
import { payment } from '../../src/providers/netsuite/payment.ts'

const HEADERS = {
  'content-type': 'application/vnd.oracle.resource+json; type=error; charset=UTF-8',
  'x-n-operationid': 'op-1',
}
const answer = (status: number, details: Record<string, unknown>[], more: Record<string, unknown> = {}) => ({
  status,
  headers: HEADERS,
  body: JSON.stringify({
    type: 'https://www.rfc-editor.org/rfc/rfc9110.html',
    title: 'Bad Request',
    status,
    'o:errorDetails': details,
    ...more,
  }),
})
const userError = (detail: string) =>
  answer(400, [{ detail: `Error while accessing a resource. ${detail}`, 'o:errorCode': 'USER_ERROR' }])

/** Text, code, paths; at least one for every pattern. */
const TEXTS: [string, string, string[]][] = [
  ['Please enter value(s) for: First Name, Last Name.', 'field_required', ['firstName', 'lastName']],
  ['Please enter value(s) for: Payment Method.', 'field_required', ['paymentOption']],
  ['This entity already exists.', 'conflict', ['entityId', 'externalId']],
  ['You have entered an Invalid Field Value 99 for the following field: terms', 'invalid_reference', ['terms']],
  [
    'You have entered an Invalid Field Value 99 for the following field: paymentmethod',
    'invalid_reference',
    ['paymentOption'],
  ],
  ['You have entered an Invalid Field Value a@b for the following field: email', 'rejected', ['email']],
  ['Transaction type specified is incorrect.', 'not_found', []],
  [
    '1000 Checking account cannot be used with the Parent Company subsidiary',
    'invalid_reference',
    ['account', 'arAcct'],
  ],
  ['Your current role does not have permission to perform this action.', 'provider_permission', []],
  ['This record has been locked by a user defined workflow.', 'not_changeable', []],
  ['You cannot create or change transactions in a closed or locked period.', 'period_closed', ['tranDate']],
  ['This record cannot be deleted because it has dependent records.', 'conflict', []],
  ['This transaction cannot be deleted because it has been deposited.', 'not_changeable', []],
  ['Una frase che nessuno conosce.', 'rejected', []],
  ['This external ID already exists.', 'conflict', ['externalId']],
  [
    'A customer record with this ID already exists. You must enter a unique customer ID.',
    'conflict',
    ['entityId', 'externalId'],
  ],
  ['Duplicate record found.', 'conflict', []],
  ['You do not have permissions to set a value for element currency.', 'provider_permission', []],
  ['The period Mar 2026 has been closed.', 'period_closed', ['tranDate']],
  ['This customer has transactions and cannot be removed.', 'conflict', []],
  ['This payment was reconciled with the bank.', 'not_changeable', []],
  ['The status cannot be changed.', 'not_changeable', []],
  ['The field memo contained more than the maximum number (999) of characters allowed.', 'rejected', ['memo']],
  ['The amount applied exceeds the amount due on the invoice.', 'allocation_exceeds_open_amount', ['apply', 'credit']],
  ['Invalid salesrep reference key 99.', 'invalid_reference', ['salesrep']],
  ['The record 99 does not exist.', 'invalid_reference', []],
  ['Invalid login attempt.', 'provider_refused', []],
]

describe('texts of USER_ERROR', () => {
  it.each(TEXTS)('%s', (text, code, paths) => {
    const failure = classify(userError(text))
    expect(failure).toMatchObject({
      code,
      vendorPaths: paths,
      upstream: { status: 400, code: 'USER_ERROR', supportId: 'op-1' },
    })
    expect(failure?.detail).toContain(text)
    expect(failure?.detail).not.toContain('Error while accessing')
    expect(failure?.login).toBe(code === 'provider_refused' ? 'ended' : undefined)
  })
  it('has a text for every pattern', () => {
    const first = TEXTS.map(([text]) => PATTERNS.find(({ pattern }) => pattern.test(text)))
    expect(PATTERNS.filter((pattern) => !first.includes(pattern)).map(({ pattern }) => pattern.source)).toEqual([])
  })
})

describe('codes and statuses', () => {
  it('finds the field of invalid content by its path', () => {
    const failure = classify(
      answer(400, [
        {
          detail: 'Invalid content in the request body. There is no line with doc 9.',
          'o:errorCode': 'INVALID_CONTENT',
          'o:errorPath': '$.apply.items[0].doc',
        },
      ]),
    )
    expect(failure).toMatchObject({ code: 'invalid_reference', vendorPaths: ['apply.items[0].doc'] })
    expect(pointerFor(payment, 'apply.items[0].doc')).toBe('/applications/0')
    expect(pointerFor(customer, 'terms')).toBe('/terms')
    expect(pointerFor(payment, 'aracct')).toBe('/arAccount')
  })
  it('goes by the code where the status says nothing', () => {
    expect(
      classify(answer(400, [{ detail: 'Request limit exceeded', 'o:errorCode': 'SSS_REQUEST_LIMIT_EXCEEDED' }]))?.code,
    ).toBe('rate_limited')
    const limited = classify(
      answer(
        429,
        [
          {
            detail: 'Concurrent request limit exceeded. Request blocked.',
            'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED',
          },
        ],
        { 'o:errorCode': 'USER_ERROR' },
      ),
    )
    expect(limited).toMatchObject({ code: 'rate_limited' })
    expect(limited?.retryAfterSeconds).toBeUndefined()
    expect(classify({ ...answer(429, []), headers: { 'retry-after': '7' } })).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 7,
    })
  })
  it('renews a login that ended, never one that was refused', () => {
    expect(
      classify(
        answer(401, [
          {
            detail: 'Invalid login attempt. For more details, see the Login Audit Trail.',
            'o:errorCode': 'INVALID_LOGIN',
          },
        ]),
      ),
    ).toMatchObject({ code: 'provider_refused', login: 'ended' })
    expect(
      classify({ status: 401, headers: { 'www-authenticate': 'Bearer realm="1", error="invalid_token"' }, body: '' }),
    ).toMatchObject({ code: 'provider_refused', login: 'ended' })
    expect(
      classify({ status: 400, headers: { 'www-authenticate': 'Bearer realm="1", error="invalid_request"' }, body: '' }),
    ).toMatchObject({ code: 'provider_refused', login: 'ended' })
    const login = classify({ status: 400, headers: {}, body: '{"error":"invalid_grant","error_description":"bad"}' })
    expect(login).toMatchObject({ code: 'provider_refused', upstream: { code: 'invalid_grant' } })
    expect(login?.login).toBe('refused')
  })
  it('tells missing records, permissions and missing features apart', () => {
    expect(
      classify(
        answer(404, [
          {
            detail: 'The record instance does not exist. Provide a valid record instance ID.',
            'o:errorCode': 'NONEXISTENT_ID',
          },
        ]),
      )?.code,
    ).toBe('not_found')
    expect(
      classify(
        answer(404, [{ detail: "Record type 'customerPayment' does not exist.", 'o:errorCode': 'NONEXISTENT_ID' }]),
      )?.code,
    ).toBe('not_supported')
    expect(classify(answer(403, [{ detail: 'No.', 'o:errorCode': 'INSUFFICIENT_PERMISSION' }]))?.code).toBe(
      'provider_permission',
    )
  })
  it('leaves open whether a server error wrote', () => {
    const failure = classify(
      answer(500, [{ detail: 'An unexpected error occurred. Error ID: kx12', 'o:errorCode': 'UNEXPECTED_ERROR' }]),
    )
    expect(failure).toMatchObject({ code: 'provider_failed', upstream: { supportId: 'kx12' } })
    expect(failure?.applied).toBeUndefined()
    expect(
      classify({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' })?.code,
    ).toBe('provider_failed')
  })
  it('keeps the job by which support finds the request', () => {
    const both = { ...HEADERS, 'x-netsuite-jobid': 'job-1' }
    const refused = classify({ ...userError('No.'), headers: both })
    expect(refused?.upstream.supportId).toBe('job-1')
    const html = { status: 503, headers: { ...both, 'content-type': 'text/html' }, body: '<html>busy</html>' }
    expect(classify(html)).toMatchObject({ code: 'provider_failed', upstream: { supportId: 'job-1' } })
  })
  it('knows load and login behind a page of the edge', () => {
    const page = (status: number) => classify({ status, headers: {}, body: '<HTML><BODY>Access Denied</BODY></HTML>' })
    expect(page(429)?.code).toBe('rate_limited')
    expect(page(401)).toMatchObject({ code: 'provider_refused', login: 'ended' })
    expect(page(403)?.code).toBe('provider_permission')
    expect(page(400)?.code).toBe('provider_garbled')
    const overLimit = { detail: 'Concurrent request limit exceeded.', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }
    expect(classify(answer(400, [overLimit]))?.code).toBe('rate_limited')
  })
  it('says in the words of NetSuite what it does not know', () => {
    const words = 'Il record non è valido.'
    expect(classify(answer(400, [{ detail: words, 'o:errorCode': 'SCRIPT_ERROR' }]))).toMatchObject({
      code: 'rejected',
      detail: `NetSuite: ${words}`,
      upstream: { code: 'SCRIPT_ERROR', message: words },
    })
    expect(classify({ status: 418, headers: {}, body: '{}' })).toMatchObject({ code: 'rejected' })
  })
  it("reads the errors of an account's own scripts", () => {
    const script = (code: string, message: string) =>
      classify({ status: 400, headers: {}, body: JSON.stringify({ error: { code, message } }) })
    expect(script('RCRD_DSNT_EXIST', 'That record does not exist.')).toMatchObject({
      code: 'not_found',
      upstream: { code: 'RCRD_DSNT_EXIST', message: 'That record does not exist.' },
    })
    expect(script('UNEXPECTED', 'It has been deposited.')).toMatchObject({ code: 'not_changeable' })
    expect(script('SSS_REQUEST_LIMIT_EXCEEDED', 'Too many.')).toMatchObject({ code: 'rate_limited' })
    expect(script('X', 'Perché no.')).toMatchObject({ code: 'rejected', detail: 'NetSuite: Perché no.' })
  })
  it('takes nothing for an answer that is no JSON of NetSuite', () => {
    expect(
      classify({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><p>login</p>' })?.code,
    ).toBe('provider_garbled')
    expect(classify({ status: 404, headers: {}, body: '<html>no such host</html>' })?.code).toBe('provider_garbled')
    expect(classify({ status: 302, headers: {}, body: '' })?.code).toBe('provider_garbled')
    expect(classify({ status: 204, headers: {}, body: '' })).toBeNull()
    expect(classify({ status: 200, headers: {}, body: '{"id":"1"}' })).toBeNull()
  })
})
