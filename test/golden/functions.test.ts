/**
 * Every function of the vendor's pages "Customers" and "Customer email templates", by its name: a golden request and answer of
 * it as it is (passthrough), and of the route that means the same.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { validateRequest } from '../../src/sandbox/intacct/request-schema.ts'
import { parseXml } from '../../src/sandbox/intacct/xml.ts'
import { goldenFiles } from './files.ts'
import { exchangesOf } from './replay.ts'

/** Function, the golden file of the route that means the same, and the function that this route sends. */
type Row = readonly [name: string, route: string, sends: string]

const PAGES: Readonly<Record<string, { readonly files: string; readonly functions: readonly Row[] }>> = {
  CUSTOMER: {
    files: 'passthrough.customer',
    functions: [
      ['lookup', 'getObjectDefinition', 'lookup'],
      ['query', 'listCustomers', 'query'],
      // Lists need no readByQuery: query does all that it does.
      ['readByQuery', 'listCustomers', 'query'],
      ['read', 'getCustomer', 'read'],
      ['readByName', 'getCustomer', 'readByName'],
      ['create', 'createCustomer', 'create'],
      // The generic functions do all that the legacy ones do, and more.
      ['create_customer', 'createCustomer', 'create'],
      ['update', 'updateCustomer', 'update'],
      ['update_customer', 'updateCustomer', 'update'],
      ['delete', 'deleteCustomer', 'delete'],
      ['delete_customer', 'deleteCustomer', 'delete'],
    ],
  },
  CUSTOMEREMAILTEMPLATE: {
    files: 'passthrough.email-template',
    functions: [
      ['lookup', 'getObjectDefinition.email-template', 'lookup'],
      ['query', 'listEmailTemplates', 'query'],
      ['readByQuery', 'listEmailTemplates', 'query'],
      ['read', 'getEmailTemplate', 'read'],
      // Its name is its record number, so both read the same.
      ['readByName', 'getEmailTemplate', 'read'],
    ],
  },
}

const FILES = goldenFiles('intacct')
const fileOf = (name: string) => {
  const file = FILES.find((one) => one.name === name)
  if (!file) throw new Error(`There is no golden file ${name}.http.`)
  return file
}
const exchanges = (name: string) =>
  exchangesOf(fileOf(name).golden).map(({ request, answer }) => ({ request: request.body, answer: answer.body }))
/** Of the function, on the object where it names one. */
const asks = (request: string, name: string, object: string): boolean =>
  new RegExp(`<function [^>]*><${name}[ >/]`).test(request) &&
  (name.includes('_') || request.includes(`<object>${object}</object>`) || request.includes(`<${object}>`))
const answers = (answer: string, name: string): boolean =>
  answer.includes('<result><status>success</status>') && answer.includes(`<function>${name}</function>`)

describe.each(Object.entries(PAGES))('%s', (object, { files, functions }) => {
  it.each(functions)('%s', (name, route, sends) => {
    const asIs = exchanges(`${files}.${name}`)
    expect(asIs.filter(({ request, answer }) => asks(request, name, object) && answers(answer, name))).not.toEqual([])
    const meant = exchanges(route)
    expect(meant.filter(({ request, answer }) => asks(request, sends, object) && answers(answer, sends))).not.toEqual(
      [],
    )
  })

  it('stands in the guide with every function', () => {
    const guide = readFileSync(new URL('../../docs/intacct.md', import.meta.url), 'utf8')
    const row = (name: string) =>
      guide.split('\n').some((line) => line.startsWith('|') && line.includes(`\`${name}\``) && line.includes(object))
    const legacy = /_/
    const names = functions.map(([name]) => name)
    expect(names.filter((name) => !legacy.test(name) && !row(name))).toEqual([])
    for (const name of names.filter((one) => legacy.test(one))) expect(guide).toContain(`\`${name}\``)
  })
})

it('has the rest of a list too', () => {
  const [more] = exchanges('passthrough.customer.readMore')
  expect(more?.request).toMatch(/<readMore><resultId>\S+<\/resultId><\/readMore>/)
})

it('shows every operator, junction and option of query', () => {
  const [query] = exchanges('passthrough.customer.query')
  const names =
    'equalto notequalto lessthan lessthanorequalto greaterthan greaterthanorequalto between in notin like notlike isnull isnotnull'
  for (const name of [...names.split(' '), 'and', 'or', 'orderby', 'ascending', 'descending', 'caseinsensitive'])
    expect(query?.request).toMatch(new RegExp(`<${name}(?:>|/>)`))
  expect(names.split(' ')).toHaveLength(13)
  const [aggregates] = exchanges('passthrough.customer.query-aggregates')
  for (const name of ['count', 'sum', 'avg', 'min', 'max']) expect(aggregates?.request).toContain(`<${name}>`)
})

it.each(FILES.map((file) => [file.name]))('every request of %s has the form that the sandbox enforces', (name) => {
  for (const { request } of exchanges(name)) expect(() => validateRequest(parseXml(request))).not.toThrow()
})
