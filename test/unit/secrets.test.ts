/** What is secret, in which forms it comes back, and what stays as it is. */
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../src/providers/index.ts'
import { exactNumber } from '../../src/wire/json.ts'
import { markedSecrets, Secrets } from '../../src/wire/secrets.ts'

describe('secrets', () => {
  const password = 'a<b>&"c" d\\é'
  const secrets = new Secrets([password, 'short', 'short and longer', 'abc'])
  it.each([password, 'a&lt;b&gt;&amp;"c" d\\é', 'a<b>&\\"c\\" d\\\\é', 'a%3Cb%3E%26%22c%22+d%5C%C3%A9', 'a&"c" d\\é'])(
    '%s is told as ***',
    (form) => {
      expect(secrets.text(`before ${form} after ${form}`)).toBe('before *** after ***')
    },
  )
  it('the longest goes first, and what is too short is no secret', () => {
    expect(secrets.text('short and longer, abc')).toBe('***, abc')
  })
  it('learns what is about to be sent, and forgets the oldest', () => {
    const learning = new Secrets([])
    learning.learn(['token-0'])
    expect(learning.text('token-0')).toBe('***')
    for (let count = 1; count <= 200; count++) learning.learn([`token-${count}`])
    expect([learning.text('token-200'), learning.text('token-0.')]).toEqual(['***', 'token-0.'])
  })
  it('cleans values, names and lists, and leaves numbers', () => {
    const digits = exactNumber('1.50')
    const value = { short: ['short', { a: digits, b: null, c: 1 }] }
    expect(secrets.value(value)).toEqual({ '***': ['***', { a: digits, b: null, c: 1 }] })
  })
  it('are what the schema marks', () => {
    const schema = Type.Object({
      a: Type.String({ writeOnly: true }),
      b: Type.Object({ c: Type.String({ writeOnly: true }) }),
    })
    expect(markedSecrets(schema, { a: 'one', b: { c: 'two', d: 'three' }, d: 'four' })).toEqual(['one', 'two'])
  })
  it('are marked in every provider that logs in with a password or a key', () => {
    const names = ['privateKey', 'consumerSecret', 'tokenSecret', 'senderPassword', 'userPassword']
    const settings = Object.fromEntries(names.map((name) => [name, `the ${name}`]))
    const found = PROVIDERS.flatMap((provider) => markedSecrets(provider.settings, { auth: settings }))
    expect(new Set(found)).toEqual(new Set(Object.values(settings)))
  })
})
