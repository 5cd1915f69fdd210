/** An ERP that takes writes and does not answer them: their callers get 202, and everybody else goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newKey, startGateway, type TestGateway } from '../support/gateway.ts'
import { payer } from './payer.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 5, concurrency: 2 })
})
afterAll(() => gateway.close())

describe.each(['netsuite', 'intacct'] as const)('%s', (name) => {
  const { erp, pay, happened } = payer(() => gateway, name)
  it('reads are answered while more writes hang than there are slots, and the writes end well', async () => {
    const read = () =>
      gateway.request('GET', `/v1/customers/${erp().seed.customer}`, { headers: { prefer: 'wait=15' } })
    expect((await read()).status).toBe(200)
    let go: () => void = () => {}
    const until = new Promise<void>((resolve) => {
      go = resolve
    })
    erp().proxy.fail(erp().isWrite, { kind: 'hold', until }, 4)
    const keys = [1, 2, 3, 4].map(newKey)
    const applications: unknown[] = []
    for (const pair of [keys.slice(0, 2), keys.slice(2)]) {
      const answers = await Promise.all(pair.map((key) => pay(key, { applications }, { prefer: 'wait=4' })))
      expect(answers.map(({ status }) => status)).toEqual([202, 202])
    }
    expect(happened().writes).toBe(4)
    for (let count = 0; count < 4; count++) expect((await read()).status).toBe(200)
    go()
    const made = new Set<string>()
    for (const key of keys) {
      let answer = await pay(key, { applications })
      while (answer.status === 202 || answer.body?.code === 'operation_in_progress')
        answer = await pay(key, { applications })
      expect(answer.status).toBe(201)
      made.add(answer.body.id)
    }
    expect([happened().writes, made.size]).toEqual([4, 4])
  })
})
