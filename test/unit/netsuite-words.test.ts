/** Texts of NetSuite that are on no list: their words choose a code and the fields, and nothing else. */
import { describe, expect, it } from 'vitest'
import { classify } from '../../src/providers/netsuite/failures.ts'

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

/** Text, code, paths; at least one for every row. */
const WORDED: [string, string, string[]][] = [
  ['This external ID already exists, sorry.', 'conflict', ['externalId']],
  ['Duplicate record found.', 'conflict', []],
  ['A form of yours says: please enter value(s) for: Terms', 'field_required', ['terms']],
  ['Line 3: Invalid Field Value 99 for the following field: terms', 'invalid_reference', ['terms']],
  ['Line 3: Invalid Field Value 99 for the following field: paymentmethod', 'invalid_reference', ['paymentOption']],
  ['Line 3: Invalid Field Value a@b for the following field: email', 'rejected', ['email']],
  ['Error: Invalid salesrep reference key 99.', 'invalid_reference', ['salesrep']],
  ['The period Mar 2026 has been closed.', 'period_closed', ['tranDate']],
  ['You cannot create or change transactions in a closed or locked period.', 'period_closed', ['tranDate']],
  ['This record has been locked by somebody.', 'not_changeable', []],
  ['The account 1000 cannot be used with that subsidiary here', 'invalid_reference', ['account', 'arAcct']],
  ['This customer has transactions and stays.', 'conflict', []],
  ['This transaction is gone: it has been deposited.', 'not_changeable', []],
  ['This payment was reconciled with the bank.', 'not_changeable', []],
  ['The status cannot be changed.', 'not_changeable', []],
  ['The field is read-only.', 'not_changeable', []],
  ['The amount applied exceeds the amount due on the invoice.', 'allocation_exceeds_open_amount', ['apply', 'credit']],
  ['The currencies of both differ.', 'currency_mismatch', ['currency']],
  ['The record 99 does not exist.', 'invalid_reference', []],
  ['Una frase che nessuno conosce.', 'rejected', []],
  ['You lack the permission for that.', 'rejected', []],
  ['Invalid login attempt, please try again later: rate limit exceeded.', 'rejected', []],
]

describe('words on no list', () => {
  it.each(WORDED)('%s', (text, code, paths) => {
    const failure = classify(userError(text))
    expect(failure).toMatchObject({
      code,
      vendorPaths: paths,
      applied: 'unknown',
      recognised: false,
      ended: true,
      upstream: { status: 400, code: 'USER_ERROR', supportId: 'op-1' },
    })
    expect(failure?.detail).toContain(text)
    expect(failure?.detail).not.toContain('Error while accessing')
    expect(failure?.login).toBeUndefined()
  })
  it('are not those that the call sent itself', () => {
    const request = {
      path: '/services/rest/record/v1/customer?q=has+been+deposited',
      effect: 'write',
      login: false,
    } as const
    const said = userError('Not possible: it has been deposited; it was reconciled.')
    expect(classify(said, request)?.code).toBe('not_changeable')
    const body = JSON.stringify({ memo: { text: ['was reconciled'] } })
    expect(classify(said, { ...request, body })).toMatchObject({ code: 'rejected', applied: 'unknown' })
  })
  it('are cut before they are matched', () => {
    const long = `You have entered an Invalid Field Value ${'for the following field: '.repeat(40_000)}terms`
    const started = performance.now()
    const failure = classify(userError(long))
    expect(performance.now() - started).toBeLessThan(500)
    expect(failure?.upstream.message?.length).toBeLessThan(5000)
  })
  it('are matched for all details, and one that is not known leaves all open', () => {
    const [known, other] = ['This entity already exists.', 'Perché no.'].map((detail) => ({
      detail,
      'o:errorCode': 'USER_ERROR',
    }))
    expect(classify(answer(400, [known!, known!]))).toMatchObject({ code: 'conflict', applied: 'no', recognised: true })
    expect(classify(answer(400, [other!, known!]))).toMatchObject({
      code: 'conflict',
      applied: 'unknown',
      recognised: false,
    })
  })
  it('of another status than they came with prove nothing', () => {
    const failure = classify(
      answer(400, [{ detail: 'This entity already exists.', 'o:errorCode': 'USER_ERROR' }], { status: 500 }),
    )
    expect(failure).toMatchObject({ applied: 'unknown', recognised: false })
    expect(failure?.ended).toBeUndefined()
  })
})
