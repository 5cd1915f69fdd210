/** Customers and bodies that must be refused. */
import { type Bad, customers } from './bad-request.ts'

export const BAD_CUSTOMERS: readonly Bad[] = [
  {
    what: 'a prototype in the body',
    send: customers('{"connection":"netsuite","name":"x","__proto__":{"a":1}}'),
    status: 400,
    code: 'invalid_request',
  },
  {
    what: 'an unknown field',
    send: customers({ connection: 'netsuite', name: 'x', nmae: 'y' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/nmae',
  },
  {
    what: 'a currency of a customer that is none',
    send: customers({ connection: 'netsuite', name: 'x', currency: 'ZZZ' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/currency',
  },
  {
    what: 'a credit limit with more digits than its currency has',
    send: customers({ connection: 'intacct', name: 'x', currency: 'JPY', creditLimit: '10.5' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/creditLimit',
  },
  {
    what: 'a read-only field',
    send: customers({ connection: 'netsuite', name: 'x', balance: '1.00' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/balance',
  },
  {
    what: 'a wrong type',
    send: customers({ connection: 'netsuite', name: 5 }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'a body of 10 MB',
    send: customers(`{"name":"${'x'.repeat(10_000_000)}"}`),
    status: 413,
    code: 'payload_too_large',
  },
  {
    what: 'a name of 5,000 characters',
    send: customers({ connection: 'netsuite', name: 'x'.repeat(5000) }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'a control character',
    send: customers({ connection: 'intacct', name: 'x\u0007' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'half a surrogate pair',
    send: customers('{"connection":"intacct","name":"\\ud800"}'),
    status: 400,
    code: 'invalid_request',
    pointer: '/name',
  },
  {
    what: 'no connection',
    send: customers({ name: 'x' }),
    status: 400,
    code: 'invalid_request',
    pointer: '/connection',
  },
  {
    what: 'an unknown connection',
    send: customers({ connection: 'xero', name: 'x' }),
    status: 404,
    code: 'unknown_connection',
  },
  {
    what: 'a media type that is no JSON',
    send: customers('name=x', { 'content-type': 'application/x-www-form-urlencoded' }),
    status: 415,
    code: 'unsupported_media_type',
  },
  {
    what: 'a merge patch to POST',
    send: customers('{}', { 'content-type': 'application/merge-patch+json' }),
    status: 415,
    code: 'unsupported_media_type',
  },
]
