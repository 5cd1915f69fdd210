/** Ids, parameters, headers and routes that must be refused. */
import { type Bad, get } from './bad-request.ts'

export const BAD_READS: readonly Bad[] = [
  {
    what: 'no body',
    send: (gateway) => gateway.request('POST', '/v1/customers', { headers: { 'content-type': 'application/json' } }),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'an id with an escape that none makes',
    send: get('/v1/customers/cus_intacct_A~2f'),
    status: 400,
    code: 'malformed_id',
  },
  {
    what: 'a very long id',
    send: get(`/v1/customers/cus_intacct_${'A'.repeat(1500)}`),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an id of a connection that is not there',
    send: get('/v1/customers/cus_elsewhere_1'),
    status: 404,
    code: 'unknown_connection',
  },
  {
    what: 'a customer that is not there (NetSuite)',
    send: get('/v1/customers/cus_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a customer that is not there (Intacct)',
    send: get('/v1/customers/cus_intacct_NOBODY'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a payment that is not there (NetSuite)',
    send: get('/v1/payments/pay_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'a payment that is not there (Intacct)',
    send: get('/v1/payments/pay_intacct_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an invoice that is not there (NetSuite)',
    send: get('/v1/invoices/inv_netsuite_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an invoice that is not there (Intacct)',
    send: get('/v1/invoices/inv_intacct_999999'),
    status: 404,
    code: 'not_found',
  },
  {
    what: 'an unknown parameter',
    send: get('/v1/customers?nmae=x'),
    status: 400,
    code: 'invalid_request',
    pointer: '?nmae',
  },
  {
    what: 'a limit beyond the most',
    send: get('/v1/customers?limit=201'),
    status: 400,
    code: 'invalid_request',
    pointer: '?limit',
  },
  {
    what: 'a field that is none',
    send: get('/v1/customers?fields=id,colour'),
    status: 400,
    code: 'invalid_request',
    pointer: '?fields',
  },
  {
    what: 'a sort that is none',
    send: get('/v1/customers?sort=colour'),
    status: 400,
    code: 'invalid_request',
    pointer: '?sort',
  },
  {
    what: 'a wrong key',
    send: get('/v1/customers', { authorization: 'Bearer nobody' }),
    status: 401,
    code: 'unauthenticated',
  },
  {
    what: 'an Accept without JSON',
    send: get('/v1/customers', { accept: 'application/xml' }),
    status: 406,
    code: 'not_acceptable',
  },
  {
    what: 'an unknown method',
    send: (gateway) => gateway.request('PUT', '/v1/customers', { body: {} }),
    status: 405,
    code: 'method_not_allowed',
  },
]
