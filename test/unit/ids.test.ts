/** Ids survive any native id, and only the first two underscores separate. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import { escapeNativeId, gatewayId, parseId, unescapeNativeId } from '../../src/gateway/ids.ts'

const codeOf = (run: () => unknown): string => {
  try {
    run()
    return 'accepted'
  } catch (error) {
    return (error as GatewayError).code
  }
}

describe('ids', () => {
  it('escape as the contract says', () => {
    expect(escapeNativeId('A/B')).toBe('A~2FB')
    expect(escapeNativeId('~')).toBe('~7E')
    expect(escapeNativeId('é')).toBe('~C3~A9')
  })
  it('give back any native id, and URL encoding leaves them alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (native) => {
        const id = gatewayId('customer', 'us-1', native)
        expect(encodeURIComponent(id)).toBe(id.replaceAll('~', '~'))
        expect(parseId(id, 'customer', '/id')).toEqual({ connection: 'us-1', nativeId: native })
      }),
    )
  })
  it('are refused when they could not have been made here', () => {
    expect(unescapeNativeId('A~2fB')).toBeNull()
    expect(unescapeNativeId('A~41')).toBeNull()
    expect(unescapeNativeId('~FF')).toBeNull()
    expect(codeOf(() => parseId('456', 'customer', '/id'))).toBe('malformed_id')
    expect(codeOf(() => parseId('cus_456', 'customer', '/id'))).toBe('malformed_id')
    expect(codeOf(() => parseId('cus_Bad_456', 'customer', '/id'))).toBe('malformed_id')
    expect(codeOf(() => parseId('cus_a_', 'customer', '/id'))).toBe('malformed_id')
  })
  it('of another kind are told apart', () => {
    expect(codeOf(() => parseId('pay_a_1', 'customer', '/id'))).toBe('wrong_id_kind')
    expect(codeOf(() => parseId('op_0123', 'customer', '/id'))).toBe('wrong_id_kind')
  })
})
