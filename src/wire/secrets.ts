/** What logs a connection in, so that texts of the ERP which repeat it can be told without it. */
import type { Failure } from './failure.ts'

const INSTEAD = '***'
/** Shorter ones would be found in ordinary words. */
const SHORTEST = 4
/** Tokens and sessions change: as many of the newest are known, and an ERP repeats what it was just sent. */
const MOST_RECENT = 100

export class Secrets {
  readonly #configured: readonly string[]
  readonly #recent: string[] = []

  constructor(configured: readonly string[]) {
    this.#configured = configured.flatMap(formsOf).sort(longestFirst)
  }

  /** A token, a session or an assertion that is about to be sent. */
  learn(secrets: readonly string[] = []): void {
    for (const form of secrets.flatMap(formsOf)) {
      if (this.#recent.includes(form)) continue
      this.#recent.push(form)
      if (this.#recent.length > MOST_RECENT) this.#recent.shift()
    }
  }

  text(text: string): string {
    if (text.length < SHORTEST) return text
    let clean = text
    for (const secrets of [this.#recent, this.#configured])
      for (const secret of secrets) if (clean.includes(secret)) clean = clean.replaceAll(secret, INSTEAD)
    return clean
  }

  /** Everything in it, names too; what is neither text nor a plain container stays what it is. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (Array.isArray(value)) return value.map((one) => this.value(one))
    if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [this.text(name), this.value(one)]))
  }

  failure(failure: Failure): Failure {
    const upstream = this.value(failure.upstream) as Failure['upstream']
    return { ...failure, detail: this.text(failure.detail), upstream }
  }
}

/** As it may come back: as it is, as XML, JSON and forms write it, and as text whose markup and spaces were taken out. */
function formsOf(secret: string): string[] {
  const forms = [
    secret,
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    JSON.stringify(secret).slice(1, -1),
    new URLSearchParams([['', secret]]).toString().slice(1),
    secret.replace(/<[^<>]*>/g, '').replace(/\s+/g, ' '),
  ]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST).sort(longestFirst)
}
/** One may be a part of another. */
const longestFirst = (one: string, other: string): number => other.length - one.length

/** The values of what a schema marks as `writeOnly`, wherever they are in the settings. */
export function markedSecrets(schema: unknown, settings: unknown): string[] {
  const names = new Set<string>()
  walk(schema, (name, part) => {
    if (typeof part === 'object' && part !== null && 'writeOnly' in part && part.writeOnly === true) names.add(name)
  })
  const found: string[] = []
  walk(settings, (name, value) => {
    if (names.has(name) && typeof value === 'string') found.push(value)
  })
  return found
}

function walk(value: unknown, visit: (name: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    visit(name, member)
    walk(member, visit)
  }
}
