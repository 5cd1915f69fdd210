/** What NetSuite's answers mean beyond their texts: codes and statuses, pages of servers in front, logins, scripts. */
import { describe, expect, it } from 'vitest'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { customer } from '../../src/providers/netsuite/customer.ts'
import { classify } from '../../src/providers/netsuite/failures.ts'
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
    expect(classify({ status: 429, headers: { 'retry-after': '7' }, body: '' })).toMatchObject({
      code: 'rate_limited',
      applied: 'unknown',
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
    const answered = { status: 400, headers: {}, body: '{"error":"invalid_grant","error_description":"bad"}' }
    const exchange = { path: '/services/rest/auth/oauth2/v1/token', effect: 'read', login: true } as const
    const login = classify(answered, exchange)
    expect(login).toMatchObject({ code: 'provider_refused', upstream: { code: 'invalid_grant' } })
    expect(login?.login).toBe('refused')
    // Anywhere else the same words are nobody's login.
    expect(classify(answered, { ...exchange, login: false })?.login).toBeUndefined()
    const page = { status: 403, headers: {}, body: '<html>Access Denied</html>' }
    expect(classify(page, exchange)).toMatchObject({ code: 'provider_unavailable', applied: 'no' })
    expect(classify(page, exchange)?.login).toBeUndefined()
    expect(classify({ ...answered, body: '{"error":"try_later"}' }, exchange)?.login).toBeUndefined()
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
    expect(failure).toMatchObject({ applied: 'unknown', recognised: true })
    expect(failure?.ended).toBeUndefined()
    expect(
      classify({ status: 502, headers: { 'content-type': 'text/html' }, body: '<html>bad gateway</html>' })?.code,
    ).toBe('provider_failed')
  })
  it('keeps the job by which support finds the request', () => {
    const both = { ...HEADERS, 'x-netsuite-jobid': 'job-1' }
    const refused = classify({ ...userError('No.'), headers: both })
    expect(refused?.upstream.supportId).toBe('job-1')
    const html = { status: 503, headers: { ...both, 'content-type': 'text/html' }, body: '<html>busy</html>' }
    expect(classify(html)).toMatchObject({ code: 'provider_unavailable', upstream: { supportId: 'job-1' } })
  })
  it('takes a page of a server in front for what it is, and never for a login', () => {
    const page = (status: number) => classify({ status, headers: {}, body: '<HTML><BODY>Access Denied</BODY></HTML>' })
    expect(page(429)).toMatchObject({ code: 'rate_limited', applied: 'unknown' })
    for (const status of [401, 403, 503]) {
      expect(page(status)).toMatchObject({ code: 'provider_unavailable', applied: 'unknown', recognised: true })
      expect(page(status)?.login).toBeUndefined()
    }
    expect(page(400)).toMatchObject({ code: 'provider_garbled', applied: 'unknown', recognised: false })
    const overLimit = { detail: 'Concurrent request limit exceeded.', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }
    expect(classify(answer(400, [overLimit]))).toMatchObject({ code: 'rate_limited', applied: 'no' })
  })
  it('takes no success for one that carries an error document', () => {
    const body = answer(400, [{ detail: 'This entity already exists.', 'o:errorCode': 'USER_ERROR' }]).body
    expect(classify({ status: 200, headers: {}, body })).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
  })
  it('says in the words of NetSuite what it does not know', () => {
    const words = 'Il record non è valido.'
    expect(classify(answer(400, [{ detail: words, 'o:errorCode': 'SCRIPT_ERROR' }]))).toMatchObject({
      code: 'rejected',
      detail: `NetSuite: ${words}`,
      upstream: { code: 'SCRIPT_ERROR', message: words },
    })
    expect(classify({ status: 418, headers: {}, body: '{}' })).toMatchObject({
      code: 'provider_garbled',
      applied: 'unknown',
    })
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
