/** Whole lists of one connection, as promises about lists need them. */
import { expect } from 'vitest'
import { pageThrough } from '../support/pages.ts'
import type { World } from './promises.ts'
import { problem, read } from './world.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of three kinds, looked into by field name
export type Row = any
export type Resource = 'customers' | 'payments' | 'invoices'

/** Every record that fits the query, page by page. */
export const all = async (world: World, resource: Resource, query = '', limit = 200): Promise<Row[]> =>
  pageThrough(
    world.request,
    `/v1/${resource}?connection=${world.connection}&limit=${limit}${query === '' ? '' : `&${query}`}`,
  )

/** Parameters that ask for a part of another field. */
const PART_OF: Readonly<Record<string, string>> = { undeposited: 'status' }

/** The records; null where the list is refused by the field's name, and the connection's capabilities say that it cannot. */
export async function allUnlessRefused(
  world: World,
  resource: Resource,
  query: string,
  { limit = 200, use = 'filter' }: { limit?: number; use?: 'filter' | 'sort' } = {},
): Promise<Row[] | null> {
  const path = `/v1/${resource}?connection=${world.connection}&limit=${limit}&${query}`
  const answer = await world.request('GET', path)
  if (answer.status !== 422) return all(world, resource, query, limit)
  const { detail } = problem(answer, 422, 'filter_not_supported')
  const name = /^(?:[\w-]+: )?(\w+)[\w.]* cannot be used/.exec(detail)?.[1] ?? detail
  const { capabilities } = await read(world, `/v1/connections/${world.connection}`)
  const { fields } = capabilities[resource.slice(0, -1)]
  expect({ query, name, can: fields[PART_OF[name] ?? name]?.[use] }).toEqual({ query, name, can: false })
  return null
}
