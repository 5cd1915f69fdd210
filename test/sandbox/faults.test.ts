/** Every kind of fault that people can order from a sandbox, over raw HTTP: what arrives, and what the books say. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FaultWorld, startIntacctWorld, startNetSuiteWorld } from './fault-world.ts'

const starts = { netsuite: startNetSuiteWorld, intacct: startIntacctWorld }

describe.each(['netsuite', 'intacct'] as const)('%s', (name) => {
  let world: FaultWorld
  const set = (fault: object, match: object = {}, more: object = {}) =>
    world.control('POST', 'faults', { rules: [{ match: { effect: 'write', ...match }, fault }], ...more })
  const outcome = async () => {
    const before = world.made()
    const answer = await world.create()
    return { ...answer, made: world.made() - before }
  }

  beforeAll(async () => {
    world = await starts[name]()
  })
  beforeEach(() => world.control('DELETE', 'faults'))
  afterAll(() => world.close())

  it.each([
    ['dropBeforeCommit', 0],
    ['dropAfterCommit', 1],
    ['resetMidAnswer', 1],
  ])('%s: no whole answer, %i in the books', async (kind, made) => {
    await set({ kind })
    expect(await outcome()).toMatchObject({ status: 0, failed: expect.any(String), made })
  })

  it.each([
    ['truncated', 1],
    ['garbled', 1],
  ])('%s: a document that nobody can read, %i in the books', async (kind, made) => {
    await set({ kind })
    const answer = await outcome()
    expect(answer).toMatchObject({ status: 200, made })
    expect(world.isWhole(answer.text)).toBe(false)
    await set({ kind }, { effect: 'read' })
    const read = await world.read()
    expect([read.status, world.isWhole(read.text)]).toEqual([200, false])
  })

  it('429: in the words of the vendor, nothing in the books', async () => {
    await set({ kind: '429' })
    const answer = await outcome()
    expect(answer).toMatchObject({ status: 429, made: 0 })
    expect(answer.text).toContain(name === 'netsuite' ? 'CONCURRENCY_LIMIT_EXCEEDED' : '<errorno>GW-0010</errorno>')
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ])('500 and the 502 of a web server, %s the commit', async (when, made) => {
    await set({ kind: '500', when })
    expect(await outcome()).toMatchObject({ status: 500, made })
    await set({ kind: '502html', when })
    expect(await outcome()).toMatchObject({ status: 502, type: expect.stringContaining('text/html'), made })
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ])('what nobody knows, %s the commit', async (when, made) => {
    await set({ kind: 'unknownError', when })
    const answer = await outcome()
    expect(answer).toMatchObject({ status: 500, made })
    expect(answer.text).toContain(name === 'netsuite' ? 'NOBODY_KNOWS_THIS' : '<errorno>GW-9999</errorno>')
    await set({ kind: '403html', when })
    expect(await outcome()).toMatchObject({ status: 403, type: expect.stringContaining('text/html'), made })
  })

  it('the status of a conflict beside what was done', async () => {
    await set({ kind: 'otherStatus' })
    expect(await outcome()).toMatchObject({ status: 409, made: 1 })
  })

  it('delay: before the commit the books wait, after it only the caller does; and it keeps its place in the limit', async () => {
    await set({ kind: 'delay', ms: 900_000, when: 'before' }, { times: 1 })
    const before = world.made()
    const waiting = world.create()
    await world.met()
    expect(world.made() - before).toBe(0)
    await set({ kind: 'delay', ms: 900_000, when: 'after' }, { times: 1 })
    const late = world.create()
    await expect.poll(() => world.made() - before).toBe(1)
    expect((await world.create()).status).toBe(429)
    await world.restart()
    expect([(await waiting).failed ?? '', (await late).failed ?? '']).toEqual(['', ''])
  })

  it('expiredSession: the session has ended, and the next request with it hears so too', async () => {
    await world.login()
    await set({ kind: 'expiredSession' }, { times: 1 })
    const [first, second] = [await outcome(), await outcome()]
    expect([first.made, second.made, world.saysExpired(first), world.saysExpired(second)]).toEqual([0, 0, true, true])
    await world.login()
    expect((await outcome()).made).toBe(1)
  })

  it('slowTrickle: the whole answer, in many small pieces', async () => {
    await set({ kind: 'slowTrickle', ms: 32 }, { effect: 'read' })
    const read = await world.read()
    expect([read.status, world.isWhole(read.text)]).toEqual([200, true])
    expect(read.pieces).toBeGreaterThan(3)
  })

  it('refuseConnections: nobody listens, and then somebody does again', async () => {
    await set({ kind: 'refuseConnections', ms: 300 }, { times: 1 })
    expect(await outcome()).toMatchObject({ status: 0, made: 0 })
    expect((await world.create()).failed).toContain('ECONNREFUSED')
    await expect.poll(async () => (await world.read()).status).toBe(200)
    expect((await outcome()).made).toBe(1)
  })

  it('reads, writes and logins are told apart; `every`, `times`, `path` and `body` choose among them', async () => {
    await set({ kind: '500' }, { every: 3, times: 2 })
    const statuses: number[] = []
    for (let call = 0; call < 10; call++) statuses.push((await outcome()).status)
    expect(statuses.map((status) => status === 500)).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 0, 0].map(Boolean))
    expect((await world.read()).status).toBe(200)
    await set({ kind: '500' }, { body: 'no such words' })
    expect((await outcome()).made).toBe(1)
    await set({ kind: '500' }, { path: 'no/such/path' })
    expect((await outcome()).made).toBe(1)
    await set({ kind: '500' }, { effect: 'login' })
    expect((await outcome()).made).toBe(1)
    await expect(world.login()).rejects.toThrow('500')
    await set({ kind: '500' }, { effect: 'any' })
    expect([(await world.read()).status, (await outcome()).status]).toEqual([500, 500])
    await world.login()
  })

  it('the same seed and the same requests give the same faults, another seed gives others', async () => {
    const run = async (seed: number) => {
      await set({ kind: '500' }, { probability: 0.5 }, { seed })
      const statuses: number[] = []
      for (let call = 0; call < 24; call++) statuses.push((await world.create()).status)
      return statuses.map((status) => (status === 500 ? 'x' : '.')).join('')
    }
    const first = await run(7)
    expect(first).toMatch(/x.*\./)
    expect(await run(7)).toBe(first)
    expect(await run(8)).not.toBe(first)
  })

  it('GET shows the rules and what they met, DELETE takes them away, and what is misspelt is refused', async () => {
    await set({ kind: 'delay', ms: 0 }, { times: 5 }, { seed: 42 })
    await outcome()
    const shown = await world.control('GET', 'faults')
    expect(shown.body).toMatchObject({ seed: 42, rules: [{ fault: { kind: 'delay', ms: 0 }, seen: 1, met: 1 }] })
    expect(world.logged().at(-1)).toMatchObject({ fault: 'delay' })
    expect((await world.control('DELETE', 'faults')).body).toMatchObject({ rules: [] })
    for (const wrong of [
      {},
      { rules: [{ fault: { kind: 'earthquake' } }] },
      { rules: [{ fault: { kind: '500', ms: 5 } }] },
      { rules: [{ fault: { kind: '500' }, match: { effekt: 'read' } }] },
      { rules: [{ fault: { kind: '500' }, match: { probability: 2 } }] },
      { rules: [], seed: -1 },
      { rules: [], sead: 1 },
    ]) {
      expect((await world.control('POST', 'faults', wrong)).status, JSON.stringify(wrong)).toBe(400)
    }
  })

  it('invoices and credit memos can be put straight into the books', async () => {
    const { customer } = world
    const made = await world.control('POST', 'documents', { kind: 'invoice', customer, total: '12.50' })
    expect(made.status).toBe(201)
    const books = (await world.control('GET', `books?customer=${customer}`)).body
    expect(books.documents).toContainEqual(expect.objectContaining({ id: made.body.id, total: '12.5', open: '12.5' }))
    for (const [status, wrong] of [
      [404, { customer: 'nobody', total: '1' }],
      [400, { customer, total: '-1' }],
      [400, { customer, total: 1 }],
      [400, { customer, total: '1', kind: 'payment' }],
    ] as const)
      expect((await world.control('POST', 'documents', wrong)).status).toBe(status)
  })
})
