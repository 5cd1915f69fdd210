/** The header Idempotency-Key. */
import { describe, expect, it } from 'vitest'
import { idempotencyKey } from '../../src/request/idempotency.ts'

/** The error, as plain as `toMatchObject` wants it. */
function refusal(header: string | string[] | undefined, required = true): unknown {
  try {
    return idempotencyKey(header, required)
  } catch (error) {
    return error
  }
}
const read = (header: string | string[] | undefined, required = true) => idempotencyKey(header, required)

describe('a key', () => {
  it.each([
    ['order-0001', 'order-0001'],
    ['"order-0001"', 'order-0001'],
    ['  order-0001 ', 'order-0001'],
    ['"with\\"quote\\\\"', 'with"quote\\'],
    ['mid"dle"quote', 'mid"dle"quote'],
    ['12345678', '12345678'],
    ['x'.repeat(255), 'x'.repeat(255)],
    [`"${'x'.repeat(255)}"`, 'x'.repeat(255)],
    ['!~{}[],;:=', '!~{}[],;:='],
  ])('%s', (header, key) => {
    expect(read(header)).toBe(key)
    expect(read([header])).toBe(key)
  })
})

describe('no key', () => {
  it.each([
    '',
    '1234567',
    '"1234567"',
    'x'.repeat(256),
    'with space',
    'with\ttab-',
    'schlüssel',
    'order-0001, order-0002',
    '"order-0001", "order-0001"',
    '"order-0001',
    '"order-0001"x',
    '"order"0001"',
    '"order\\0001"',
    '"order-0001\\"',
    'order-\u0001001',
  ])('%j', (header) => {
    const invalid = {
      code: 'invalid_request',
      status: 400,
      options: { errors: [{ pointer: 'header:Idempotency-Key' }] },
    }
    expect(refusal(header)).toMatchObject(invalid)
    expect(refusal(header, false)).toMatchObject(invalid)
  })
})

it('several headers are refused even when they agree', () => {
  expect(refusal(['order-0001', 'order-0001'])).toMatchObject({ code: 'invalid_request' })
})

it('may be left away only where it is optional', () => {
  expect(read(undefined, false)).toBeNull()
  const missing = {
    code: 'idempotency_key_missing',
    status: 400,
    options: { errors: [{ pointer: 'header:Idempotency-Key' }] },
  }
  expect(refusal(undefined)).toMatchObject(missing)
})
