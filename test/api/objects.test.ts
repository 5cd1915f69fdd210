/** Object definitions: the fields of an account with their names in this API. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ObjectDefinition, ObjectField } from '../../schemas/object-definition.ts'
import { faultsOf } from '../support/component.ts'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5 })
})
afterAll(() => gateway.close())

const get = (connection: string, kind: string) =>
  gateway.request('GET', `/v1/connections/${connection}/objects/${kind}`)
async function definition(connection: string, kind: string): Promise<ObjectDefinition> {
  const { status, body } = await get(connection, kind)
  expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined })
  expect(faultsOf('ObjectDefinition', body)).toEqual([])
  return body
}
const field = ({ fields }: ObjectDefinition, vendorName: string): ObjectField =>
  fields.find((one) => one.vendorName === vendorName) as ObjectField

describe.each(['netsuite', 'intacct'])('%s', (connection) => {
  it.each(['customer', 'payment', 'invoice'])('%s', async (kind) => {
    const { fields, kind: said } = await definition(connection, kind)
    expect(said).toBe(kind)
    expect(fields.length).toBeGreaterThan(15)
    for (const one of fields) {
      expect(one.vendorName).toMatch(/./)
      expect(typeof one.readOnly).toBe('boolean')
      expect(typeof one.custom).toBe('boolean')
      if (one.custom) expect(one.name).toBe(`customFields.${one.vendorName}`)
    }
    expect(new Set(fields.map((one) => one.vendorName)).size).toBe(fields.length)
  })
  it('names fields as customers have them', async () => {
    const { fields } = await definition(connection, 'customer')
    const { body: capabilities } = await gateway.request('GET', `/v1/connections/${connection}`)
    const known = capabilities.capabilities.customer.fields
    const named = new Set(fields.map((one) => one.name))
    for (const name of ['number', 'email', 'phone', 'terms', 'currency', 'creditLimit', 'comments', 'updatedAt'])
      expect(named).toContain(name)
    for (const name of named)
      if (name !== null && name !== 'nativeId' && !name.includes('.')) expect(known, name).toHaveProperty(name)
  })
  it('gives names that a custom field can be written with', async () => {
    const custom = (await definition(connection, 'customer')).fields.find((one) => one.custom) as ObjectField
    const name = String(custom.name).replace('customFields.', '')
    const made = await gateway.request('POST', '/v1/customers', {
      key: newKey(),
      body: { connection, name: `Custom of ${connection}`, customFields: { [name]: 'West' } },
    })
    expect(made.body.customFields).toMatchObject({ [name]: 'West' })
  })
  it('refuses a kind that nobody knows, and a connection that is not there', async () => {
    expect(await get(connection, 'vendor')).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await get('nowhere', 'customer')).toMatchObject({ status: 404, body: { code: 'unknown_connection' } })
  })
})

it('describes a customer of NetSuite', async () => {
  const customer = await definition('netsuite', 'customer')
  expect(field(customer, 'companyName')).toMatchObject({
    name: 'companyName',
    label: expect.any(String),
    type: 'text',
    required: null,
    readOnly: false,
    custom: false,
  })
  expect(field(customer, 'creditLimit')).toMatchObject({ name: 'creditLimit', type: 'decimal' })
  expect(field(customer, 'isInactive')).toMatchObject({ name: 'status', type: 'boolean' })
  expect(field(customer, 'balance')).toMatchObject({ name: 'balance', readOnly: true })
  expect(field(customer, 'terms')).toMatchObject({ name: 'terms', type: 'reference' })
  expect(field(customer, 'creditHoldOverride')).toMatchObject({
    name: 'onHold',
    type: 'choice',
    values: ['AUTO', 'ON', 'OFF'],
  })
  expect(field(customer, 'dateCreated')).toMatchObject({ name: 'createdAt', type: 'instant' })
  expect(field(customer, 'addressBook')).toMatchObject({ name: 'addresses', type: 'list' })
  expect(field(customer, 'id')).toMatchObject({ name: 'nativeId', readOnly: true })
  expect(field(customer, 'homePhone')).toMatchObject({ name: 'vendorFields.homePhone' })
  expect(field(customer, 'custentity_region')).toMatchObject({ name: 'customFields.custentity_region', custom: true })
  expect(customer.relationships).toContainEqual({ name: 'terms', object: 'term', key: 'terms' })
})
it('describes a customer of Intacct', async () => {
  const customer = await definition('intacct', 'customer')
  expect(field(customer, 'DISPLAYCONTACT.EMAIL1')).toMatchObject({ name: 'email', type: 'text' })
  expect(field(customer, 'NAME')).toMatchObject({ name: 'name', required: true, readOnly: false })
  expect(field(customer, 'CREDITLIMIT')).toMatchObject({ name: 'creditLimit', type: 'decimal', required: false })
  expect(field(customer, 'STATUS')).toMatchObject({ name: 'status', type: 'choice', values: ['active', 'inactive'] })
  expect(field(customer, 'TOTALDUE')).toMatchObject({ name: 'balance', readOnly: true })
  expect(field(customer, 'WHENCREATED')).toMatchObject({ name: 'createdAt', type: 'instant' })
  expect(field(customer, 'RECORDNO')).toMatchObject({ name: 'vendorFields.RECORDNO', type: 'integer', readOnly: true })
  expect(field(customer, 'REGION')).toMatchObject({ name: 'customFields.REGION', custom: true })
  expect(customer.relationships.length).toBeGreaterThan(0)
  for (const one of customer.relationships)
    expect(one).toMatchObject({ object: expect.any(String), key: expect.any(String) })
})
it('describes e-mail templates where the ERP has them, and says why not elsewhere', async () => {
  const template = await definition('intacct', 'email-template')
  expect(field(template, 'EMAILTEMPLATENAME')).toMatchObject({ name: 'template' })
  expect(field(template, 'RECORDNO')).toMatchObject({ name: 'nativeId' })
  const refused = await get('netsuite', 'email-template')
  expect(refused).toMatchObject({ status: 501, body: { code: 'not_supported' } })
  expect(refused.body.detail).toMatch(/e-mail templates/)
})
it('reads a catalog that refers to other schemas', async () => {
  const { proxy } = gateway.erps.netsuite
  const at = '/services/rest/record/v1/metadata-catalog'
  proxy.fail(({ path }) => path.includes('metadata-catalog'), {
    kind: 'answer',
    answer: {
      status: 200,
      headers: { 'content-type': 'application/schema+json' },
      body: JSON.stringify({
        type: 'object',
        required: ['companyName'],
        properties: {
          companyName: { type: 'string' },
          terms: { $ref: `${at}/term` },
          parent: { $ref: `${at}/nsResource` },
          addressBook: { $ref: `${at}/customer-addressBookCollection` },
          links: { type: 'array', items: { $ref: `${at}/nsLink` } },
        },
      }),
    },
  })
  const { fields, relationships } = await definition('netsuite', 'customer')
  expect(fields.map(({ name, type, required }) => [name, type, required])).toEqual([
    ['companyName', 'text', true],
    ['terms', 'reference', false],
    ['parent', 'reference', false],
    ['addresses', 'list', false],
  ])
  expect(relationships).toEqual([
    { name: 'terms', object: 'term', key: 'terms' },
    { name: 'parent', object: 'customer', key: 'parent' },
  ])
})
