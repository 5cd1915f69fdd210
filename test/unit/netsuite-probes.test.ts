/** What looking for a step finds, where NetSuite behaves in ways that a sandbox does not. */
import { describe, expect, it } from 'vitest'
import { reads } from '../../src/providers/netsuite/record-state.ts'
import type { Connection, StepContext, WriteOnce, WriteStep } from '../../src/providers/provider.ts'
import { exactNumber } from '../../src/wire/json.ts'
import {
  type Answer,
  CURRENCIES,
  line,
  NOTHING,
  plan,
  type Rule,
  record,
  refused,
  scripted,
} from './netsuite-scripted.ts'

const intentId = '0mh8k2f3q4abcdefghjkmnpqrs'
const PROMISED = Date.parse('2026-03-10T09:00:30Z')
const context = (index = 0, earlier: StepContext['earlier'] = [], resumed = false): StepContext => ({
  intentId,
  promisedAt: PROMISED,
  index,
  earlier,
  resumed,
})

/** The steps that an operation plans, as the store has them; nothing is sent. */
async function planned(work: (once: WriteOnce) => Promise<unknown>): Promise<WriteStep[]> {
  let text = '[]'
  const run = (steps: readonly WriteStep[]) => {
    text = JSON.stringify(steps)
    return Promise.reject(new Error('planned'))
  }
  await expect(work({ intentId, promisedAt: PROMISED, run })).rejects.toThrow('planned')
  return JSON.parse(text)
}
const probe = (rules: Rule[], step: WriteStep | undefined, at = context(), settings = {}) =>
  scripted([CURRENCIES, ...rules], settings).connection.steps?.probe(step as WriteStep, at)
const voiding = (connection: Connection) => (once: WriteOnce) =>
  connection.voidPayment?.('77', { memo: 'bounced' }, once) as Promise<unknown>

describe('a payment with an external id of its caller', () => {
  const withId = { ...plan({ '1': '90.00' }), input: { date: '2026-03-10', externalId: 'bank-1' } }
  const made = (more: Record<string, unknown>): Answer =>
    record([], { tranDate: '2026-03-10', createdDate: '2026-03-10T09:00:00Z', payment: 90, ...more })

  it('is refused before anything is sent when the id is taken', async () => {
    const { connection, writes } = scripted([CURRENCIES, ['GET', /eid:bank-1/, { id: '5', externalId: 'bank-1' }]])
    const once = { intentId, promisedAt: PROMISED, run: () => expect.unreachable('it should not be planned') }
    await expect(connection.createPayment(withId, once)).rejects.toMatchObject({
      code: 'conflict',
      applied: 'no',
      options: { errors: [{ pointer: '/externalId' }] },
    })
    expect(writes()).toEqual([])
  })

  it('can be ours only with its customer, amount, date and currency, and when it is younger than the promise', async () => {
    const { connection } = scripted([CURRENCIES, ['GET', /eid:/, NOTHING]])
    const [step] = await planned((once) => connection.createPayment(withId, once))
    const found = async (answer: Answer) => (await probe([['GET', /eid:bank-1$/, answer]], step))?.outcome
    expect(await found(NOTHING)).toBe('absent')
    // The time has no seconds: it is younger for all that can be told.
    expect(await found(made({}))).toBe('candidates')
    expect(await found(made({ payment: 90.0, customer: { id: '456', refName: 'Acme' } }))).toBe('candidates')
    for (const other of [
      { customer: { id: '457' } },
      { payment: 90.01 },
      { tranDate: '2026-03-11' },
      { currency: { id: '2' } },
      { createdDate: '2026-03-10T08:58:00Z' },
      { createdDate: undefined },
    ])
      expect([other, await found(made(other))]).toEqual([other, 'unclear'])
  })
})

