/** Examples of invoices, connections, operations and health. */
import type { ConnectionAnswer } from '../../../schemas/connection.ts'
import type { Invoice } from '../../../schemas/invoice.ts'
import type { Operation } from '../../../schemas/operation.ts'
import type { Example, OperationExamples } from './example.ts'
import { paymentExamples } from './payments.ts'
import { answeredBy, LATER_OPERATION, lastPage } from './shared.ts'

const example = <T>(summary: string, value: T): Example<T> => ({ summary, value })

const invoice: Invoice = {
  object: 'invoice',
  id: 'inv_netsuite_5001',
  connection: 'netsuite',
  provider: 'netsuite',
  nativeId: '5001',
  number: 'INV-5001',
  reference: 'PO-77',
  customer: { id: 'cus_netsuite_456', number: null, name: 'Acme Corporation' },
  date: '2026-02-02',
  dueDate: '2026-03-04',
  status: 'open',
  currency: 'USD',
  total: '1000.00',
  openAmount: '1000.00',
  createdAt: '2025-12-25T10:00:00Z',
  updatedAt: '2025-12-25T10:00:00Z',
}
const ofIntacct: Invoice = {
  object: 'invoice',
  id: 'inv_intacct_101',
  connection: 'intacct',
  provider: 'intacct',
  nativeId: '101',
  number: 'INV-0101',
  reference: null,
  customer: { id: 'cus_intacct_ACME', number: 'ACME', name: 'Acme Corporation' },
  date: '2026-01-01',
  dueDate: '2026-01-31',
  status: 'open',
  currency: 'USD',
  total: '100.00',
  openAmount: '100.00',
}

const field = (vendor: string) => ({ read: true, create: true, update: true, filter: true, sort: true, vendor })
const connection: ConnectionAnswer = {
  object: 'connection',
  id: 'intacct',
  provider: 'intacct',
  title: 'Sage Intacct sandbox',
  status: 'ok',
  capabilities: {
    operations: { createPayment: { supported: true }, voidPayment: { supported: true } },
    customer: {
      fields: {
        email: field('DISPLAYCONTACT.EMAIL1'),
        stage: {
          read: false,
          create: false,
          update: false,
          filter: false,
          sort: false,
          vendor: null,
          reason: 'Intacct customers have no stage.',
        },
      },
    },
    payment: { fields: { memo: field('DESCRIPTION') } },
    invoice: { fields: { number: { ...field('RECORDID'), create: false, update: false } } },
  },
  concurrency: { limit: 2, inFlight: 0, queued: 0 },
}

const paid = Object.values(paymentExamples['createPayment']?.answers[201] ?? {})[0]?.value as NonNullable<
  Operation['result']
>
const finished: Operation = {
  ...LATER_OPERATION,
  status: 'succeeded',
  resource: { id: 'pay_netsuite_10001' },
  result: paid,
}

export const otherExamples: Readonly<Record<string, OperationExamples>> = {
  listInvoices: {
    answers: {
      200: {
        two: example('Open invoices', {
          object: 'list',
          data: [ofIntacct, invoice],
          page: lastPage(2),
          connections: answeredBy('intacct', 'netsuite'),
        }),
      },
    },
    problems: {
      filter_not_supported: { detail: 'intacct cannot filter by status.', pointer: '?status', connection: 'intacct' },
    },
  },
  getInvoice: {
    answers: {
      200: {
        netsuite: example('An invoice of NetSuite', invoice),
        lines: example('With `include=lines`', {
          ...ofIntacct,
          lines: [{ id: '204', description: null, amount: '100.00', openAmount: '100.00' }],
        } satisfies Invoice),
      },
    },
  },
  listConnections: {
    answers: { 200: { one: example('One connection, shortened', { object: 'list', data: [connection] }) } },
  },
  getConnection: { answers: { 200: { intacct: example('Shortened', connection) } } },
  checkConnection: {
    answers: {
      200: {
        well: example('Everything works', {
          ok: true,
          steps: [
            { name: 'reach', ok: true, durationMs: 12.4 },
            { name: 'authenticate', ok: true, durationMs: 48.1 },
            { name: 'customers', ok: true, durationMs: 31.7 },
          ],
        }),
        refused: example('The login is refused', {
          ok: false,
          steps: [
            { name: 'reach', ok: true, durationMs: 12.4 },
            {
              name: 'authenticate',
              ok: false,
              detail: 'The ERP refused the login. Sign-in information is incorrect',
              durationMs: 40.2,
            },
          ],
        }),
      },
    },
  },
  listOperations: {
    answers: { 200: { running: example('One that goes on', { object: 'list', data: [LATER_OPERATION] }) } },
  },
  getOperation: {
    answers: {
      200: {
        running: example('It goes on', LATER_OPERATION),
        succeeded: example('It worked', finished),
        unknown: example('Nobody knows', { ...LATER_OPERATION, status: 'unknown' } satisfies Operation),
      },
    },
    problems: { not_found: { detail: 'There is no such operation of this caller.', connection: null } },
  },
  getLiveness: { answers: { 200: { ok: example('It lives', { status: 'ok' }) } } },
  getReadiness: {
    answers: { 200: { ok: example('It takes work', { status: 'ok' }) } },
    problems: { overloaded: { detail: 'The gateway takes no work now.' } },
  },
}
