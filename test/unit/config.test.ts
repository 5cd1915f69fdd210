/** A bad file stops the start with one message that names every wrong entry and shows no secret. */
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../src/config.ts'
import { PROVIDERS } from '../../src/providers/index.ts'

const KEY = 'a'.repeat(64)
const intacct = {
  provider: 'intacct',
  senderId: 's',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in a file
  senderPassword: '${SENDER_PASSWORD}',
  companyId: 'c',
  userId: 'u',
  userPassword: 'p',
}
const netsuite = {
  provider: 'netsuite',
  accountId: '1234567_SB1',
  auth: { type: 'tba', consumerKey: 'a', consumerSecret: 'b', tokenId: 'c', tokenSecret: 'd' },
}
const caller = { name: 'billing', keySha256: KEY, scopes: ['customers:read'], connections: ['us'] }
const faults = (file: unknown, environment = {}): string => {
  try {
    readConfig(file, environment, PROVIDERS)
    return 'accepted'
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }
}

describe('readConfig', () => {
  it('takes values from the environment and gives defaults', () => {
    const config = readConfig(
      {
        connections: { us: { ...intacct, title: 'US ledger' }, ns: netsuite },
        defaultConnection: 'us',
        callers: [caller],
      },
      { SENDER_PASSWORD: 'hush' },
      PROVIDERS,
    )
    expect(config.connections.map((one) => [one.name, one.title, one.provider.name])).toEqual([
      ['us', 'US ledger', 'intacct'],
      ['ns', 'Oracle NetSuite', 'netsuite'],
    ])
    expect(config.connections[0]?.settings).toMatchObject({
      senderPassword: 'hush',
      endpoint: 'https://api.intacct.com/ia/xml/xmlgw.phtml',
    })
    expect(config.limits).toEqual({ deadlineSeconds: 30, bodyBytes: 1_048_576 })
  })
  it('names every wrong entry at once', () => {
    const message = faults({
      connections: {
        us: { ...intacct, senderId: 5, colour: 'red', timeZone: 'Mars/Olympus' },
        US_1: intacct,
        other: { provider: 'quickbooks' },
        ns: { ...netsuite, auth: { type: 'tba', consumerKey: 'a' } },
      },
      defaultConnection: 'nowhere',
      callers: [{ ...caller, scopes: ['everything'], connections: ['them'], keySha256: 'xyz' }],
      limits: { deadlineSeconds: 0 },
      more: true,
    })
    for (const place of [
      'connections.us.senderId',
      'connections.us.colour: is not known',
      'connections.us.timeZone',
      'connections.us.senderPassword: the environment variable SENDER_PASSWORD is not set',
      'connections.US_1: a name',
      'connections.other.provider',
      'connections.ns.auth.tokenSecret',
      'defaultConnection',
      'callers.0.scopes.0',
      'callers.0.connections',
      'callers.0.keySha256',
      'limits.deadlineSeconds',
      'more: is not known',
    ])
      expect(message).toContain(place)
  })
  it('shows no secret', () => {
    const message = faults({
      connections: {
        us: { ...intacct, senderPassword: ['hunter2-secret'], userPassword: 17 },
        ns: {
          ...netsuite,
          auth: { type: 'oauth2', clientId: 'x', certificateId: 'y', privateKey: { pem: 'hunter2-secret' } },
        },
      },
      callers: [{ ...caller, keySha256: 'hunter2-secret' }],
    })
    expect(message).toContain('connections.us.senderPassword')
    expect(message).not.toContain('hunter2')
  })
  it('refuses what is no configuration at all', () => {
    for (const file of [null, 5, [], {}, { connections: {} }, { connections: [], callers: {} }])
      expect(faults(file)).not.toBe('accepted')
  })
})
