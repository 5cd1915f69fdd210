/** What an account calls its fields: asked once, kept, asked again when it is old or wrong, and guessed only where it must be. */
import { describe, expect, it } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import { shapeOf } from '../../src/providers/netsuite/catalog.ts'
import type { AccountFacts } from '../../src/providers/provider.ts'
import {
  type Answer,
  CURRENCIES,
  created,
  once,
  plan,
  type Rule,
  record,
  refused,
  scripted,
} from './netsuite-scripted.ts'

const text = { type: 'string' }
const reference = { type: 'object', properties: { id: text, refName: text } }
const catalogOf = (type: string, names: Readonly<Record<string, object>>): Answer => ({
  components: { schemas: { [type]: { properties: names, 'x-ns-filterable': ['email'] } } },
})
const NEW = { paymentOption: reference, checkNumber: text, arAcct: reference, customer: reference, tranDate: text }
const OLD = {
  paymentMethod: reference,
  checkNum: text,
  undepFunds: { type: 'boolean' },
  customer: reference,
  tranDate: text,
}
const rest = { account: reference, currency: reference, payment: { type: 'number' }, autoApply: { type: 'boolean' } }
const catalog = (...answers: Answer[]): Rule => ['GET', /metadata-catalog\/customerPayment/, ...answers]
const payments = (names: object) => catalogOf('customerPayment', { ...names, ...rest } as Record<string, object>)
const DENIED = refused(
  'Error while accessing a resource. Your current role does not have permission to perform this action.',
)
const unknown: Answer = {
  status: 400,
  body: JSON.stringify({
    'o:errorDetails': [
      {
        detail: 'Invalid content in the request body. Unknown property: checkNumber.',
        'o:errorCode': 'INVALID_CONTENT',
      },
    ],
  }),
}
const wanted = { ...plan({}), input: { date: '2026-03-10', reference: '1234', methodRef: { id: '2' } } }
const back: Rule = ['GET', /record\/v1\/customerPayment\/77/, record([])]

function memory(): AccountFacts & { readonly kept: Map<string, { text: string; readAt: Date }> } {
  const kept = new Map<string, { text: string; readAt: Date }>()
  return {
    kept,
    read: async (name) => kept.get(name) ?? null,
    write: async (name, value) => {
      kept.set(name, { text: value, readAt: new Date('2026-03-10T20:00:00Z') })
    },
  }
}
const asked = (world: ReturnType<typeof scripted>) =>
  world.seen.filter(({ path }) => path.includes('metadata-catalog')).length

