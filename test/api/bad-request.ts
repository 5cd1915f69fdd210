/** How a bad request is written down, and how it is sent. */
import { newKey, type TestGateway } from '../support/gateway.ts'

/** One request that must be refused. */
export interface Bad {
  readonly what: string
  readonly send: (gateway: TestGateway) => Promise<{
    status: number
    body: { code: string; errors: { pointer: string }[]; applied: string; requestId: string }
    headers: Headers
  }>
  readonly status: number
  readonly code: string
  readonly pointer?: string
}
export const customers =
  (body: unknown, headers = {}) =>
  (gateway: TestGateway) =>
    gateway.request('POST', '/v1/customers', { body, headers })
export const payments =
  (body: unknown, options = {}) =>
  (gateway: TestGateway) =>
    gateway.request('POST', '/v1/payments', { body, key: newKey(), ...options })
export const paying = (more: object) =>
  payments({ customer: { id: 'cus_netsuite_456' }, date: '2026-01-31', amount: '10.00', ...more })
export const get =
  (path: string, headers = {}) =>
  (gateway: TestGateway) =>
    gateway.request('GET', path, { headers })
