/** Sessions: one login for all, renewed in time, never again for a wrong password; and the envelope around it all. */
import { describe, expect, it } from 'vitest'
import { GatewayError } from '../../src/errors.ts'
import { Client } from '../../src/providers/intacct/client.ts'
import { renderEnvelope } from '../../src/providers/intacct/envelope.ts'
import { HiddenColumns } from '../../src/providers/intacct/hidden-columns.ts'
import { Sessions, usableEndpoint } from '../../src/providers/intacct/session.ts'
import { UserFormat } from '../../src/providers/intacct/user-format.ts'
import type { Send, WireResponse } from '../../src/wire/exchange.ts'

const account = { connection: 'intacct', now: () => new Date(0) }

const settings = {
  endpoint: 'https://api.intacct.com/ia/xml/xmlgw.phtml',
  senderId: 'sender',
  senderPassword: 'a&b',
  companyId: 'company',
  userId: 'user',
  userPassword: '<secret>',
}

const answer = (id: string, started: string, ends: string): WireResponse => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<response><control><status>success</status></control><operation><authentication><status>success</status>
    <sessiontimestamp>${started}</sessiontimestamp><sessiontimeout>${ends}</sessiontimeout></authentication><result><status>success</status>
    <function>getAPISession</function><controlid>f</controlid><data><api><sessionid>${id}</sessionid>
    <endpoint>https://na12.intacct.com/ia/xml/xmlgw.phtml</endpoint></api></data></result></operation></response>`,
})

/** Their clock is nine hours ahead of ours. */
const STARTED = '2026-01-31T19:00:00+00:00'
const ENDS = '2026-01-31T20:00:00+00:00'

function world() {
  let now = new Date('2026-01-31T10:00:00Z')
  let logins = 0
  const sessions = new Sessions(settings, () => now)
  const send: Send = async () => {
    logins += 1
    return answer(`s${logins}`, STARTED, ENDS)
  }
  return {
    sessions,
    send,
    logins: () => logins,
    at: (time: string) => {
      now = new Date(`2026-01-31T${time}Z`)
    },
  }
}

describe('Sessions', () => {
  it('logs in once for calls at the same time, and keeps the session', async () => {
    const { sessions, send, logins } = world()
    const all = await Promise.all([sessions.use(send), sessions.use(send), sessions.use(send)])
    expect(new Set(all.map((session) => session.id))).toEqual(new Set(['s1']))
    expect((await sessions.use(send)).endpoint).toBe('https://na12.intacct.com/ia/xml/xmlgw.phtml')
    expect(logins()).toBe(1)
  })

  it('renews before the end, by their clock, and every answer moves the end', async () => {
    const { sessions, send, logins, at } = world()
    const session = await sessions.use(send)
    at('10:58:30')
    await sessions.use(send)
    expect(logins()).toBe(1)
    sessions.learn(session, answer('s1', STARTED, '2026-01-31T20:58:30+00:00'))
    at('11:30:00')
    await sessions.use(send)
    expect(logins()).toBe(1)
    at('11:58:00')
    expect((await sessions.use(send)).id).toBe('s2')
  })

  it('renews once for several calls that were refused with the same session', async () => {
    const { sessions, send, logins } = world()
    await sessions.use(send)
    const again = await Promise.all([sessions.use(send, 's1'), sessions.use(send, 's1')])
    expect(again.map((session) => session.id)).toEqual(['s2', 's2'])
    expect((await sessions.use(send, 's1')).id).toBe('s2')
    expect(logins()).toBe(2)
  })

  it('tells everybody that the password is wrong, after one try', async () => {
    let tries = 0
    const send: Send = async () => {
      tries += 1
      throw new GatewayError('provider_refused', 'Sign-in information is incorrect', { login: 'refused' })
    }
    const { sessions } = world()
    const all = await Promise.allSettled([sessions.use(send), sessions.use(send)])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    expect(tries).toBe(1)
  })

  it("does not let another call's deadline end this one", async () => {
    const { sessions, send } = world()
    const late: Send = async () => {
      throw new GatewayError('provider_timeout', 'too late')
    }
    const [first, second] = await Promise.allSettled([sessions.use(late), sessions.use(send)])
    expect(first.status).toBe('rejected')
    expect(second).toMatchObject({ status: 'fulfilled', value: { id: 's1' } })
  })
})

