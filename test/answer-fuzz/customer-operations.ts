/** The customer writes of the answer fuzz. */
import { called, type FuzzOperation, newCustomer, STREET } from './operation.ts'
import type { FuzzWorld } from './world.ts'

const DETAILS = { email: 'ap@fuzz.example', phone: '555-0100', creditLimit: '1500.00' }

const byExternalId = ({ connection }: FuzzWorld, token: string) =>
  `/v1/customers/by-external-id/${connection === 'intacct' ? 'intacct-ids' : connection}/ext-${token}`

export const customerOperations: readonly FuzzOperation[] = [
  {
    name: 'createCustomer',
    effect: 'write',
    prepare: async ({ connection, erp }, token) => ({
      method: 'POST',
      path: '/v1/customers',
      body: {
        ...{ connection, name: `Fuzz ${token}`, currency: 'USD', ...DETAILS, terms: { id: erp.seed.terms.id } },
        addresses: [{ ...STREET, isDefaultBilling: true }],
      },
    }),
  },
  {
    name: 'createCustomer person',
    effect: 'write',
    prepare: async ({ connection }, token) => ({
      method: 'POST',
      path: '/v1/customers',
      body: { connection, type: 'person', firstName: 'Ada', lastName: `Fuzz ${token}`, email: DETAILS.email },
    }),
  },
  {
    name: 'updateCustomer',
    effect: 'write',
    prepare: async (world, token) => {
      const { id } = await newCustomer(world, token, { email: 'old@fuzz.example' })
      const body = { ...DETAILS, terms: { id: world.erp.seed.otherTerms.id }, status: 'inactive' }
      return { method: 'PATCH', path: `/v1/customers/${id}`, body }
    },
  },
  {
    name: 'updateCustomer addresses',
    effect: 'write',
    prepare: async (world, token) => {
      const { id } = await newCustomer(world, token, { addresses: [{ ...STREET, isDefaultBilling: true }] })
      const body = { addresses: [{ ...STREET, line1: '9 Mill Lane', isDefaultBilling: true, isDefaultShipping: true }] }
      return { method: 'PATCH', path: `/v1/customers/${id}`, body }
    },
  },
  {
    name: 'deleteCustomer',
    effect: 'write',
    prepare: async (world, token) => {
      const { id } = await newCustomer(world, token)
      return { method: 'DELETE', path: `/v1/customers/${id}` }
    },
  },
  {
    name: 'upsertCustomer new',
    effect: 'write',
    prepare: async (world, token) => ({
      method: 'PUT',
      path: byExternalId(world, token),
      body: { name: `Fuzz ${token}`, ...DETAILS },
    }),
  },
  {
    name: 'upsertCustomer there',
    effect: 'write',
    prepare: async (world, token) => {
      const path = byExternalId(world, token)
      await called(world, 'PUT', path, { name: `Fuzz ${token}` })
      return { method: 'PUT', path, body: { name: `Fuzz ${token}`, ...DETAILS } }
    },
  },
  {
    name: 'createAddress',
    effect: 'write',
    prepare: async (world, token) => {
      const { id } = await newCustomer(world, token, { addresses: [{ ...STREET, isDefaultBilling: true }] })
      const body = { ...STREET, line1: '2 Hill Road', isDefaultShipping: true }
      return { method: 'POST', path: `/v1/customers/${id}/addresses`, body }
    },
  },
  {
    name: 'deleteAddress',
    effect: 'write',
    prepare: async (world, token) => {
      const addresses = [
        { ...STREET, isDefaultBilling: true },
        { ...STREET, line1: '2 Hill Road', isDefaultShipping: true },
      ]
      const customer = await newCustomer(world, token, { addresses })
      const { id } = customer.addresses.find((one: { line1: string }) => one.line1 === '2 Hill Road')
      return { method: 'DELETE', path: `/v1/customers/${customer.id}/addresses/${id}` }
    },
  },
  {
    name: 'replaceCustomerEmailTemplates',
    effect: 'write',
    only: 'intacct',
    prepare: async (world, token) => {
      const { id } = await newCustomer(world, token)
      const path = `/v1/customers/${id}/email-templates`
      const { data } = await called(world, 'PUT', path, { data: [{ template: 'ARInvEmailTemplate' }] })
      const body = {
        data: [
          { id: data[0].id, template: 'ARStmtEmailTemplate' },
          { template: 'SOInvEmailTemplate', documentType: 'Sales Invoice' },
        ],
      }
      return { method: 'PUT', path, body }
    },
  },
]
