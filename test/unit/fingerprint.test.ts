/** Fingerprints: equal for the same call, different for any other. */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CallContent, fingerprint } from '../../src/gateway/fingerprint.ts'

const path = '/v1/payments'
const body = {
  customer: { id: 'cus_netsuite_456' },
  amount: '1500.00',
  applications: [
    { invoiceId: 'inv_netsuite_5001', amount: '1000' },
    { invoiceId: 'inv_netsuite_5002', amount: '500' },
  ],
}
const of = (content: unknown) => fingerprint({ path, body: content })
const same = (a: unknown, b: unknown) => expect(of(a)).toBe(of(b))
const other = (a: unknown, b: unknown) => expect(of(a)).not.toBe(of(b))

/** The same value with the members of every object in the opposite order. */
const reversed = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(reversed)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .reverse()
            .map(([name, member]) => [name, reversed(member)]),
        )
      : value

describe('the same', () => {
  it('in any order of members', () => {
    same(body, reversed(body))
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        same(value, reversed(value))
      }),
    )
  })

  it.each(['amount', 'discount', 'creditLimit', 'exchangeRate'])('however %s is written', (name) => {
    for (const text of ['1500', '1500.0', '1500.00', '01500.000000'])
      same({ a: [{ [name]: text }] }, { a: [{ [name]: '1500' }] })
    same({ [name]: '0.10' }, { [name]: '0.1' })
    same({ [name]: '-0.00' }, { [name]: '0' })
    same({ [name]: '-01.50' }, { [name]: '-1.5' })
  })

  it('with what is undefined, and with no query at all', () => {
    same({ a: 1, b: undefined }, { a: 1 })
    expect(fingerprint({ path, query: {}, body })).toBe(fingerprint({ path, body }))
    expect(fingerprint({ path, query: { a: '1', b: '2' } })).toBe(fingerprint({ path, query: { b: '2', a: '1' } }))
  })
})

describe('another', () => {
  it('for every difference', () => {
    const base: CallContent = { path, query: { dryRun: 'false' }, body }
    const all = [
      base,
      { ...base, path: '/v1/payments/pay_netsuite_1' },
      { ...base, query: {} },
      { ...base, body: { ...body, memo: null } },
      { ...base, body: { ...body, memo: '' } },
      { ...base, body: undefined },
      { ...base, body: {} },
    ]
    expect(new Set(all.map(fingerprint)).size).toBe(all.length)
  })

  it('for another order of an array', () => other(body, { ...body, applications: [...body.applications].reverse() }))

  it('for another amount, sign or type', () => {
    other({ amount: '1500.00' }, { amount: '1500.01' })
    other({ amount: '150' }, { amount: '1500' })
    other({ amount: '1' }, { amount: '-1' })
    other({ amount: '1' }, { amount: 1 })
    other({ amount: '' }, { amount: '0' })
  })

  it('for text that only looks like money', () => {
    other({ reference: '0010' }, { reference: '10' })
    other({ memo: '1.0' }, { memo: '1.00' })
    other({ number: '1.0' }, { number: '1' })
    other({ amount: ['1.0'] }, { amount: ['1'] })
  })

  it("for the ERP's own fields, whose names are not ours", () => {
    other({ customFields: { amount: '1.0' } }, { customFields: { amount: '1' } })
    other({ vendorFields: { a: { discount: '01' } } }, { vendorFields: { a: { discount: '1' } } })
  })

  it('for text that looks like structure', () => {
    other({ a: '","b":"' }, { a: '', b: '' })
    other({ __proto__x: 1 }, {})
    other(JSON.parse('{"__proto__":{"a":1}}'), {})
  })

  it('exactly for another JSON value', () => {
    const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (a, b) => {
        expect(of(a) === of(b)).toBe(isDeepStrictEqual(plain(a), plain(b)))
      }),
    )
  })
})

it('is 64 hex digits', () => expect(of(body)).toMatch(/^[0-9a-f]{64}$/))

it('refuses nesting that would exhaust the stack', () => {
  const deep = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`)
  expect(() => of(deep)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})
