/** The Sage Intacct provider against the sandbox: sessions and the live check. */
import { describe, expect, it } from 'vitest'
import { intacctWorld, once, refusal } from './intacct-world.ts'

const world = intacctWorld()

describe('sessions', () => {
  const logins = () => world.sandbox.requests.filter((request) => request.body.includes('<getAPISession')).length

  it('logs in once for many calls at the same time', async () => {
    const open = world.connect()
    const before = logins()
    await Promise.all(Array.from({ length: 5 }, () => open().getCustomer('ACME')))
    expect(logins() - before).toBe(1)
  })

  it('logs in again once when the session is gone', async () => {
    const open = world.connect()
    await open().getCustomer('ACME')
    world.sandbox.reset()
    const before = logins()
    await Promise.all([open().getCustomer('ACME'), open().updateCustomer('ACME', { phone: '2' }, once(open()))])
    expect(logins() - before).toBe(1)
  })

  it.each([['userPassword'], ['senderPassword']])('stops at a wrong %s', async (setting) => {
    const before = world.sandbox.requests.length
    const error = await refusal(
      world
        .connect({ [setting]: 'wrong' })()
        .getCustomer('ACME'),
    )
    expect(error.code).toBe('provider_refused')
    expect(world.sandbox.requests.length - before).toBe(1)
  })

  it('checks a connection step by step', async () => {
    const steps = world.connection.check()
    expect(steps.map(({ name }) => name)).toEqual([
      ...['authenticate', 'customers', 'payments', 'invoices', 'emailTemplates', 'metadata', 'dateFormat', 'timeZone'],
      ...['bankAccountId', 'undepositedAccountNo', 'advanceAccountNo', 'locationId'].map((name) => `defaults.${name}`),
    ])
    const details: (string | undefined)[] = []
    for (const step of steps) details.push(await step.run())
    expect(details[1]).toBe('252 CUSTOMER')
  })
})
