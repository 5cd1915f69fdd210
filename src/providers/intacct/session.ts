/** The API session of one connection: one login in flight at a time, renewed before it ends and once after it was refused. */
import { GatewayError } from '../../errors.ts'
import type { Send, WireResponse } from '../../wire/exchange.ts'
import { childOf, textOf } from '../../wire/xml.ts'
import { type Answer, garbled, readAnswer } from './answer.ts'
import { renderEnvelope } from './envelope.ts'
import type { Settings } from './settings.ts'

export interface Session {
  readonly id: string
  /** Where Intacct would like requests, when it may be followed. */
  readonly endpoint: string | null
  /** Their clock less ours, in milliseconds. */
  readonly clockSkew: number
}

/** A session that ends within this time is not used any more: the answer has to come before the end. */
const MARGIN_MS = 60_000

export class Sessions {
  readonly #settings: Settings
  readonly #now: () => Date
  #current: Session | null = null
  /** By our clock; null when Intacct did not say. */
  #endsAt: number | null = null
  #login: Promise<Session> | null = null

  constructor(settings: Settings, now: () => Date) {
    this.#settings = settings
    this.#now = now
  }

  /** The session to use. `refused` is one that Intacct did not take any more. */
  async use(send: Send, refused: string | null = null): Promise<Session> {
    if (this.#current !== null && (this.#current.id === refused || this.#endsSoon())) this.#current = null
    if (this.#current) return this.#current
    if (this.#login === null) return this.#start(send)
    try {
      return await this.#login
    } catch (error) {
      // Somebody else's deadline is not ours: one try of our own. A wrong password stays wrong.
      if (error instanceof GatewayError && error.options.login === 'refused') throw error
      return this.#login ?? this.#start(send)
    }
  }

  /** Every answer moves the end of the session. */
  learn(session: Session, response: WireResponse): void {
    if (this.#current?.id === session.id) this.#slide(readAnswer(response), session.clockSkew)
  }

  #start(send: Send): Promise<Session> {
    const login = this.#logIn(send).finally(() => {
      if (this.#login === login) this.#login = null
    })
    this.#login = login
    return login
  }

  async #logIn(send: Send): Promise<Session> {
    const response = await send({
      method: 'POST',
      path: endpointPath(this.#settings.endpoint),
      headers: { 'content-type': 'application/xml' },
      body: renderEnvelope(this.#settings, {
        // Has to be alone in its request.
        functions: [['getAPISession', []]],
        controlId: 'getAPISession',
        once: false,
        transaction: false,
        authentication: 'login',
      }),
      effect: 'read',
      title: 'getAPISession',
      login: true,
    })
    const answer = readAnswer(response)
    const api = childOf(answer.results[0]?.data, 'api')
    const id = textOf(childOf(api, 'sessionid'))
    if (!id) throw garbled('a session id')
    const startedAt = moment(answer.sessionTimestamp)
    const session: Session = {
      id,
      endpoint: usableEndpoint(this.#settings.endpoint, textOf(childOf(api, 'endpoint'))),
      clockSkew: startedAt === null ? 0 : startedAt - this.#now().getTime(),
    }
    this.#current = session
    this.#endsAt = null
    this.#slide(answer, session.clockSkew)
    return session
  }

  #slide(answer: Answer, clockSkew: number): void {
    const end = moment(answer.sessionTimeout)
    if (end !== null) this.#endsAt = end - clockSkew
  }

  #endsSoon(): boolean {
    return this.#endsAt !== null && this.#endsAt - this.#now().getTime() < MARGIN_MS
  }
}

const moment = (text: string | null): number | null => {
  const time = text === null || text === '' ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? null : time
}

/** Path and query of where requests go. */
export function endpointPath(endpoint: string): string {
  const { pathname, search } = new URL(endpoint)
  return pathname + search
}

/**
 * Intacct names the host of the company's data centre. Whoever configured a proxy, a recorder or a simulator means it:
 * the name is followed only from one https host under intacct.com to another.
 */
export function usableEndpoint(configured: string, returned: string | null): string | null {
  if (returned === null || !URL.canParse(returned)) return null
  const ours = (url: URL) =>
    url.protocol === 'https:' && url.hostname.toLowerCase().endsWith('.intacct.com') && url.username === ''
  return ours(new URL(configured)) && ours(new URL(returned)) ? returned : null
}
