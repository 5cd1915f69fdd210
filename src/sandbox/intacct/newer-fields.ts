/**
 * Elements of legacy functions that the vendor's pages have and its public schema (3.0, as of 2019 R3) has not: the only names
 * that a check against that schema may leave out. Where they stand in the order is our reading of the pages' tables.
 */
import { maybe, type Particle } from './content-model.ts'

export interface NewerField {
  readonly name: string
  readonly inside: readonly string[]
  readonly after: string
  /** From the "Release, Changes" tables of the page; null where they do not tell. */
  readonly release: string | null
  readonly source: string
}

export const NEWER_FIELDS: readonly NewerField[] = [
  {
    name: 'retainagepercentage',
    inside: ['create_customer', 'update_customer'],
    after: 'creditlimit',
    release: '2020 Release 2',
    source: 'Intacct developer docs, customers: create_customer and update_customer',
  },
  {
    name: 'taxsolutionid',
    inside: ['contact'],
    after: 'taxid',
    release: '2022 Release 2',
    source: 'Intacct developer docs, customers: contact',
  },
  {
    name: 'taxschedule',
    inside: ['contact'],
    after: 'taxsolutionid',
    release: '2022 Release 2',
    source: 'Intacct developer docs, customers: contact',
  },
  {
    name: 'address3',
    inside: ['mailaddress'],
    after: 'address2',
    release: null,
    source: 'Intacct developer docs, customers: mailaddress of the legacy functions',
  },
]

/** The published sequence of an element with what is newer in its place. */
export function withNewer(inside: string, published: readonly Particle[]): Particle[] {
  const parts = [...published]
  for (const field of NEWER_FIELDS.filter((one) => one.inside.includes(inside))) {
    const before = parts.findIndex((part) => part.kind === 'element' && part.name === field.after)
    parts.splice(before + 1, 0, maybe(field.name))
  }
  return parts
}
