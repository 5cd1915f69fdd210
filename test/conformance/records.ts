/** Whole lists of one connection, as promises about lists need them. */
import { pageThrough } from '../support/pages.ts'
import type { World } from './promises.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of three kinds, looked into by field name
export type Row = any
export type Resource = 'customers' | 'payments' | 'invoices'

/** Every record that fits the query, page by page. */
export const all = async (world: World, resource: Resource, query = '', limit = 200): Promise<Row[]> =>
  pageThrough(
    world.request,
    `/v1/${resource}?connection=${world.connection}&limit=${limit}${query === '' ? '' : `&${query}`}`,
  )
