/** A gateway for the tests of passthrough, and short ways through it. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import { faultsOf } from '../support/component.ts'
import { type Answer, startGateway, type TestGateway } from '../support/gateway.ts'

// biome-ignore lint/suspicious/noExplicitAny: native answers are looked into freely and checked where they are used
export type Body = any

/** One gateway for the file that asks. */
export function passthroughWorld() {
  const world = {} as { gateway: TestGateway }
  beforeAll(async () => {
    world.gateway = await startGateway({
      customers: 30,
      ownBodies: true,
      more: { 'intacct-locked-out': { like: 'intacct', settings: { userPassword: 'wrong' } } },
    })
  })
  afterAll(() => world.gateway.close())
  beforeEach(() => {
    world.gateway.erps.netsuite.proxy.forget()
    world.gateway.erps.intacct.proxy.forget()
  })

  const post = (connection: string, body: unknown, options: { key?: string; as?: string } = {}): Promise<Answer> =>
    world.gateway.request('POST', `/v1/connections/${connection}/passthrough`, { body, ...options })
  const answered = (answer: Answer): Body => {
    expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status: 200, detail: undefined })
    expect(faultsOf('Passthrough', answer.body)).toEqual([])
    return answer.body
  }
  /** Intacct's `{status, data, errors}`, or text; the call itself has to be answered with 200. */
  const call = async (name: string, body?: unknown): Promise<Body> => {
    const answer = answered(await post('intacct', { function: name, ...(body !== undefined && { body }) }))
    expect(answer.status).toBe(200)
    return answer.body
  }
  /** The data of a function that worked. */
  const data = async (name: string, body?: unknown): Promise<Body> => {
    const answer = await call(name, body)
    expect(answer).toMatchObject({ status: 'success', errors: [] })
    return answer.data
  }
  /** NetSuite's `{status, headers, body}`. */
  const native = async (request: object): Promise<Body> => answered(await post('netsuite', request))
  return { world, post, call, data, native }
}
