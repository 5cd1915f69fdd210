/** What a NetSuite connection accepts as settings; a wrong entry is reported by its own path. */
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { Settings } from '../../src/providers/netsuite/settings.ts'

const validate = new Ajv({ allErrors: true, strict: false }).compile(Settings)
const oauth2 = { type: 'oauth2', clientId: 'c', certificateId: 'k', privateKey: 'p', algorithm: 'PS256' }
const tba = { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' }
const errors = (settings: unknown) =>
  validate(settings)
    ? []
    : (validate.errors ?? [])
        .filter((error) => error.keyword !== 'if')
        .map((error) => `${error.instancePath} ${error.keyword}`)

describe('settings', () => {
  it('take both logins, every way to void, and nothing else', () => {
    expect(errors({ accountId: '1234567_SB1', auth: oauth2 })).toEqual([])
    expect(errors({ accountId: '1', auth: tba, void: 'refund', defaults: { paymentMethods: { ach: '8' } } })).toEqual(
      [],
    )
    expect(errors({ accountId: '1', auth: tba, void: { restlet: 'https://1.example/x?script=1' } })).toEqual([])
    expect(errors({ accountId: '1', auth: tba, surprise: 1 })).toEqual([' additionalProperties'])
  })
  it('say where they are wrong, of the login that is meant only', () => {
    expect(errors({ accountId: '1', auth: { ...oauth2, algorithm: 'RS256' } })).toEqual(['/auth/algorithm enum'])
    expect(errors({ accountId: '1', auth: { ...tba, tokenSecret: '' } })).toEqual(['/auth/tokenSecret minLength'])
    expect(errors({ accountId: '1', auth: { type: 'basic' } })).toContain('/auth/type enum')
    expect(errors({ accountId: '1', auth: tba, void: 'shred' })).toEqual(['/void enum'])
    expect(
      errors({ accountId: '1', auth: tba, defaults: { arAccountId: 'x', paymentMethods: { barter: '1' } } }),
    ).toEqual(['/defaults/arAccountId pattern', '/defaults/paymentMethods additionalProperties'])
  })
})
