/** Logins and API sessions: who is calling, in which entity, until when. */

import { type Company, newSessionId } from './company.ts'
import { AuthenticationFailure, entryOf } from './errors.ts'
import { textOf, type XmlElement } from './xml.ts'

export interface Session {
  /** Empty for a login, which lasts one request. */
  readonly id: string
  readonly userId: string
  readonly companyId: string
  /** The entity; empty at the top level. */
  readonly locationId: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly expiresAt: number
}

export class Sessions {
  readonly #company: Company
  readonly #milliseconds: number
  readonly #open = new Map<string, Session>()

  constructor(company: Company, minutes: number) {
    this.#company = company
    this.#milliseconds = minutes * 60_000
  }

  /** From the `authentication` element. Using a session starts its time again (sliding, developer docs). */
  authenticate(authentication: XmlElement): Session {
    const means = authentication.children[0]!
    if (means.name === 'sessionid') return this.#continue(means.text)
    if (means.name === 'oauth') throw new AuthenticationFailure(entryOf('signIn'))
    return this.#login(means)
  }

  /** A new session of the same user, in another entity where one is asked for. */
  open(of: Session, locationId: string): Session {
    const session = this.#timed({ ...of, id: newSessionId(), locationId })
    this.#sweep()
    this.#open.set(session.id, session)
    return session
  }

  /** Ends every session, as an administrator would. */
  endAll(): void {
    this.#open.clear()
  }

  /** Ends one, as its time does; false when it was not open. */
  end(id: string): boolean {
    return this.#open.delete(id)
  }

  knowsEntity(locationId: string): boolean {
    return locationId === '' || (this.#company.reference.get('LOCATION')?.has(locationId) ?? false)
  }

  #continue(id: string): Session {
    const found = this.#open.get(id)
    if (!found || found.expiresAt <= this.#company.now().getTime()) {
      this.#open.delete(id)
      throw new AuthenticationFailure(entryOf('session', { value: id.slice(0, 1) }))
    }
    const session = this.#timed(found)
    this.#open.set(id, session)
    return session
  }

  #login(login: XmlElement): Session {
    const { credentials } = this.#company.options
    const [companyId = '', , entity = ''] = (textOf(login, 'companyid') ?? '').split('|')
    const user = { userId: textOf(login, 'userid') ?? '', companyId: textOf(login, 'companyid') ?? '' }
    const locationId = textOf(login, 'locationid') ?? entity
    const right =
      companyId === credentials.companyId &&
      user.userId === credentials.userId &&
      textOf(login, 'password') === credentials.userPassword
    if (!right) throw new AuthenticationFailure(entryOf('signIn'), user)
    // The same text for an unknown entity: no recorded answer was found.
    if (!this.knowsEntity(locationId)) throw new AuthenticationFailure(entryOf('signIn'), user)
    return this.#timed({ ...user, id: '', locationId, startedAt: 0, expiresAt: 0 })
  }

  #timed(session: Session): Session {
    const startedAt = this.#company.now().getTime()
    return { ...session, startedAt, expiresAt: startedAt + this.#milliseconds }
  }

  /** Sessions that nobody uses any more must not pile up. */
  #sweep(): void {
    const now = this.#company.now().getTime()
    for (const [id, session] of this.#open) if (session.expiresAt <= now) this.#open.delete(id)
  }
}
