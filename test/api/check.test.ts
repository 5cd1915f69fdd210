/** `check` proves the configuration: the login is used, and every default is looked for; what is wrong is told by its path. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

interface Step {
  name: string
  ok: boolean
  detail?: string
}
const restlet = (url: string, script: string) => `${url}/app/site/hosting/restlet.nl?script=${script}&deploy=1`
const wrongNetSuite = {
  arAccountId: '10',
  depositAccountId: '119',
  subsidiaryId: '777',
  currency: 'XTS',
  paymentMethods: { check: '2', ach: '777' },
}
const wrongIntacct = {
  bankAccountId: 'NOBANK',
  undepositedAccountNo: '9999',
  advanceAccountNo: '9998',
  locationId: 'NOWHERE',
  currency: 'XTS',
  externalIdField: 'NO_SUCH_FIELD',
}

describe.each(['2026.1', 'single'] as const)('check (NetSuite: %s)', (profile) => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({
      customers: 5,
      profile,
      more: {
        'ns-wrong': { like: 'netsuite', settings: { defaults: wrongNetSuite } },
        'in-wrong': { like: 'intacct', settings: { defaults: wrongIntacct } },
        'ns-token': {
          like: 'netsuite',
          settings: { auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' } },
        },
      },
    })
  })
  afterAll(() => gateway.close())

  async function check(connection: string): Promise<Record<string, Step>> {
    const { status, body } = await gateway.request('POST', `/v1/connections/${connection}/check`, { as: OPERATOR_KEY })
    expect(status).toBe(200)
    expect(body.ok).toBe(body.steps.every((step: Step) => step.ok))
    return Object.fromEntries(body.steps.map((step: Step) => [step.name, step]))
  }

  it.each(['netsuite', 'intacct'] as const)('of %s tries every default, and writes nothing', async (name) => {
    const { proxy, isWrite } = gateway.erps[name]
    proxy.forget()
    const steps = await check(name)
    expect(Object.values(steps).filter(({ ok }) => !ok)).toEqual([])
    const expected = {
      netsuite: {
        'defaults.arAccountId': /Accounts Receivable \(AcctRec\)/,
        'defaults.depositAccountId': /Operating Bank \(Bank\)/,
        'defaults.paymentMethods.check': /./,
        'defaults.subsidiaryId': profile === 'single' ? /no subsidiaries/ : /./,
      },
      intacct: { 'defaults.bankAccountId': /./, 'defaults.advanceAccountNo': /./, 'defaults.locationId': /./ },
    }[name]
    for (const [step, detail] of Object.entries(expected)) expect(steps[step]?.detail).toMatch(detail)
    for (const kind of ['authenticate', 'customers', 'payments', 'invoices', 'metadata'])
      expect(steps).toHaveProperty(kind)
    expect(proxy.exchanges.filter(isWrite)).toEqual([])
  })
  it('names every default of NetSuite that is not there or does not fit', async () => {
    const steps = await check('ns-wrong')
    const wrong = Object.values(steps).filter(({ ok }) => !ok)
    expect(wrong.map(({ name }) => name)).toEqual([
      'defaults.arAccountId',
      'defaults.depositAccountId',
      ...(profile === 'single' ? [] : ['defaults.subsidiaryId']),
      'defaults.currency',
      'defaults.paymentMethods.ach',
    ])
    for (const { name, detail } of wrong) expect(detail).toContain(`${name}: `)
    expect(steps['defaults.arAccountId']?.detail).toContain('Operating Bank (Bank) is no account of the type AcctRec')
    expect(steps['defaults.paymentMethods.check']).toMatchObject({ ok: true })
  })
  it('names every default of Intacct that is not there', async () => {
    const wrong = Object.values(await check('in-wrong')).filter(({ ok }) => !ok)
    expect(wrong.map(({ name }) => name)).toEqual(Object.keys(wrongIntacct).map((setting) => `defaults.${setting}`))
    for (const { name, detail } of wrong) expect(detail).toContain(`${name}: `)
  })
  it('uses a token login, and ends where it is refused', async () => {
    const steps = Object.values(await check('ns-token'))
    expect(steps).toMatchObject([{ name: 'authenticate', ok: false }])
    expect(steps[0]?.detail).toContain('Invalid login attempt')
  })
})

describe('the script that voids', () => {
  let gateway: TestGateway
  let own: TestGateway
  beforeAll(async () => {
    own = await startGateway({ customers: 5 })
    const { url } = own.sandboxes.netsuite
    const settings = { ...own.sandboxes.connections['netsuite'] }
    gateway = await startGateway({
      customers: 5,
      more: {
        there: { like: 'netsuite', settings: { ...settings, void: { restlet: restlet(url, '5') } } },
        gone: { like: 'netsuite', settings: { ...settings, void: { restlet: restlet(url, '6') } } },
      },
    })
  })
  afterAll(() => Promise.all([gateway.close(), own.close()]))

  it('is asked for without voiding', async () => {
    const stepOf = async (name: string): Promise<Step> => {
      const { body } = await gateway.request('POST', `/v1/connections/${name}/check`, { as: OPERATOR_KEY })
      return body.steps.find((step: Step) => step.name === 'void.restlet')
    }
    expect(await stepOf('there')).toMatchObject({ ok: true })
    expect(await stepOf('gone')).toMatchObject({ ok: false, detail: expect.stringContaining('void.restlet: ') })
  })
})