describe('a void by refund', () => {
  const settings = { void: 'refund' }
  const steps = () =>
    planned(voiding(scripted([CURRENCIES, ['GET', /77/, record([line('1', 60), line('2', 30)])]], settings).connection))

  it('releases, refunds under a fence of its own, and knows how to give back', async () => {
    const [release, refund] = await steps()
    expect([release?.kind, refund?.kind, refund?.otherwise?.kind]).toEqual(['change', 'create', 'change'])
    const { connection, writes } = scripted([
      CURRENCIES,
      ['POST', /transform/, { status: 204 }],
      ['GET', /eid:/, { id: '88' }],
    ])
    // The answer does not say where: the fence finds it.
    expect(await connection.steps?.send(refund as WriteStep, context(1))).toEqual({ nativeId: '88' })
    expect(writes()[0]?.body).toEqual({ externalId: `gw_${intentId}_1`, tranDate: '2026-03-10', memo: 'bounced' })
  })

  it('looks for each of the two', async () => {
    const [release, refund] = await steps()
    const released = async (apply: unknown[]) => (await probe([['GET', /77/, record(apply)]], release))?.outcome
    expect(await released([])).toBe('done')
    // Another order, the same amounts in other words, open invoices beside them: as before.
    const open = line('3', 5, { apply: false })
    expect(await released([line('2', 30), open, line('1', 60)])).toBe('absent')
    expect(await released([line('1', 60)])).toBe('unclear')
    expect(await released([line('1', 60), line('2', 30.01)])).toBe('unclear')
    const refundedAs = (answer: Answer) =>
      probe([['GET', new RegExp(`customerRefund/eid:gw_${intentId}_1\\?`), answer]], refund, context(1))
    expect(await refundedAs(NOTHING)).toEqual({ outcome: 'absent' })
    expect(await refundedAs({ id: '88' })).toEqual({ outcome: 'done', result: { nativeId: '88' } })
  })

  it('needs one step where nothing is applied', async () => {
    const { connection } = scripted([CURRENCIES, ['GET', /77/, record([])]], settings)
    expect((await planned(voiding(connection))).map(({ kind, otherwise }) => [kind, otherwise])).toEqual([
      ['create', undefined],
    ])
  })
})

describe('a void by a script', () => {
  const settings = { void: { restlet: 'https://1.restlets.example/app/site/hosting/restlet.nl?script=5&deploy=1' } }
  it('is known by the payment alone', async () => {
    const [step] = await planned(voiding(scripted([CURRENCIES, ['GET', /77/, record([])]], settings).connection))
    expect(JSON.stringify(step)).not.toContain('restlets.example')
    const found = async (answer: Answer) => (await probe([['GET', /77/, answer]], step, context(), settings))?.outcome
    expect(await found(record([], { status: { id: 'V', refName: 'Voided' } }))).toBe('done')
    expect(await found(record([]))).toBe('absent')
    expect(await found(refused('Transaction type specified is incorrect.'))).toBe('unclear')
  })

  it('is in doubt when half an answer came: the script may have voided', async () => {
    const [step] = await planned(voiding(scripted([CURRENCIES, ['GET', /77/, record([])]], settings).connection))
    const { connection } = scripted(
      [CURRENCIES, ['POST', /restlet/, { status: 200, body: '{"reversalId":' }]],
      settings,
    )
    await expect(connection.steps?.send(step as WriteStep, context())).rejects.toMatchObject({
      code: 'provider_garbled',
      applied: 'unknown',
    })
  })
})

