/** A stranger before a sandbox that breaks on purpose: node:http itself, so that every broken answer is seen as it is. */
import { Agent, type IncomingMessage, request } from 'node:http'
import { XMLParser } from 'fast-xml-parser'
import type { Books } from '../../src/sandbox/books.ts'
import { type IntacctSandbox, startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'
import { type NetSuiteSandbox, startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import type { LoggedRequest } from '../../src/sandbox/server.ts'
import { Caller } from './intacct-caller.ts'
import { askToken, assertion, NOW } from './netsuite-caller.ts'

/** `status` 0: no whole answer; `failed` says how. */
export interface RawAnswer {
  readonly status: number
  readonly type: string
  readonly text: string
  readonly pieces: number
  readonly failed?: string
}

export interface FaultWorld {
  /** Somebody who can get an invoice. */
  readonly customer: string
  /** A new customer. */
  create(): Promise<RawAnswer>
  read(): Promise<RawAnswer>
  login(): Promise<void>
  /** Customers in the books. */
  made(): number
  isWhole(text: string): boolean
  saysExpired(answer: RawAnswer): boolean
  // biome-ignore lint/suspicious/noExplicitAny: tests look into any of the answers
  control(method: string, name: string, body?: unknown): Promise<{ status: number; body: any }>
  logged(): readonly LoggedRequest[]
  /** Resolves when a request has met the first rule. */
  met(): Promise<void>
  /** Ends the delays, and puts a fresh sandbox in the place of this one. */
  restart(): Promise<void>
  close(): Promise<void>
}

type Sandbox = NetSuiteSandbox | IntacctSandbox

interface Vendor<Box extends Sandbox> {
  start(): Promise<Box>
  origin(box: Box): string
  login(box: Box): Promise<string>
  create(box: Box, session: string, count: number): Promise<RawAnswer>
  read(box: Box, session: string): Promise<RawAnswer>
  readonly customer: string
  isWhole(text: string): boolean
  saysExpired(answer: RawAnswer): boolean
}

async function startWorld<Box extends Sandbox>(vendor: Vendor<Box>): Promise<FaultWorld> {
  let box = await vendor.start()
  let session = await vendor.login(box)
  let count = 0
  const control: FaultWorld['control'] = async (method, name, body) => {
    const answer = await raw(
      `${vendor.origin(box)}/__sandbox/${name}`,
      method,
      body === undefined ? undefined : JSON.stringify(body),
      {},
    )
    return { status: answer.status, body: JSON.parse(answer.text) }
  }
  const met = async () => (await control('GET', 'faults')).body.rules[0].met as number
  return {
    customer: vendor.customer,
    create: () => vendor.create(box, session, ++count),
    read: () => vendor.read(box, session),
    login: async () => {
      session = await vendor.login(box)
    },
    made: () => (box.books as Books).customers().length,
    isWhole: vendor.isWhole,
    saysExpired: vendor.saysExpired,
    control,
    logged: () => box.requests,
    met: async () => {
      while ((await met()) < 1) await new Promise(setImmediate)
    },
    restart: async () => {
      const old = box
      await old.close()
      box = await vendor.start()
      session = await vendor.login(box)
    },
    close: () => box.close(),
  }
}

export const startNetSuiteWorld = (): Promise<FaultWorld> =>
  startWorld<NetSuiteSandbox>({
    customer: '456',
    start: () => startNetSuiteSandbox({ customers: 5, clock: () => NOW, concurrencyLimit: 2 }),
    origin: (box) => box.url,
    login: async (box) => {
      const answer = await askToken(box, await assertion(box))
      if (answer.status !== 200) throw new Error(`No token: ${answer.status}`)
      return answer.body.access_token
    },
    create: (box, token, count) =>
      raw(
        `${box.url}/services/rest/record/v1/customer`,
        'POST',
        JSON.stringify({ companyName: `Company ${count}`, subsidiary: { id: '1' } }),
        { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ),
    read: (box, token) =>
      raw(`${box.url}/services/rest/record/v1/customer/456`, 'GET', undefined, { authorization: `Bearer ${token}` }),
    isWhole: (text) => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    },
    saysExpired: ({ status, text }) => status === 401 && text.includes('INVALID_LOGIN'),
  })

const CONTACT = '<DISPLAYCONTACT><PRINTAS>New</PRINTAS></DISPLAYCONTACT>'

export const startIntacctWorld = (): Promise<FaultWorld> => {
  const post = (box: IntacctSandbox, session: string, markup: string) => {
    const text = new Caller(box).envelope(`<function controlid="f">${markup}</function>`, { session })
    return raw(box.url, 'POST', text, { 'content-type': 'application/xml' })
  }
  return startWorld<IntacctSandbox>({
    customer: 'ACME',
    start: () => startIntacctSandbox({ customers: 5, concurrencyLimit: 2 }),
    origin: (box) => new URL(box.url).origin,
    login: async (box) => {
      const caller = new Caller(box)
      const answer = await caller.post(caller.envelope('<function controlid="s"><getAPISession/></function>'))
      const session = answer.xml?.operation?.result?.data?.api?.sessionid
      if (!session) throw new Error(`No session: ${answer.status}`)
      return session
    },
    create: (box, session, count) =>
      post(
        box,
        session,
        `<create><CUSTOMER><CUSTOMERID>NEW${count}</CUSTOMERID><NAME>New ${count}</NAME>${CONTACT}</CUSTOMER></create>`,
      ),
    read: (box, session) =>
      post(box, session, '<read><object>CUSTOMER</object><keys>1</keys><fields>*</fields></read>'),
    isWhole: (text) => {
      try {
        new XMLParser().parse(text, true)
        return true
      } catch {
        return false
      }
    },
    saysExpired: ({ status, text }) => status === 200 && text.includes('Invalid session'),
  })
}

/** A connection of its own for each request: what one fault ends is no other request's. */
function raw(
  url: string,
  method: string,
  body: string | undefined,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const fail = (error: Error & { code?: string }) =>
      resolve({ status: 0, type: '', text: '', pieces: 0, failed: `${error.code ?? ''} ${error.message}` })
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method, headers: { ...headers, ...length }, agent: new Agent() })
    outgoing.once('error', fail)
    outgoing.once('response', async (incoming: IncomingMessage) => {
      try {
        const chunks: Buffer[] = []
        for await (const chunk of incoming) chunks.push(chunk as Buffer)
        const text = Buffer.concat(chunks).toString('utf8')
        const type = incoming.headers['content-type'] ?? ''
        resolve({ status: incoming.statusCode ?? 0, type, text, pieces: chunks.length })
      } catch (error) {
        fail(error as Error)
      }
    })
    outgoing.end(body)
  })
}
