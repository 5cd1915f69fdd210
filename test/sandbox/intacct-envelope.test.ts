/** Envelope, logins, sessions, duplicate suppression, transactions, limits of the Intacct sandbox. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Caller, equal, list } from './intacct-caller.ts'

let caller: Caller
let now = Date.parse('2026-02-01T10:00:00Z')

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date(now), sessionMinutes: 30 })
})
beforeEach(() => {
  now = Date.parse('2026-02-01T10:00:00Z')
  caller.sandbox.reset()
})
afterAll(() => caller.sandbox.close())

const READ = '<read><object>CUSTOMER</object><keys>33</keys></read>'

function created(id: string): string {
  return `<create><CUSTOMER><CUSTOMERID>${id}</CUSTOMERID><NAME>${id}</NAME><DISPLAYCONTACT><PRINTAS>${id}</PRINTAS></DISPLAYCONTACT></CUSTOMER></create>`
}

describe('HTTP', () => {
  it('takes POST of XML at its own path only', async () => {
    const { url } = caller.sandbox
    expect((await fetch(url)).status).toBe(405)
    const json = await caller.post('{}', { 'content-type': 'application/json' })
    expect([json.status, json.xml.errormessage.error.errorno]).toEqual([400, 'GW-0011'])
    expect((await fetch(url.replace('xmlgw', 'other'), { method: 'POST', body: 'x' })).status).toBe(404)
    const old = await caller.post(caller.envelope(`<function controlid="f">${READ}</function>`), {
      'content-type': 'x-intacct-xml-request',
    })
    expect(old.xml.operation.result.status).toBe('success')
  })

  it('answers 429 with GW-0010 beyond the concurrency limit', async () => {
    const busy = await Caller.start({ concurrencyLimit: 2, latencyMs: 500 })
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => busy.post(busy.envelope(`<function controlid="f">${READ}</function>`))),
    )
    const statuses = answers.map((answer) => answer.status).sort()
    expect(statuses).toEqual([200, 200, 429, 429, 429])
    const refused = answers.find((answer) => answer.status === 429)!
    expect(refused.xml.control.status).toBe('failure')
    expect(refused.xml.errormessage.error.errorno).toBe('GW-0010')
    expect(refused.xml.errormessage.error.description).toMatch(/^API rate limit exceeded \[Request ID: /)
    await busy.sandbox.close()
  })
})

describe('form of the request', () => {
  const inside = (functions: string) => caller.envelope(functions)
  const call = (markup: string, attributes = 'controlid="f"') => inside(`<function ${attributes}>${markup}</function>`)
  const cases: [string, () => string][] = [
    ['half a document', () => call(READ).slice(0, -12)],
    ['a document type', () => call(READ).replace('<request>', '<!DOCTYPE request><request>')],
    ['text after the root', () => `${call(READ)}x`],
    ['another root', () => call(READ).replaceAll('request>', 'demand>')],
    [
      'control in another order',
      () => call(READ).replace(/(<senderid>.*?<\/senderid>)(<password>.*?<\/password>)/, '$2$1'),
    ],
    [
      'login in another order',
      () => call(READ).replace(/(<userid>.*?<\/userid>)(<companyid>.*?<\/companyid>)/, '$2$1'),
    ],
    ['an unknown element in control', () => call(READ).replace('<uniqueid>', '<unique/><uniqueid>')],
    ['a function without controlid', () => call(READ, '')],
    ['a controlid of 257 characters', () => call(READ, `controlid="${'x'.repeat(257)}"`)],
    ['an unknown function', () => call('<fetch/>')],
    ['two functions in one', () => call(READ + READ)],
    [
      'includewhitespace that is no boolean',
      () => call(READ).replace('<includewhitespace>false', '<includewhitespace>no'),
    ],
    [
      'a transaction that is neither true nor false',
      () => call(READ).replace('transaction="false"', 'transaction="no"'),
    ],
    ['read without keys', () => call('<read><object>CUSTOMER</object></read>')],
    ['read with something else', () => call('<read><object>CUSTOMER</object><keys>1</keys><limit>1</limit></read>')],
    ['an unknown dtdversion', () => call(READ).replace('<dtdversion>3.0', '<dtdversion>4.0')],
    ['a generic function in version 2.1', () => call(READ).replace('<dtdversion>3.0', '<dtdversion>2.1')],
    ['an empty create', () => call('<create/>')],
  ]
  it.each(cases)('refuses %s', async (_name, body) => {
    const answer = await caller.post(body())
    expect(answer.status).toBe(200)
    expect(answer.xml.control.status).toBe('failure')
    expect(answer.xml.operation).toBeUndefined()
    expect(answer.xml.errormessage.error.errorno).toBe('XL03000003')
    expect(answer.xml.errormessage.error.description2).toMatch(/^XML Parse schema error: /)
  })

  it('accepts the optional parts in their places', async () => {
    const { senderId, senderPassword } = caller.sandbox.credentials
    const control =
      `<senderid>${senderId}</senderid><password>${senderPassword}</password><controlid></controlid><uniqueid>false</uniqueid>` +
      '<dtdversion>3.0</dtdversion><debug>x</debug><includewhitespace>0</includewhitespace><showadditionalerrorinfo>true</showadditionalerrorinfo>'
    const answer = await caller.post(caller.envelope(`<function controlid="f">${READ}</function>`, { control }))
    expect(answer.xml.operation.result.status).toBe('success')
  })

  it('answers with white space between tags unless told not to', async () => {
    const functions = `<function controlid="f">${READ}</function>`
    expect((await caller.post(caller.envelope(functions, { whitespace: true }))).text).toContain('</status>\n<')
    expect((await caller.post(caller.envelope(functions))).text).not.toContain('>\n<control>')
  })

  it('knows no asynchronous policy', async () => {
    const body = caller.envelope(`<function controlid="f">${READ}</function>`)
    const answer = await caller.post(
      body.replace('<includewhitespace>', '<policyid>later</policyid><includewhitespace>'),
    )
    expect(answer.xml.errormessage.error.description2).toBe('later is not a valid transport policy.')
  })
})

describe('who is calling', () => {
  it('refuses a wrong sender at the control level', async () => {
    const body = caller.envelope(`<function controlid="f">${READ}</function>`)
    for (const wrong of [
      body.replace('sandbox-sender<', 'Sandbox-Sender<'),
      body.replace('sandbox-sender-password', 'x'),
    ]) {
      const answer = await caller.post(wrong)
      expect(answer.xml.control.status).toBe('failure')
      expect(answer.xml.errormessage.error.description2).toBe('Incorrect Intacct XML Partner ID or password.')
    }
  })

  it('refuses a wrong login at the authentication level', async () => {
    const login = '<userid>xml_gateway</userid><companyid>sandbox-company</companyid><password>no</password>'
    const answer = await caller.post(caller.envelope(`<function controlid="f">${READ}</function>`, { login }))
    expect(answer.xml.control.status).toBe('success')
    const { authentication, errormessage, result } = answer.xml.operation
    expect([authentication.status, authentication.userid]).toEqual(['failure', 'xml_gateway'])
    expect(errormessage.error.errorno).toBe('XL03000006')
    expect(errormessage.error.description2).toBe('Sign-in information is incorrect')
    expect(result).toBeUndefined()
  })

  it('hands out sessions that slide and end', async () => {
    const first = await caller.call('<getAPISession/>')
    expect(first.xml.data.api.endpoint).toBe(caller.sandbox.url)
    const session = first.xml.data.api.sessionid as string
    const body = caller.envelope(`<function controlid="f">${READ}</function>`, { session })
    for (const minutes of [25, 25, 29]) {
      now += minutes * 60_000
      const { authentication } = (await caller.post(body)).xml.operation
      expect(authentication.status).toBe('success')
      expect(Date.parse(authentication.sessiontimestamp)).toBe(now)
      expect(Date.parse(authentication.sessiontimeout)).toBe(now + 30 * 60_000)
    }
    now += 31 * 60_000
    const ended = (await caller.post(body)).xml.operation
    expect(ended.authentication).toEqual({ status: 'failure', userid: '', companyid: '' })
    expect(ended.errormessage.error.description2).toMatch(/^Invalid session /)
  })

  it('refuses getAPISession in company', async () => {
    const two = `<function controlid="a"><getAPISession/></function><function controlid="b">${READ}</function>`
    const results = list((await caller.post(caller.envelope(two))).xml.operation.result) as { status: string }[]
    expect(results.map((result) => result.status)).toEqual(['failure', 'success'])
  })

  it('keeps what an entity makes private to it', async () => {
    const session = await caller.session('200')
    await caller.call(created('PRIV'), { session })
    expect(await caller.query('CUSTOMER', 'CUSTOMERID', equal('CUSTOMERID', 'PRIV'))).toEqual([])
    const shown = '<options><showprivate>true</showprivate></options>'
    expect(await caller.query('CUSTOMER', 'MEGAENTITYID', equal('CUSTOMERID', 'PRIV'), shown)).toEqual([
      { MEGAENTITYID: '200' },
    ])
    await expect(caller.session('999')).rejects.toThrow()
  })
})

describe('uniqueid', () => {
  it('refuses a control id that was done, also in another request', async () => {
    expect((await caller.call(created('U1'), { uniqueId: true, controlId: 'k1' })).status).toBe('success')
    const again = await caller.call(created('U2'), { uniqueId: true, controlId: 'k1' })
    expect(again.status).toBe('failure')
    expect(again.errorText).toBe('A successful transaction has already been recorded with the control id k1')
    expect(caller.sandbox.books.getCustomer('U2')).toBeUndefined()
  })

  it('lets a failed function come again, and ignores ids without uniqueid', async () => {
    expect((await caller.call(created('ACME'), { uniqueId: true, controlId: 'k2' })).status).toBe('failure')
    expect((await caller.call(created('U3'), { uniqueId: true, controlId: 'k2' })).status).toBe('success')
    expect((await caller.call(created('U4'), { uniqueId: false, controlId: 'k2' })).status).toBe('success')
  })

  it('is true when left out', async () => {
    const body = caller
      .envelope(`<function controlid="k3">${created('U5')}</function>`)
      .replace('<uniqueid>false</uniqueid>', '')
    expect((await caller.post(body)).xml.operation.result.status).toBe('success')
    expect((await caller.post(body)).xml.operation.result.errormessage.error.description2).toMatch(
      /already been recorded/,
    )
  })
})

describe('several functions', () => {
  const three = () =>
    ['T1', 'ACME', 'T2'].map((id) => `<function controlid="c-${id}">${created(id)}</function>`).join('')

  it('are independent by default', async () => {
    const answer = await caller.post(caller.envelope(three(), { uniqueId: true }))
    const results = answer.xml.operation.result as { status: string; controlid: string }[]
    expect(results.map((result) => [result.controlid, result.status])).toEqual([
      ['c-T1', 'success'],
      ['c-ACME', 'failure'],
      ['c-T2', 'success'],
    ])
    expect(caller.sandbox.books.getCustomer('T2')).toBeDefined()
  })

  it('are all aborted in a transaction, and nothing of them stays', async () => {
    const answer = await caller.post(caller.envelope(three(), { uniqueId: true, transaction: true }))
    // biome-ignore lint/suspicious/noExplicitAny: a parsed document
    const results = answer.xml.operation.result as any[]
    expect(results.map((result) => result.status)).toEqual(['aborted', 'aborted', 'aborted'])
    expect(
      results.map((result) => list(result.errormessage.error).map((error: { errorno: string }) => error.errorno)),
    ).toEqual([['XL03000009'], ['BL34000061', 'BL01001973', 'XL03000009'], ['XL03000009']])
    expect(caller.sandbox.books.getCustomer('T1')).toBeUndefined()
    expect(await caller.query('CONTACT', 'CONTACTNAME', equal('CONTACTNAME', 'T1(CT1)'))).toEqual([])
    // Neither the number of the customer nor the control id was used up.
    expect((await caller.call(created('T1'), { uniqueId: true, controlId: 'c-T1' })).status).toBe('success')
  })
})
