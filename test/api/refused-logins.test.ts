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
    late = 50_000
    const second = await read()
    expect(second.body).toMatchObject({ status: 502, code: 'provider_refused' })
    expect(Number(second.headers.get('retry-after'))).toBeLessThanOrEqual(10)
    expect(erp().proxy.exchanges).toEqual([])
    late = 61_000
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
