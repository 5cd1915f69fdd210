/** Examples of invoices, connections, operations and health. */
import type { ConnectionAnswer } from '../../../schemas/connection.ts'
import type { Invoice } from '../../../schemas/invoice.ts'
import type { Operation } from '../../../schemas/operation.ts'
import { example, type OperationExamples, page } from './example.ts'
import { CHEQUE, INVOICE, LATER_OPERATION } from './records.ts'

const withLines: Invoice = {
  ...{ object: 'invoice', id: 'inv_intacct_102', connection: 'intacct', provider: 'intacct', nativeId: '102' },
  ...{ number: 'INV-0102', customer: { id: 'cus_intacct_ACME', number: 'ACME', name: 'Acme Corporation' } },
  ...{
    date: '2026-01-05',
    dueDate: '2026-02-04',
    status: 'open',
    currency: 'USD',
    total: '125.50',
    openAmount: '125.50',
  },
  lines: [
    { id: '204', description: null, amount: '25.50', openAmount: '25.50' },
    { id: '205', description: null, amount: '100.00', openAmount: '100.00' },
  ],
  ...{ payments: [], createdAt: '2026-01-05T10:00:00Z', updatedAt: '2026-01-05T10:00:00Z' },
}

const field = (vendor: string) => ({ read: true, create: true, update: true, filter: true, sort: true, vendor })
const connection: ConnectionAnswer = {
  object: 'connection',
  id: 'intacct',
  provider: 'intacct',
  title: 'Sage Intacct sandbox',
  status: 'ok',
  rest: null,
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

const finished: Operation = {
  ...LATER_OPERATION,
  status: 'succeeded',
  resource: { id: CHEQUE.id },
  result: CHEQUE,
}

export const otherExamples: Readonly<Record<string, OperationExamples>> = {
  listInvoices: {
    answers: { 200: { one: example('With `number=INV-5001`', page(INVOICE)) } },
    problems: {
      filter_not_supported: { detail: 'intacct cannot filter by status.', pointer: '?status', connection: 'intacct' },
    },
  },
  getInvoice: {
    answers: {
      200: {
        netsuite: example('An invoice of NetSuite', INVOICE),
        lines: example('With `include=lines,payments`', withLines),
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
            {
              name: 'authenticate',
              ok: true,
              detail: 'logged in with the scope rest_webservices',
              durationMs: 48.1,
            },
            {
              name: 'metadata',
              ok: true,
              detail: "field names are the account's own",
              durationMs: 18.4,
            },
            { name: 'customers', ok: true, detail: '253 customers', durationMs: 31.7 },
            { name: 'payments', ok: true, detail: '131 payments', durationMs: 24.2 },
            { name: 'invoices', ok: true, detail: '363 invoices', durationMs: 22.9 },
            { name: 'timeZone', ok: true, detail: "the account's clocks fit: timeZone is UTC", durationMs: 26.3 },
            {
              name: 'dateFormat',
              ok: true,
              detail: 'not needed: queries name the format of every date',
              durationMs: 0.1,
            },
            { name: 'defaults.arAccountId', ok: true, detail: 'Accounts Receivable (AcctRec)', durationMs: 19.6 },
            { name: 'defaults.depositAccountId', ok: true, detail: 'Operating Bank (Bank)', durationMs: 19.6 },
            { name: 'defaults.subsidiaryId', ok: true, detail: 'Parent Company', durationMs: 19.6 },
            { name: 'defaults.paymentMethods.cash', ok: true, detail: 'Cash', durationMs: 19.6 },
            { name: 'defaults.paymentMethods.check', ok: true, detail: 'Check', durationMs: 19.6 },
            { name: 'defaults.paymentMethods.wire', ok: true, detail: 'Wire Transfer', durationMs: 19.6 },
            { name: 'defaults.paymentMethods.ach', ok: true, detail: 'ACH', durationMs: 19.6 },
          ],
        }),
        refused: example('The login is refused', {
          ok: false,
          steps: [
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