describe('Client', () => {
  it('sends to the endpoint that the login answered, with its session', async () => {
    const { sessions, send } = world()
    const places: unknown[] = []
    const client = new Client(
      { settings, format: new UserFormat(account, 'me'), hidden: new HiddenColumns(account, 'me') },
      sessions,
      async (request) => {
        if (request.title === 'getAPISession') {
          places.push(request.path)
          return send(request)
        }
        const { origin, path, body } = (await request.authorize?.(false)) ?? {}
        places.push(`${origin}${path}`)
        expect(body).toContain('<sessionid>s1</sessionid>')
        return {
          ...answer('s1', STARTED, ENDS),
          body: '<response><control><status>success</status></control><operation><authentication><status>success</status></authentication><result><status>success</status><function>read</function><controlid>read</controlid><data count="0"/></result></operation></response>',
        }
      },
    )
    expect(await client.read('CUSTOMER', ['1'])).toEqual([])
    expect(places).toEqual(['/ia/xml/xmlgw.phtml', 'https://na12.intacct.com/ia/xml/xmlgw.phtml'])
  })
})

describe('usableEndpoint', () => {
  it.each([
    ['https://api.intacct.com/ia/xml/xmlgw.phtml', 'https://na12.intacct.com/ia/xml/xmlgw.phtml', true],
    ['http://127.0.0.1:9/x', 'https://na12.intacct.com/ia/xml/xmlgw.phtml', false],
    ['https://proxy.example/x', 'https://na12.intacct.com/ia/xml/xmlgw.phtml', false],
    ['https://api.intacct.com/x', 'http://na12.intacct.com/x', false],
    ['https://api.intacct.com/x', 'https://intacct.com.evil.example/x', false],
    ['https://api.intacct.com/x', 'https://evilintacct.com/x', false],
    ['https://api.intacct.com/x', 'https://na12.intacct.com@evil.example/x', false],
    ['https://api.intacct.com/x', 'not a url', false],
  ])('%s to %s: %s', (configured, returned, follows) => {
    expect(usableEndpoint(configured, returned)).toBe(follows ? returned : null)
  })
})

describe('renderEnvelope', () => {
  it('keeps the order that the schema enforces', () => {
    const xml = renderEnvelope(
      { ...settings, entityId: '100' },
      { functions: [['getAPISession', []]], controlId: 'c', once: false, transaction: false, authentication: 'login' },
    )
    expect(xml).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><request><control><senderid>sender</senderid><password>a&amp;b</password>' +
        '<controlid>c</controlid><uniqueid>false</uniqueid><dtdversion>3.0</dtdversion><includewhitespace>false</includewhitespace></control>' +
        '<operation transaction="false"><authentication><login><userid>user</userid><companyid>company</companyid>' +
        '<password>&lt;secret&gt;</password><locationid>100</locationid></login></authentication>' +
        '<content><function controlid="c"><getAPISession/></function></content></operation></request>',
    )
  })

  it('numbers several functions, and one bears the intent itself', () => {
    const write = (count: number) =>
      renderEnvelope(settings, {
        functions: Array.from({ length: count }, () => ['create', [['CUSTOMER', []]]] as const),
        controlId: 'abc',
        once: true,
        transaction: count > 1,
        authentication: { sessionId: 's' },
      })
    expect(write(1)).toContain('<controlid>abc</controlid><uniqueid>true</uniqueid>')
    expect(write(1)).toContain('<function controlid="abc">')
    expect(write(2)).toContain(
      '<operation transaction="true"><authentication><sessionid>s</sessionid></authentication>',
    )
    expect(write(2)).toMatch(/<function controlid="abc-1">.*<function controlid="abc-2">/)
  })
})
