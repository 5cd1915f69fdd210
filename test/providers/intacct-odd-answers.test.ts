/** Single values of true answers that are gone, nested or other words: each costs itself, and a warning names it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Connection } from '../../src/providers/provider.ts'
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts'
import { intacctWorld, once, refusal } from './intacct-world.ts'

const world = intacctWorld({ customers: 3 })
let proxy: FaultProxy
let connection: Connection
beforeAll(async () => {
  proxy = await startFaultProxy(new URL(world.sandbox.url).origin)
})
afterEach(() => proxy.mend())
afterAll(() => proxy.close())

/** A connection of its own, so that nothing is remembered; answers to what contains `asked` are changed. */
function changing(asked: string, changes: readonly (readonly [RegExp | string, string])[]): Connection {
  const change = (body: string) => changes.reduce((text, [from, to]) => text.replace(from, to), body)
  proxy.fail(({ body }) => body.includes(asked), {
    kind: 'change',
    change: (answer) => ({ ...answer, body: change(answer.body) }),
  })
  const { pathname } = new URL(world.sandbox.url)
  connection = world.connect({ endpoint: `${proxy.url}${pathname}` })()
  return connection
}

describe('reference data', () => {
  const list = () => connection.listReferenceData?.('terms') ?? []
  it('is not offered where the word for it is none, and read again', async () => {
    changing('<object>ARTERM</object>', [['<STATUS>active</STATUS>', '<STATUS>perhaps</STATUS>']])
    expect((await list()).map(({ active }) => active)).toContain(null)
    expect((await list()).map(({ active }) => active)).not.toContain(null)
  })
  it('is no id where there is none, and is looked up again', async () => {
    changing('<object>EMPLOYEE</object>', [[/<EMPLOYEEID>[^<]*<\/EMPLOYEEID>/, '']])
    const create = () =>
      connection.createCustomer({ name: 'New', salesRep: { name: 'Sales desk one' } }, once(connection))
    expect(await refusal(create())).toMatchObject({ code: 'provider_garbled' })
    expect((await create()).record.salesRep).toMatchObject({ name: 'Sales desk one' })
  })
})

describe('a customer', () => {
  it('shows its e-mail templates without the one that has no name, and says so', async () => {
    const emailTemplates = new Set(['emailTemplates'])
    const whole = (await world.connection.getCustomer('ACME', { fields: emailTemplates })).record.emailTemplates ?? []
    changing('<read>', [[/<EMAILTEMPLATENAME>[^<]*<\/EMAILTEMPLATENAME>/, '<EMAILTEMPLATENAME/>']])
    const { record, warnings } = await connection.getCustomer('ACME', { fields: emailTemplates })
    expect(record.emailTemplates).toEqual(whole.slice(1))
    expect(warnings).toMatchObject([{ pointer: '/emailTemplates/0', code: 'garbled' }])
  })
  it('has no name where its name is no text', async () => {
    changing('<readByName>', [[/<NAME>[^<]*<\/NAME>/, '<NAME><VALUE>x</VALUE></NAME>']])
    const { record, warnings } = await connection.getCustomer('ACME', { fields: new Set(['name']) })
    expect(record).toMatchObject({ name: null })
    expect(warnings).toMatchObject([{ pointer: '/name', code: 'garbled' }])
  })
})
