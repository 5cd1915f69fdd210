/**
 * What an answer of Intacct proves, by its level, form and the request it answers. Which code each message becomes is in
 * the corpus.
 */
import { describe, expect, it } from 'vitest'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { classify } from '../../src/providers/intacct/failures.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
import type { SentRequest } from '../../src/wire/exchange.ts'
import { renderXml, type XmlNode } from '../../src/wire/xml.ts'

type Errors = readonly (readonly [number: string, description2: string, description?: string])[]
const errors = (list: Errors): XmlNode => [
  'errormessage',
  list.map(([number, text, description = '']) => [
    'error',
    [
      ['errorno', number],
      ['description', description],
      ['description2', text],
      ['correction', ''],
    ],
  ]),
]
const response = (body: string | XmlNode[], status = 200, type = 'text/xml; encoding="UTF-8"') => ({
  status,
  headers: { 'content-type': type },
  body: typeof body === 'string' ? body : `<?xml version="1.0" encoding="UTF-8"?>\n${renderXml([['response', body]])}`,
})
const GOOD: XmlNode = ['control', [['status', 'success']]]
const signedIn: XmlNode = ['authentication', [['status', 'success']]]
const controlError = (...list: Errors) => [['control', [['status', 'failure']]] as const, errors(list)]
const loginError = (...list: Errors) => [
  GOOD,
  ['operation', [['authentication', [['status', 'failure']]], errors(list)]] as const,
]
const result = (status: string, list: Errors = [], data: XmlNode[] = []): XmlNode => [
  'result',
  [['status', status], ['function', 'create'], ['controlid', 'f'], ...data, ...(list.length > 0 ? [errors(list)] : [])],
]
const results = (...list: XmlNode[]) => [GOOD, ['operation', [signedIn, ...list]] as const]
const functionError = (...list: Errors) => results(result('failure', list))

const WRITE: SentRequest = {
  path: '/ia/xml/xmlgw.phtml',
  body: '<function controlid="intent-1"><create><CUSTOMER><NAME>A &amp; B Traders</NAME></CUSTOMER></create></function>',
  effect: 'write',
  login: false,
}
const READ: SentRequest = { ...WRITE, effect: 'read' }
const LOGIN: SentRequest = { ...READ, login: true }
const KNOWN = ['BL01001973', "Invalid Customer 'C1' specified."] as const
const UNKNOWN = ['BL01001973', 'Something nobody has seen before'] as const
const pointerOf = (mapping: object, paths: readonly string[] = []) =>
  paths.map((path) => pointerFor(mapping, path)).find((pointer) => pointer !== null) ?? null