describe('lines that are patched once', () => {
  it('are no reason for doubt later: the payment is booked, and what it applies now is told', async () => {
    const { connection } = scripted([CURRENCIES])
    const [, settle] = await planned((once) => connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once))
    const found = (apply: unknown[]) => probe([['GET', /77/, record(apply)]], settle, context(1, [{ nativeId: '77' }]))
    expect(await found([line('2', 30), line('1', 60)])).toEqual({ outcome: 'done', result: { nativeId: '77' } })
    const missing = [{ pointer: '/applications/1/amount', code: 'not_applied' }]
    expect(await found([line('1', 60)])).toMatchObject({ outcome: 'done', result: { warnings: missing } })
  })

  it('are never patched by another process: whoever knows of the payment may have unapplied it since', async () => {
    const { connection } = scripted([CURRENCIES])
    const [, settle] = await planned((once) => connection.createPayment(plan({ '1': '60.00' }), once))
    const other = scripted([CURRENCIES, ['GET', /77/, record([])]])
    const resumed = context(1, [{ nativeId: '77' }], true)
    expect(await other.connection.steps?.send(settle as WriteStep, resumed)).toMatchObject({
      nativeId: '77',
      warnings: [{ code: 'not_applied' }],
    })
    expect(other.writes()).toEqual([])
  })

  it('are an end where somebody has deleted the payment since: it was written', async () => {
    const { connection } = scripted([CURRENCIES])
    const [, settle] = await planned((once) => connection.createPayment(plan({ '1': '60.00' }), once))
    const at = context(1, [{ nativeId: '77' }])
    const found = await probe([['GET', /77/, NOTHING]], settle, at)
    expect(found).toEqual({ outcome: 'done', result: { nativeId: '77' } })
  })

  it('tell what is still missing after they were patched', async () => {
    const { connection } = scripted([CURRENCIES])
    const [, settle] = await planned((once) => connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once))
    const other = scripted([CURRENCIES, ['GET', /77/, record([line('1', 60)])], ['PATCH', /77/, { status: 204 }]])
    expect(await other.connection.steps?.send(settle as WriteStep, context(1, [{ nativeId: '77' }]))).toMatchObject({
      nativeId: '77',
      warnings: [{ pointer: '/applications/1/amount', code: 'not_applied' }],
    })
    expect(other.writes().length).toBe(1)
  })
})

describe('a refusal that means that it is there', () => {
  it('is success under our own fence, and stays a refusal where the fence finds nothing', async () => {
    const { connection } = scripted([CURRENCIES])
    const [create] = await planned((once) => connection.createPayment(plan({ '1': '90.00' }), once))
    const sent = (answer: Answer) =>
      scripted([
        ['POST', /customerPayment$/, refused('This record already exists.')],
        ['GET', new RegExp(`eid:gw_${intentId}\\?`), answer],
      ]).connection.steps?.send(create as WriteStep, context())
    expect(await sent({ id: '77' })).toEqual({ nativeId: '77' })
    await expect(sent(NOTHING)).rejects.toMatchObject({ code: 'conflict', applied: 'no' })
    // Nobody could look: it may be there.
    await expect(sent({ status: 503, body: '' })).rejects.toMatchObject({ code: 'conflict', applied: 'unknown' })
  })
})

describe('values in several spellings', () => {
  const same: [actual: unknown, written: unknown][] = [
    [10, exactNumber('10.00')],
    ['12345678901234567.10', exactNumber('12345678901234567.1')],
    [{ links: [], id: '5', refName: 'Net 30' }, { id: '5' }],
    ['5', { id: '5' }],
    [{ id: 'T', refName: 'Yes' }, { id: 'T' }],
    [undefined, null],
    ['', null],
    [{ links: [] }, null],
    ['a\nb', 'a\r\nb'],
    ['2026-03-10T00:00:00Z', '2026-03-10'],
    ['T', true],
    [undefined, false],
    [{ items: [{ id: '1' }, { id: '2' }] }, [{ id: '1' }, { id: '2' }]],
    [{ deep: { name: 'x', links: [] }, other: 1 }, { deep: { name: 'x' } }],
  ]
  const different: [actual: unknown, written: unknown][] = [
    [10.01, exactNumber('10')],
    ['007', '7'],
    [{ id: '5' }, { id: '6' }],
    [{ id: '5' }, null],
    [undefined, 'x'],
    [undefined, exactNumber('0')],
    ['a', 'A'],
    [true, false],
    [{ items: [{ id: '1' }] }, [{ id: '1' }, { id: '2' }]],
  ]
  it.each(same)('%j reads as %j', (actual, written) => expect(reads(actual, written)).toBe(true))
  it.each(different)('%j does not read as %j', (actual, written) => expect(reads(actual, written)).toBe(false))
})
