/** What is promised when something breaks between the gateway and the ERP. The faults are made by the proxy, at one place each. */
import { expect } from 'vitest'
import { HTML_200, HTML_502 } from '../support/erps.ts'
import type { Exchange } from '../support/fault-proxy.ts'
import type { Area, World } from './promises.ts'
import { newCustomer, newName, problem } from './world.ts'

const ALWAYS = 1000

/** A write of a new customer, without a key: nothing but the answer itself can tell what happened. */
export const creating = (world: World, { keyed = false } = {}) => {
  const name = newName('Fault')
  const body = { connection: world.connection, name }
  const key = keyed ? { key: `key-${name}`.replace(/[^!-~]/g, '-') } : {}
  return { name, answer: world.request('POST', '/v1/customers', { body, ...key }) }
}
export const sent = (world: World, match: (exchange: Exchange) => boolean): number =>
  world.erp.proxy.exchanges.filter(match).length
/** How often the books hold it: what really happened. */
export const inTheBooks = ({ erp }: World, name: string): number =>
  erp.books.customers().filter((one) => JSON.stringify(one.details).includes(JSON.stringify(name).slice(1, -1))).length

export const failures: Area = (promise) => {
  reads(promise)
  writes(promise)
}

const reads: Area = (promise) => {
  const reading = (world: World) => world.request('GET', `/v1/customers/${world.erp.seed.customer}`)
  promise('repeats a read whose answer was lost', ['getCustomer'], async (world) => {
    // What the first reading of a record has to learn is not asked again.
    await reading(world)
    for (const kind of ['drop-before', 'drop-after', 'reset-in-the-middle'] as const) {
      world.erp.proxy.forget()
      world.erp.proxy.fail(world.erp.isRead, { kind })
      const answer = await reading(world)
      expect({ kind, status: answer.status, sent: sent(world, world.erp.isRead) }).toEqual({
        kind,
        status: 200,
        sent: 2,
      })
    }
  })
  promise('repeats a read that met a broken edge server', ['getCustomer'], async (world) => {
    world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: HTML_502 })
    expect((await reading(world)).status).toBe(200)
    expect(sent(world, world.erp.isRead)).toBe(2)
  })
  promise('says provider_failed when the edge server stays broken', ['getCustomer', 'listCustomers'], async (world) => {
    const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: HTML_502 }, ALWAYS)
    const answer = await reading(world)
    fault.disarm()
    const body = problem(answer, 502, 'provider_failed')
    expect(body).toMatchObject({ retryable: true, connection: world.connection, upstream: { status: 502 } })
    expect(JSON.stringify(body)).not.toContain('<html')
    expect(fault.met()).toBe(3)
  })
  promise(
    'answers provider_garbled to half a document',
    ['getCustomer', 'listCustomers', 'listPayments'],
    async (world) => {
      for (const path of [
        `/v1/customers/${world.erp.seed.customer}`,
        `/v1/customers?connection=${world.connection}`,
        `/v1/payments?connection=${world.connection}`,
      ]) {
        const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'garble' }, ALWAYS)
        problem(await world.request('GET', path), 502, 'provider_garbled')
        fault.disarm()
      }
    },
  )
  promise('answers provider_garbled to a web page that calls itself a success', ['getCustomer'], async (world) => {
    const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: HTML_200 }, ALWAYS)
    problem(await reading(world), 502, 'provider_garbled')
    fault.disarm()
  })
  promise('waits and repeats when the ERP limits requests', ['getCustomer'], async (world) => {
    world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: world.erp.says.tooMany })
    expect((await reading(world)).status).toBe(200)
  })
  promise('says rate_limited, and when to come back, when the ERP goes on limiting', ['getCustomer'], async (world) => {
    const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: world.erp.says.tooMany }, ALWAYS)
    const answer = await reading(world)
    fault.disarm()
    problem(answer, 429, 'rate_limited')
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })
  promise('says provider_unavailable when no connection can be made', ['getCustomer'], async (world) => {
    await world.erp.proxy.refuse()
    const answer = await reading(world)
    await world.erp.proxy.accept()
    expect(problem(answer, 503, 'provider_unavailable')).toMatchObject({ applied: 'no', retryable: true })
    expect((await reading(world)).status).toBe(200)
  })
  promise('stops waiting at the deadline that the caller sets', ['getCustomer'], async (world) => {
    let release: () => void = () => {}
    const until = new Promise<void>((resolve) => {
      release = resolve
    })
    const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'hold', until }, ALWAYS)
    const answer = await world.request('GET', `/v1/customers/${world.erp.seed.customer}`, {
      headers: { prefer: 'wait=1' },
    })
    fault.disarm()
    release()
    problem(answer, 504, 'provider_timeout')
  })
  promise(
    'tells in a partial list which connection failed, and fails a list that is not partial',
    ['listCustomers'],
    async (world) => {
      const fault = world.erp.proxy.fail(world.erp.isRead, { kind: 'answer', answer: HTML_502 }, ALWAYS)
      const partial = await world.request('GET', '/v1/customers?partial=true&limit=5')
      const whole = await world.request('GET', '/v1/customers?limit=5')
      fault.disarm()
      expect(partial.status).toBe(200)
      expect(partial.body.data.length).toBe(5)
      expect(partial.body.connections.find((one: { id: string }) => one.id === world.connection)).toMatchObject({
        status: 'error',
        problem: { code: 'provider_failed' },
      })
      expect(problem(whole, 502, 'provider_failed').connection).toBe(world.connection)
    },
  )
}