describe("the account's names", () => {
  it('have no type where the catalog has a word for it that is none', () => {
    const odd = payments({ ...NEW, tranDate: { type: 'string', format: { value: 'date' } } })
    expect(shapeOf(odd as never, 'customerPayment')?.types['tranDate']).toBe('unknown')
  })
  it('are those of its catalog, in the order of preference', async () => {
    const world = scripted([catalog(payments(OLD)), CURRENCIES, ['POST', /customerPayment/, created], back])
    await world.connection.createPayment(wanted, once)
    expect(world.writes()[0]?.body).toMatchObject({ checkNum: '1234', paymentMethod: { id: '2' } })
    expect(Object.keys(world.writes()[0]?.body ?? {})).not.toEqual(expect.arrayContaining(['checkNumber']))
  })
  it('are those of release 2026.1 where the role may not read the catalog, and the check says so', async () => {
    const denied = ['customer', 'customerPayment', 'invoice'].map(
      (type): Rule => ['GET', new RegExp(`metadata-catalog/${type}$`), DENIED],
    )
    const world = scripted([...denied, CURRENCIES, ['POST', /customerPayment/, created], back], {
      defaults: { depositAccountId: '10', arAccountId: '119' },
    })
    await world.connection.createPayment(wanted, once)
    expect(world.writes()[0]?.body).toMatchObject({
      checkNumber: '1234',
      paymentOption: { id: '2' },
      arAcct: { id: '119' },
    })
    const step = world.connection.check().find(({ name }) => name === 'metadata')
    expect(await step?.run()).toBe(
      'the role may not read the metadata catalog of customer, payment, invoice; the names of release 2026.1 are used',
    )
  })
  it('are asked for again when the account refuses one, and the payment is then sent with the new ones', async () => {
    const facts = memory()
    const stale = { of: '1 https://erp.example/ns', shape: shapeOf(payments(NEW) as never, 'customerPayment') }
    facts.kept.set('metadata customerPayment', {
      text: JSON.stringify(stale),
      readAt: new Date('2026-03-10T01:00:00Z'),
    })
    const world = scripted(
      [catalog(payments(OLD)), CURRENCIES, ['POST', /customerPayment/, unknown, created], back],
      {},
      facts,
    )
    await world.connection.createPayment(wanted, once)
    expect(asked(world)).toBe(1)
    expect(world.writes().map(({ body }) => [body['checkNumber'], body['checkNum']])).toEqual([
      ['1234', undefined],
      [undefined, '1234'],
    ])
    expect(facts.kept.get('metadata customerPayment')?.text).toContain('checkNum')
  })
  it('are asked for once, and the refusal stays, where the account says the same again', async () => {
    const world = scripted([catalog(payments(NEW)), CURRENCIES, ['POST', /customerPayment/, unknown], back])
    const error = await world.connection.createPayment(wanted, once).catch((caught: GatewayError) => caught)
    expect(error).toMatchObject({ applied: 'no' })
    expect({ asked: asked(world), written: world.writes().length }).toEqual({ asked: 1, written: 1 })
  })
  it.each([
    ['young enough', '2026-03-10T01:00:00Z', 0],
    ['older than the limit', '2026-03-09T01:00:00Z', 1],
  ])('outlive the process while they are %s', async (_age, readAt, times) => {
    const facts = memory()
    const kept = { of: '1 https://erp.example/ns', shape: shapeOf(payments(OLD) as never, 'customerPayment') }
    facts.kept.set('metadata customerPayment', { text: JSON.stringify(kept), readAt: new Date(readAt) })
    const world = scripted([catalog(payments(OLD)), CURRENCIES, back], {}, facts)
    await world.connection.getPayment('77')
    await world.connection.getPayment('77')
    expect(asked(world)).toBe(times)
  })
  it('are not those of another account that the connection pointed at before', async () => {
    const facts = memory()
    const kept = { of: '2 https://elsewhere.example', shape: shapeOf(payments(OLD) as never, 'customerPayment') }
    facts.kept.set('metadata customerPayment', { text: JSON.stringify(kept), readAt: new Date('2026-03-10T19:00:00Z') })
    const world = scripted([catalog(payments(NEW)), CURRENCIES, back], {}, facts)
    await world.connection.getPayment('77')
    expect(asked(world)).toBe(1)
  })
  it('hold for custom fields and standard fields that have no name of ours', async () => {
    const world = scripted([
      catalog(payments({ ...NEW, custbody_channel: text })),
      CURRENCIES,
      ['POST', /customerPayment/, created],
      back,
    ])
    const input = { ...wanted.input, customFields: { custbody_chanel: 'x' }, vendorFields: { creditCard: { id: '1' } } }
    const error = await world.connection
      .createPayment({ ...wanted, input }, once)
      .catch((caught: GatewayError) => caught)
    expect((error as GatewayError).options.errors?.map(({ pointer }) => pointer)).toEqual([
      '/customFields/custbody_chanel',
      '/vendorFields/creditCard',
    ])
    expect(world.writes()).toEqual([])
  })
  it('say what the forms want: the subsidiary is added once it was asked for, and from then on', async () => {
    const shown = payments({ ...OLD, subsidiary: reference })
    const asks = refused('Error while accessing a resource. Please enter value(s) for: Subsidiary.')
    const world = scripted([
      catalog(shown),
      CURRENCIES,
      ['POST', /customerPayment/, asks, created],
      ['GET', /v1\/customer\/456\?fields=subsidiary/, { id: '456', subsidiary: { id: '3' } }],
      back,
    ])
    await world.connection.createPayment(wanted, once)
    await world.connection.createPayment(wanted, once)
    expect(world.writes().map(({ body }) => body['subsidiary'])).toEqual([undefined, { id: '3' }, { id: '3' }])
  })
})

it('reads a catalog whose sublists are components of their own', () => {
  const lines = { $ref: '#/components/schemas/customerPayment-applyCollection' }
  const schemas = {
    customerPayment: { properties: { apply: lines } },
    'customerPayment-applyCollection': {
      properties: { items: { type: 'array', items: { $ref: '#/components/schemas/customerPayment-applyElement' } } },
    },
    'customerPayment-applyElement': { properties: { doc: reference, disc: { type: 'number' } } },
  }
  expect(shapeOf({ components: { schemas } }, 'customerPayment')?.types).toEqual({
    ...{ apply: 'list', 'apply.doc': 'reference', 'apply.disc': 'decimal' },
  })
})
