/** Accept, Prefer and text: decided at the door. */
import { describe, expect, it } from 'vitest'
import { checkAccept, checkText, readPreferences } from '../../src/request/limits.ts'

describe('Accept', () => {
  it('takes JSON in every usual spelling', () => {
    for (const header of [
      undefined,
      '*/*',
      'application/json',
      'text/html, application/json;q=0.5',
      'application/*',
      'APPLICATION/JSON',
      'application/problem+json',
    ])
      expect(() => checkAccept(header)).not.toThrow()
  })
  it('refuses what leaves JSON out', () => {
    for (const header of ['text/html', 'application/xml', 'application/json;q=0'])
      expect(() => checkAccept(header)).toThrow(expect.objectContaining({ code: 'not_acceptable' }))
  })
})

describe('Prefer', () => {
  it('reads wait, handling and respond-async, and ignores the rest', () => {
    expect(readPreferences('wait=5, handling=lenient; x=1, respond-async, unheard-of')).toEqual({
      waitSeconds: 5,
      lenient: true,
      respondAsync: true,
    })
    expect(readPreferences(['wait="7"', 'handling=strict'])).toEqual({
      waitSeconds: 7,
      lenient: false,
      respondAsync: false,
    })
    expect(readPreferences(undefined)).toEqual({ waitSeconds: null, lenient: false, respondAsync: false })
  })
  it('refuses a wait that is no number', () => {
    for (const header of ['wait', 'wait=', 'wait=soon', 'wait=-1', 'wait=1.5'])
      expect(() => readPreferences(header)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})

describe('text', () => {
  it('may be anything that XML and JSON hold', () => {
    for (const value of ['<>&"\'', ']]>', "' OR 1=1", 'æøå 漢字 🎉', 'tab\tline\nreturn\r', '\uFFFD\u007F\u0085'])
      expect(() => checkText({ name: value }, '')).not.toThrow()
  })
  it('is refused by its place when it holds what no ERP can', () => {
    for (const bad of ['\u0000', '\u001F', '\u000B', '\uFFFE', '\uFFFF', '\uD800', '\uDC00x']) {
      expect(() => checkText({ a: [{ 'b/c': `x${bad}` }] }, '')).toThrow(
        expect.objectContaining({
          code: 'invalid_request',
          options: expect.objectContaining({ errors: [expect.objectContaining({ pointer: '/a/0/b~1c' })] }),
        }),
      )
      expect(() => checkText({ [bad]: 1 }, '')).toThrow()
    }
  })
})
