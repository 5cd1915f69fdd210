/** What NetSuite's answers mean: texts seen live, their variations, and what is no NetSuite answer at all. */
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

describe('texts of USER_ERROR', () => {
  const table: [string, string, string[]][] = [
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
  ]
  it.each(table)('%s', (text, code, paths) => {
    const failure = classify(userError(text))
    expect(failure).toMatchObject({
      code,
      vendorPaths: paths,
      upstream: { status: 400, code: 'USER_ERROR', supportId: 'op-1' },
    })
    expect(failure?.detail).toContain(text)
    expect(failure?.detail).not.toContain('Error while accessing')
    expect(failure?.renew).toBeUndefined()
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
    ).toMatchObject({ code: 'provider_refused', renew: true })
    expect(
      classify({ status: 401, headers: { 'www-authenticate': 'Bearer realm="1", error="invalid_token"' }, body: '' }),
    ).toMatchObject({ code: 'provider_refused', renew: true })
    expect(
      classify({ status: 400, headers: { 'www-authenticate': 'Bearer realm="1", error="invalid_request"' }, body: '' }),
    ).toMatchObject({ code: 'provider_refused', renew: true })
    const login = classify({ status: 400, headers: {}, body: '{"error":"invalid_grant","error_description":"bad"}' })
    expect(login).toMatchObject({ code: 'provider_refused', upstream: { code: 'invalid_grant' } })
    expect(login?.renew).toBeUndefined()
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
