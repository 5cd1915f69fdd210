/** What is promised about the e-mail templates of customers, where the ERP has them. */
import { expect } from 'vitest'
import type { Area, World } from './promises.ts'
import { newCustomer, problem, read } from './world.ts'

/** A template that is there after every reset. */
const TEMPLATE = 'ARInvEmailTemplate'
const OTHER = 'ARStmtEmailTemplate'

const put = ({ request }: World, customerId: string, data: object[]) =>
  request('PUT', `/v1/customers/${customerId}/email-templates`, { body: { data } })

export const emailTemplates: Area = (promise) => {
  promise(
    'adds and changes the e-mail templates of a customer, and keeps their ids',
    ['replaceCustomerEmailTemplates', 'listCustomerEmailTemplates', 'getEmailTemplate'],
    async (world) => {
      const { id } = await newCustomer(world)
      expect(await read(world, `/v1/customers/${id}/email-templates`)).toEqual({ object: 'list', data: [] })
      const added = await put(world, id, [{ template: TEMPLATE }])
      expect(added.status).toBe(200)
      expect(added.body.data).toMatchObject([{ object: 'email-template', customer: { id }, template: TEMPLATE }])
      const [one] = added.body.data
      expect(await read(world, `/v1/email-templates/${one.id}`)).toEqual(one)
      const changed = await put(world, id, [{ id: one.id, template: OTHER }])
      expect(changed.body.data).toEqual([{ ...one, template: OTHER }])
      expect(await read(world, `/v1/customers/${id}/email-templates`)).toEqual(changed.body)
      expect((await read(world, `/v1/customers/${id}`)).emailTemplates).toEqual([
        { id: one.id, template: OTHER, documentType: one.documentType },
      ])
    },
  )
  promise('never takes an e-mail template away silently', ['replaceCustomerEmailTemplates'], async (world) => {
    const { id } = await newCustomer(world)
    const { body } = await put(world, id, [{ template: TEMPLATE }])
    const { errors, applied } = problem(await put(world, id, []), 422, 'field_not_supported')
    expect({ errors, applied }).toMatchObject({ errors: [{ pointer: '/data' }], applied: 'no' })
    expect(await read(world, `/v1/customers/${id}/email-templates`)).toEqual(body)
  })
  promise('finds e-mail templates by customer and by name', ['listEmailTemplates'], async (world) => {
    const { id } = await newCustomer(world)
    await put(world, id, [{ template: TEMPLATE }, { template: OTHER }])
    const names = async (query: string) =>
      (await read(world, `/v1/email-templates?${query}`)).data.map((one: { template: string }) => one.template)
    expect((await names(`customerId=${id}`)).toSorted()).toEqual([TEMPLATE, OTHER])
    expect(await names(`customerId=${id}&template=${OTHER}`)).toEqual([OTHER])
    expect(await names(`customerId=${id}&sort=-template&limit=1`)).toEqual([OTHER])
  })
}
