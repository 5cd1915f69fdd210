/** A gateway whose ERPs hold names that break carelessly built queries, and its lists as they are without any filter. */
import { expect } from 'vitest'
import type { Condition } from '../../src/providers/provider.ts'
import { newKey, startGateway, type TestGateway } from './gateway.ts'
import { pageThrough } from './pages.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of three kinds, looked into by field name
export type Row = any
export const CONNECTIONS = ['netsuite', 'intacct'] as const
export type Name = (typeof CONNECTIONS)[number]
export const LISTS = ['customers', 'payments', 'invoices'] as const
export type List = (typeof LISTS)[number]

/** Names that break carelessly built queries. */
export const HOSTILE = [
  `O'Brien "&" Sons`,
  "x' OR '1'='1",
  '100% _sure_',
  'semi; -- comment',
  ']]> <tag/> &amp;',
  '漢字会社🙂',
  'back\\slash\\',
  'a,b;(c)==d',
  '~tilde=in=',
  '{{x}} $',
]

export interface FilterWorld {
  readonly gateway: TestGateway
  /** All records of one list of one connection. */
  readonly records: (connection: Name, list: List) => Row[]
  /** What is found, all pages of it. */
  readonly search: (list: List, filter: string, more?: string) => Promise<Row[]>
}

export async function startFilterWorld(): Promise<FilterWorld> {
  const gateway = await startGateway({ customers: 40 })
  const whole = {} as Record<Name, Record<List, Row[]>>
  for (const connection of CONNECTIONS) {
    for (const [place, name] of HOSTILE.entries()) {
      const body = { connection, name, email: place % 2 ? `o'${place}_%@example.test` : null }
      expect(await gateway.request('POST', '/v1/customers', { body })).toMatchObject({ status: 201 })
    }
    await keepUndeposited(gateway, connection)
    const lists = {} as Record<List, Row[]>
    for (const list of LISTS)
      lists[list] = await pageThrough(gateway.request, `/v1/${list}?limit=200&connection=${connection}`)
    whole[connection] = lists
  }
  return {
    gateway,
    records: (connection, list) => whole[connection][list],
    search: (list, filter, more = '') => pageThrough(gateway.request, searchPath(list, filter, `${more}&limit=200`)),
  }
}

async function keepUndeposited(gateway: TestGateway, connection: Name): Promise<void> {
  const customer = { id: gateway.erps[connection].seed.customer }
  const depositTo = { kind: 'undepositedFunds', ...(connection === 'intacct' && { id: '1090' }) }
  // Without a method: one ERP leaves it empty, and nothing is not a cheque.
  const body = { customer, date: '2026-04-02', amount: '12.34', depositTo }
  const made = await gateway.request('POST', '/v1/payments', { key: newKey(), body })
  expect(made.status, made.text).toBe(201)
}

export const ids = (rows: readonly Row[]): string[] => rows.map((row) => row.id)
export const searchPath = (list: List, filter: string, more = '') =>
  `/v1/${list}?filter=${encodeURIComponent(filter)}${more}`
export const is = (field: string, operator: string, ...values: string[]) => ({ field, operator, values }) as Condition
