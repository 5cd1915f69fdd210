/**
 * A login that the ERP refuses is renewed once. Refused again it is load where other calls went well within the last minute;
 * otherwise it is believed, and the connection rests for a minute, because five bad logins lock a user.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Erp, ErpName } from '../support/erps.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
let late: number
beforeEach(async () => {
  late = 0
  gateway = await startGateway({ customers: 2, now: () => new Date(Date.now() + late) })
})
afterEach(() => gateway.close())

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  const erp = (): Erp => gateway.erps[connection]
  const read = () => gateway.request('GET', `/v1/customers/${erp().seed.customer}`)
  const told = async () => (await gateway.request('GET', `/v1/connections/${connection}`)).body
  const metrics = async () => (await fetch(`${gateway.url}/metrics`)).text()
  const refuse = (times: number) =>
    erp().proxy.fail(erp().isRead, { kind: 'answer', answer: erp().says.loginEnded }, times)
  const counts = () => [erp().isLogin, erp().isRead].map((match) => erp().proxy.exchanges.filter(match).length)

  it('logs in again once, and answers', async () => {
    refuse(1)
    expect((await read()).status).toBe(200)
    expect(counts()[0]).toBe(2)
  })

  it('believes the second refusal, and then asks nobody for a minute', async () => {
    const refusals = refuse(9)
    const first = await read()
    expect(first.status).toBe(502)
    expect(first.body).toMatchObject({ code: 'provider_refused', applied: 'no' })
    expect(refusals.met()).toBe(2)
    erp().proxy.mend()
    erp().proxy.forget()
    late = 5_000
    const second = await read()
    expect(second.body).toMatchObject({ status: 502, code: 'provider_refused' })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(50)
    expect(erp().proxy.exchanges).toEqual([])
    const { rest } = await told()
    expect(rest).toEqual({ since: expect.any(String), until: expect.any(String), reason: expect.stringMatching(/./) })
    expect(Date.parse(rest.until) - Date.parse(rest.since)).toBe(60_000)
    expect(await metrics()).toContain(`gateway_connection_resting{connection="${connection}"} 1`)
    late = 61_000
    expect((await read()).status).toBe(200)
    expect(await told()).toMatchObject({ rest: null, status: 'ok' })
    expect(await metrics()).toContain(`gateway_connection_resting{connection="${connection}"} 0`)
  })

  it('lets one read find out early whether it works again', async () => {
    refuse(9)
    await read()
    erp().proxy.mend()
    late = 11_000
    expect((await read()).status).toBe(200)
    expect(await told()).toMatchObject({ rest: null })
  })

  it('lets only one: refused again, it rests for a whole minute', async () => {
    refuse(99)
    await read()
    late = 11_000
    expect((await read()).body.code).toBe('provider_refused')
    erp().proxy.mend()
    erp().proxy.forget()
    for (const later of [22_000, 60_000, 70_000]) {
      late = later
      expect((await read()).status).toBe(502)
    }
    expect(erp().proxy.exchanges).toEqual([])
    late = 72_000
    expect((await read()).status).toBe(200)
  })

  it('takes it for load where another call went well', async () => {
    expect((await read()).status).toBe(200)
    const refusals = refuse(9)
    late = 50_000
    const refused = await read()
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ code: 'rate_limited', applied: 'no', retryable: true })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(refusals.met()).toBe(2)
    erp().proxy.mend()
    expect((await read()).status).toBe(200)
  })

  it('logs in once for calls at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, read))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect(counts()[0]).toBe(1)
  })
})