const writes: Area = (promise) => {
  promise('finds a write whose answer was lost, and never repeats it', ['createCustomer'], async (world) => {
    for (const kind of ['drop-after', 'reset-in-the-middle'] as const) {
      world.erp.proxy.forget()
      world.erp.proxy.fail(world.erp.isWrite, { kind })
      const { name, answer } = creating(world, { keyed: true })
      expect(await answer).toMatchObject({ status: 201, body: { name } })
      expect({ kind, sent: sent(world, world.erp.isWrite), made: inTheBooks(world, name) }).toEqual({
        kind,
        sent: 1,
        made: 1,
      })
    }
  })
  promise(
    'says that it does not know when the request itself may have been lost',
    ['createCustomer'],
    async (world) => {
      world.erp.proxy.fail(world.erp.isWrite, { kind: 'drop-before' })
      const { name, answer } = creating(world)
      expect(problem(await answer, 502, 'provider_failed')).toMatchObject({ applied: 'unknown' })
      expect({ sent: sent(world, world.erp.isWrite), made: inTheBooks(world, name) }).toEqual({ sent: 1, made: 0 })
    },
  )
  promise(
    'finds a write that was answered with a web page or half a document, and never repeats it',
    ['createCustomer'],
    async (world) => {
      for (const fault of [
        { kind: 'garble' },
        { kind: 'answer', answer: HTML_502, afterForwarding: true },
        { kind: 'answer', answer: HTML_200, afterForwarding: true },
      ] as const) {
        world.erp.proxy.forget()
        world.erp.proxy.fail(world.erp.isWrite, fault)
        const { name, answer } = creating(world, { keyed: true })
        expect({ fault, ...(await answer) }).toMatchObject({ fault, status: 201, body: { name } })
        expect({ sent: sent(world, world.erp.isWrite), made: inTheBooks(world, name) }).toEqual({ sent: 1, made: 1 })
      }
    },
  )
  promise('repeats a write that the ERP turned away before doing it', ['createCustomer'], async (world) => {
    world.erp.proxy.fail(world.erp.isWrite, { kind: 'answer', answer: world.erp.says.tooMany })
    const { name, answer } = creating(world)
    expect((await answer).status).toBe(201)
    expect({ sent: sent(world, world.erp.isWrite), made: inTheBooks(world, name) }).toEqual({ sent: 2, made: 1 })
  })
  promise('tells you the id when the write worked and the reading back did not', ['createCustomer'], async (world) => {
    let written = false
    const fault = world.erp.proxy.fail(
      (exchange) => {
        if (world.erp.isWrite(exchange)) written = true
        return written && world.erp.isRead(exchange)
      },
      { kind: 'answer', answer: HTML_502 },
      ALWAYS,
    )
    const { name, answer } = creating(world)
    const body = problem(await answer, 502, 'provider_failed')
    fault.disarm()
    expect(body.applied).toBe('yes')
    const got = await world.request('GET', `/v1/customers/${body.resource.id}`)
    expect(got.body).toMatchObject({ id: body.resource.id, name })
    expect(inTheBooks(world, name)).toBe(1)
  })
  promise("points at the caller's field when the ERP names its own", ['updateCustomer'], async (world) => {
    const { id } = await newCustomer(world)
    const answer = await world.request('PATCH', `/v1/customers/${id}`, { body: { email: 'no address' } })
    expect(answer.status).toBe(422)
    expect(answer.body).toMatchObject({
      applied: 'no',
      errors: [{ pointer: '/email' }],
      upstream: { provider: expect.any(String), message: expect.stringMatching(/./) },
    })
  })
}
