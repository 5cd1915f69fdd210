/** What is promised about logins: renewed when they end, given up when they are wrong. */
import { expect } from 'vitest'
import { OPERATOR_KEY } from '../support/gateway.ts'
import { creating, inTheBooks, sent } from './failures.ts'
import type { Area } from './promises.ts'
import { newName, problem } from './world.ts'

export const logins: Area = (promise) => {
  promise(
    'logs in again when its login has ended, and does what was asked once',
    ['getCustomer', 'createCustomer'],
    async (world) => {
      world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: world.erp.says.loginEnded })
      expect((await world.request('GET', `/v1/customers/${world.erp.seed.customer}`)).status).toBe(200)
      expect(sent(world, world.erp.isLogin)).toBe(1)
      world.erp.proxy.fail(world.erp.isWrite, { kind: 'answer', answer: world.erp.says.loginEnded })
      const { name, answer } = creating(world)
      expect((await answer).status).toBe(201)
      expect(inTheBooks(world, name)).toBe(1)
    },
  )
  promise(
    'says provider_refused when the login is wrong, and does not try for ever',
    ['getCustomer', 'createCustomer'],
    async (world) => {
      const name = `${world.connection}-locked-out`
      const got = await world.request(
        'GET',
        world.erp.seed.customer.replace(/^cus_[a-z]+_/, `/v1/customers/cus_${name}_`),
        { as: OPERATOR_KEY },
      )
      problem(got, 502, 'provider_refused')
      const made = await world.request('POST', '/v1/customers', {
        body: { connection: name, name: newName() },
        as: OPERATOR_KEY,
      })
      expect(problem(made, 502, 'provider_refused')).toMatchObject({ applied: 'no', retryable: false })
      expect(world.erp.proxy.exchanges.length).toBeLessThan(8)
      expect(made.text).not.toContain('wrong')
      const check = await world.request('POST', `/v1/connections/${name}/check`, { as: OPERATOR_KEY })
      expect(check.body).toMatchObject({ ok: false })
      expect(check.body.steps.at(-1)).toMatchObject({ ok: false })
    },
  )
  promise('proves a connection step by step', ['getCustomer'], async (world) => {
    const check = await world.request('POST', `/v1/connections/${world.connection}/check`)
    expect(check.body).toMatchObject({ ok: true })
    expect(check.body.steps.map((step: { name: string }) => step.name)).toEqual(
      expect.arrayContaining(['authenticate', 'customers', 'payments', 'invoices', 'metadata']),
    )
  })
  promise('proves every default of its settings, and writes nothing', ['getCustomer'], async (world) => {
    world.erp.proxy.forget()
    const check = await world.request('POST', `/v1/connections/${world.connection}/check`)
    const defaults = check.body.steps.filter(({ name }: { name: string }) => name.startsWith('defaults.'))
    expect(defaults.length).toBeGreaterThan(2)
    for (const step of defaults) expect(step).toMatchObject({ ok: true, detail: expect.any(String) })
    expect(world.erp.proxy.exchanges.filter(world.erp.isWrite)).toEqual([])
  })
}