describe('classify', () => {
  it('lets successes pass', () => {
    expect(classify(response(results(result('success'))), WRITE)).toBeNull()
    expect(classify(response(results(result('success'), result('success'))), WRITE)).toBeNull()
  })

  it.each([
    ['GW-0010', 'API rate limit exceeded', 'rate_limited', 'no'],
    ['GW-0011', 'Invalid Request', 'provider_refused', 'no'],
    ['GW-0001', 'Unable to process request', 'provider_failed', 'unknown'],
    ['GW-0002', 'A number without a row', 'provider_failed', 'unknown'],
    ['XL03000006', 'Incorrect Intacct XML Partner ID or password.', 'provider_refused', 'no'],
    ['XL03000006', 'Something nobody has seen before', 'provider_failed', 'unknown'],
    ['XL03000003', 'XML Parse schema error: Fatal Error 76', 'not_supported', 'unknown'],
  ])('control: %s "%s" is %s, applied %s', (number, text, code, applied) => {
    for (const status of [200, 400])
      expect(classify(response(controlError([number, text]), status), WRITE)).toMatchObject({ code, applied })
    const failed = classify(response(controlError([number, text]), 500), WRITE)
    expect(failed?.applied).toBe('unknown')
    expect(failed).not.toHaveProperty('login')
    expect(failed).not.toHaveProperty('ended')
  })

  it('tells a session that ran out from a wrong password, and from what nobody knows', () => {
    const session = classify(response(loginError(['XL03000006', 'Invalid session q....'])), WRITE)
    expect(session).toMatchObject({ code: 'provider_refused', login: 'ended', applied: 'no', ended: true })
    const unheard = classify(response(loginError(['XL03000006', 'Something else'])), WRITE)
    expect(unheard).toMatchObject({ code: 'provider_refused', applied: 'unknown', recognised: false })
    expect(unheard).not.toHaveProperty('login')
    for (const text of ['Sign-in information is incorrect', 'Something else', 'Invalid session q....'])
      expect(classify(response(loginError(['XL03000006', text])), LOGIN)).toMatchObject({ login: 'refused' })
    const unauthorized = [
      'XL03000006',
      "The sender ID 's' is not authorized to make Web Services requests to company ID 'c'.",
      'Invalid Web Services Authorization',
    ] as const
    expect(classify(response(loginError(unauthorized)), WRITE)).toMatchObject({ login: 'refused' })
  })

  it.each([
    ['XL03000006', 'Invalid session q....'],
    ['XL03000006', 'Incorrect Intacct XML Partner ID or password.'],
    ['XL03000006', 'Sign-in information is incorrect'],
    ['GW-0011', 'Invalid Request'],
    ['PL04000055', 'This company is a demo company and has expired.'],
  ])('a function says nothing of the login: %s "%s"', (number, text) => {
    const failure = classify(response(functionError([number, text])), WRITE)
    expect(failure).toMatchObject({ applied: 'unknown', recognised: false })
    expect(failure).not.toHaveProperty('login')
    expect(failure?.code).not.toBe('provider_refused')
  })

  it.each([
    ['The date is in a closed period', 'period_closed', '/date'],
    ['Only draft payments can be updated', 'not_changeable', null],
    ['The amount is greater than the amount due', 'allocation_exceeds_open_amount', '/applications'],
    ['PAYMENT: the required field RECEIPTDATE is missing.', 'field_required', '/date'],
    ['Something nobody has seen before', 'rejected', null],
    ['Somebody said: Please try again later', 'rejected', null],
    ['Login refused: API rate limit exceeded', 'rejected', null],
  ])('words choose only a code: "%s" is %s', (text, code, pointer) => {
    const failure = classify(response(functionError(['BL01001973', text])), WRITE)
    expect(failure).toMatchObject({ code, applied: 'unknown', recognised: false, level: 'function', ended: true })
    expect(pointerOf(mappingsFor().payment, failure?.vendorPaths)).toBe(pointer)
  })

  it('names the fields that cannot be queried, whichever the call sent', () => {
    const text = 'The following fields cannot be queried: [ customer: [EMAILOPTIN, DISPLAYCONTACT.TAXID] ]'
    const request = { ...READ, body: '<select><field>EMAILOPTIN</field><field>NAME</field></select>' }
    expect(classify(response(functionError(['XL03000006', text])), request)).toMatchObject({
      code: 'filter_not_supported',
      vendorPaths: ['EMAILOPTIN', 'DISPLAYCONTACT.TAXID'],
    })
  })

  // Which of the levels it is on is not documented.
  it.each([
    ['a function', functionError],
    ['the control', controlError],
  ])('%s says that it is done when the fence names the own control id', (_, failed) => {
    const fence = (id: string) =>
      response([...failed(['X', `A successful transaction has already been recorded with the control id ${id}`])])
    expect(classify(fence('intent-1'), WRITE)).toMatchObject({ code: 'conflict', applied: 'yes' })
    expect(classify(fence('intent-2'), WRITE)?.applied).toBe('unknown')
    expect(classify(fence('intent-1, says the caller'), WRITE)?.applied).toBe('unknown')
    expect(classify(fence('intent-1'))?.applied).toBe('unknown')
    const running = classify(response([...failed(['X', 'concurrent request in process'])]), WRITE)
    expect(running).toMatchObject({ code: 'provider_failed', applied: 'unknown' })
    expect(running).not.toHaveProperty('ended')
  })

  describe('a transaction that was rolled back', () => {
    const rolledBack = [
      'XL03000009',
      'The entire transaction in this operation has been rolled back due to an error.',
    ] as const

    it('has an offender', () => {
      const body = results(
        result('aborted', [rolledBack]),
        result('aborted', [['BL34000061', 'Another Customer with the given value(s) X already exists'], rolledBack]),
      )
      expect(classify(response(body), WRITE)).toMatchObject({
        code: 'conflict',
        applied: 'no',
        upstream: { code: 'BL34000061' },
      })
    })

    it('has done nothing, whatever the cause was, where every result says so', () => {
      const all = results(result('aborted', [rolledBack]), result('aborted', [UNKNOWN, rolledBack]))
      expect(classify(response(all), WRITE)).toMatchObject({ code: 'rejected', applied: 'no', recognised: false })
      const some = results(result('aborted', [rolledBack]), result('failure', [UNKNOWN]))
      expect(classify(response(some), WRITE)?.applied).toBe('unknown')
      expect(classify(response(all, 502), WRITE)?.applied).toBe('unknown')
    })
  })

  it('says that something was made when a part of a create failed', () => {
    const made: XmlNode = ['data', [['customer', [['RECORDNO', '1']]]], { count: '1' }]
    const exists = ['BL34000061', 'Another Customer already exists'] as const
    expect(classify(response(results(result('failure', [exists], [made]))), WRITE)?.applied).toBe('yes')
    const nothing: XmlNode = ['data', [], { count: '0' }]
    expect(classify(response(results(result('failure', [exists], [nothing]))), WRITE)?.applied).toBe('no')
  })

  it('believes no answer that contradicts itself', () => {
    const beside = results(result('success'), result('failure', [KNOWN]))
    expect(classify(response(beside), WRITE)).toMatchObject({ code: 'invalid_reference', applied: 'unknown' })
    for (const status of [500, 503])
      expect(classify(response(functionError(KNOWN), status), WRITE)?.applied).toBe('unknown')
    for (const strange of [results(result('success', [KNOWN])), results(result('perhaps'))])
      expect(classify(response(strange), WRITE)).toMatchObject({ code: 'provider_garbled', applied: 'unknown' })
  })

  it('says of a read that nothing was done, however it failed', () => {
    expect(classify(response(functionError(UNKNOWN)), READ)?.applied).toBe('no')
    expect(classify(response('<html/>', 502, 'text/html'), READ)?.applied).toBe('no')
  })

  it('takes the support id and markup out of the text', () => {
    const failure = classify(response(functionError(['BL01001973', '<b>Bad</b> data. [Support ID: EsppO%7EZEcj0]'])))
    expect(failure).toMatchObject({ detail: 'Bad data.', upstream: { message: 'Bad data.', supportId: 'EsppO~ZEcj0' } })
  })

  it('reads no more of a message than a message has', () => {
    for (const text of ["Invalid Customer '".repeat(50_000), 'is missing '.repeat(80_000), ' '.repeat(500_000)])
      expect(classify(response(functionError(['BL01001973', text])), WRITE)?.applied).toBe('unknown')
  })

  it.each([
    ['<html><body>cf-error-details</body></html>', 200, 'text/html', 'provider_garbled'],
    ['<html><body>cf-error-details</body></html>', 200, 'text/xml', 'provider_garbled'],
    ['<html><body>The Service is Temporarily Off-line</body></html>', 200, 'text/html', 'provider_unavailable'],
    ['<html><body>Bad gateway</body></html>', 502, 'text/html', 'provider_failed'],
    ['<html><body>Forbidden</body></html>', 403, 'text/html', 'provider_unavailable'],
    ['<html><body>Too many</body></html>', 429, 'text/html', 'rate_limited'],
    ['<response><control><status>success</status>', 200, 'text/xml', 'provider_garbled'],
    ['', 200, 'text/xml', 'provider_garbled'],
    ['{"a":1}', 200, 'application/json', 'provider_garbled'],
    ['<other/>', 200, 'text/xml', 'provider_garbled'],
    [
      '<response><acknowledgement><status>success</status></acknowledgement><control><status>success</status></control></response>',
      200,
      'text/xml',
      'provider_garbled',
    ],
    ['', 401, 'text/plain', 'provider_unavailable'],
  ])('no answer: %j %i %s is %s', (body, status, type, code) => {
    const failure = classify(response(body, status, type), WRITE)
    expect(failure).toMatchObject({ code, applied: 'unknown' })
    expect(failure).not.toHaveProperty('login')
    expect(failure).not.toHaveProperty('ended')
  })

  it('passes Retry-After on where one comes', () => {
    const limited = {
      ...response(controlError(['GW-0010', 'API rate limit exceeded']), 429),
      headers: { 'content-type': 'text/xml', 'retry-after': '7' },
    }
    expect(classify(limited)).toMatchObject({ retryAfterSeconds: 7 })
  })
})
