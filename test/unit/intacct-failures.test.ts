/** Which code each of Intacct's errors becomes, on all three levels of the envelope. */
import { describe, expect, it } from 'vitest'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { classify } from '../../src/providers/intacct/failures.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
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

describe('classify', () => {
  it('lets successes pass', () => {
    expect(classify(response(results(result('success'))))).toBeNull()
    expect(classify(response(results(result('success'), result('success'))))).toBeNull()
  })

  it.each([
    ['GW-0010', 'API rate limit exceeded', 'rate_limited'],
    ['GW-0011', 'Invalid Request', 'provider_refused'],
    ['GW-0001', 'Unable to process request', 'provider_failed'],
    ['XL03000006', 'Incorrect Intacct XML Partner ID or password.', 'provider_refused'],
    ['XL03000003', 'XML Parse schema error: Fatal Error 76', 'internal_error'],
  ])('control: %s is %s', (number, text, code) => {
    for (const status of [200, 400, 429]) {
      expect(classify(response(controlError([number, text]), status))).toMatchObject({
        code,
        applied: code === 'provider_failed' ? 'unknown' : 'no',
      })
    }
  })

  it('tells a session that ran out from a wrong password', () => {
    expect(classify(response(loginError(['XL03000006', 'Invalid session q....'])))).toMatchObject({
      code: 'provider_refused',
      renew: true,
      applied: 'no',
    })
    for (const text of [
      'Sign-in information is incorrect',
      "The sender ID 's' is not authorized to make Web Services requests to company ID 'c'.",
    ]) {
      const failure = classify(response(loginError(['XL03000006', text, 'Invalid Web Services Authorization'])))
      expect(failure).toMatchObject({ code: 'provider_refused' })
      expect(failure).not.toHaveProperty('renew')
    }
  })

  it.each([
    ['BL34000061', 'Another Customer with the given value(s) ACME  already exists', 'conflict', '/number'],
    ['BL34000061', 'Another Contact with the given value(s) Acme(CACME)  already exists', 'conflict', '/name'],
    ['BL01001973', "Cannot find customer with key '99999' to delete.", 'not_found', null],
    ['BL01001973', 'You do not have permission for API operation CREATE', 'provider_permission', null],
    ['BL01001973', 'The date is in a closed period', 'period_closed', null],
    ['BL01001973', 'The Service is Temporarily Off-line', 'provider_unavailable', null],
    ['BL01001973', "Invalid term 'Net 31' specified.", 'invalid_reference', '/terms'],
    ['BL01001973', 'The customer is used in transactions', 'conflict', null],
    ['BL01001973', 'CUSTOMER: the required field DISPLAYCONTACT.PRINTAS is missing.', 'field_required', null],
    ['BL03000018', 'Illegal format for Contactversion : Primary Email Address', 'rejected', '/email'],
    ['BL01001973', 'Something nobody has seen before', 'rejected', null],
    ['Query Failed', 'a sentence for a number', 'rejected', null],
    ['XL03000006', 'The following fields cannot be queried: FOO', 'filter_not_supported', null],
  ])('function: %s "%s" is %s', (number, text, code, pointer) => {
    const failure = classify(
      response(functionError([number, text], ['BL01001973', 'Could not create customer record!'])),
    )
    expect(failure).toMatchObject({ code, applied: 'no', upstream: { code: number, status: 200 } })
    const pointers = (failure?.vendorPaths ?? []).map((path) => pointerFor(mappingsFor().customer, path))
    expect(pointers.find((one) => one !== null) ?? null).toBe(pointer)
  })

  it.each([
    ['DL03000005', 'No record exits for the recordkey/invoicekey 5', 'invalid_reference', '/applications'],
    ['BL02000051', 'Cannot pay a foreign currency invoice', 'rejected', '/depositTo'],
    [
      'BL03001994',
      'Use of empty Location is invalid. A valid Multi-Entity Location must be specified.',
      'field_required',
      '/location',
    ],
    ['BL01001973', 'Only draft payments can be updated', 'not_changeable', null],
    ['BL01001973', 'The payment has already been reversed.', 'not_changeable', null],
    ['BL01001973', 'The amount is greater than the amount due', 'allocation_exceeds_open_amount', '/applications'],
    ['BL01001973', "Invalid bank account 'X' specified.", 'invalid_reference', '/depositTo'],
  ])('payment: %s "%s" is %s', (number, text, code, pointer) => {
    const failure = classify(response(functionError([number, text])))
    expect(failure).toMatchObject({ code, applied: 'no' })
    const pointers = (failure?.vendorPaths ?? []).map((path) => pointerFor(mappingsFor().payment, path))
    expect(pointers.find((one) => one !== null) ?? null).toBe(pointer)
  })

  // Which of the levels it is on is not documented.
  it.each([
    ['a function', functionError],
    ['the control', controlError],
  ])('%s says that it is done when the fence says so, and that nobody knows while the first try runs', (_, failed) => {
    expect(
      classify(
        response([...failed(['X', 'A successful transaction has already been recorded with the control id 1'])]),
      ),
    ).toMatchObject({ code: 'conflict', applied: 'yes' })
    expect(classify(response([...failed(['X', 'concurrent request in process'])]))).toMatchObject({
      code: 'provider_failed',
      applied: 'unknown',
    })
  })

  it('finds the offender in a transaction that was rolled back', () => {
    const rolledBack = [
      'XL03000009',
      'The entire transaction in this operation has been rolled back due to an error.',
    ] as const
    const body = results(
      result('aborted', [rolledBack]),
      result('aborted', [['BL34000061', 'Another Customer with the given value(s) X already exists'], rolledBack]),
    )
    expect(classify(response(body))).toMatchObject({
      code: 'conflict',
      applied: 'no',
      upstream: { code: 'BL34000061' },
    })
  })

  it('says that something was made when a part of a create failed', () => {
    const made: XmlNode = ['data', [['customer', [['RECORDNO', '1']]]], { count: '1' }]
    expect(
      classify(response(results(result('failure', [['BL34000061', 'Another Customer already exists']], [made])))),
    ).toMatchObject({ applied: 'yes' })
    const nothing: XmlNode = ['data', [], { count: '0' }]
    expect(
      classify(response(results(result('failure', [['BL34000061', 'Another Customer already exists']], [nothing])))),
    ).toMatchObject({ applied: 'no' })
  })

  it('takes the support id and markup out of the text', () => {
    const failure = classify(response(functionError(['BL01001973', '<b>Bad</b> data. [Support ID: EsppO%7EZEcj0]'])))
    expect(failure).toMatchObject({ detail: 'Bad data.', upstream: { message: 'Bad data.', supportId: 'EsppO~ZEcj0' } })
  })

  it.each([
    ['<html><body>cf-error-details</body></html>', 200, 'text/html', 'provider_garbled'],
    ['<html><body>cf-error-details</body></html>', 200, 'text/xml', 'provider_garbled'],
    ['<html><body>Bad gateway</body></html>', 502, 'text/html', 'provider_failed'],
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
    ['', 401, 'text/plain', 'provider_refused'],
  ])('no answer: %j %i %s is %s', (body, status, type, code) => {
    expect(classify(response(body, status, type))?.code).toBe(code)
  })

  it('passes Retry-After on where one comes', () => {
    const limited = {
      ...response(controlError(['GW-0010', 'API rate limit exceeded']), 429),
      headers: { 'content-type': 'text/xml', 'retry-after': '7' },
    }
    expect(classify(limited)).toMatchObject({ retryAfterSeconds: 7 })
  })
})
