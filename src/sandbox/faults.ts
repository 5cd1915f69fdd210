/** Which requests of a sandbox meet a fault: rules that people set by a control endpoint, drawn from a seeded generator. */

/** What each kind takes beside its name. `ms` is a time in milliseconds; `when` is before or after the books were changed. */
const KINDS = {
  /** The connection ends without an answer; the books know nothing. */
  dropBeforeCommit: [],
  /** The connection ends without an answer; the books have it. */
  dropAfterCommit: [],
  /** The books have it; the connection is reset after half of the answer. */
  resetMidAnswer: [],
  /** The request waits so long, and keeps its place among those that the account may have at a time. */
  delay: ['ms', 'when'],
  /** The vendor's own words for too many requests; the books know nothing. */
  '429': [],
  /** The vendor's own words for an unexpected error. */
  '500': ['when'],
  /** The web page of a server in front. */
  '502html': ['when'],
  /** The web page of a server in front that lets nobody through. */
  '403html': ['when'],
  /** The vendor's own error document, with a code that is in none of its tables. */
  unknownError: ['when'],
  /** The books have it; what the vendor says of it comes with the status of a conflict. */
  otherStatus: [],
  /** The books have it; half of the document comes as if it were whole. */
  truncated: [],
  /** The books have it; bytes in the middle of the document are others. */
  garbled: [],
  /** The session or token of the request ends now, for good: the vendor answers as it does then. */
  expiredSession: [],
  /** The books have it; the answer comes in small pieces that take so long together. */
  slowTrickle: ['ms'],
  /** The connection ends without an answer, and for so long nobody listens at the port. */
  refuseConnections: ['ms'],
} as const satisfies Readonly<Record<string, readonly ('ms' | 'when')[]>>

export type FaultKind = keyof typeof KINDS
export const FAULT_KINDS = Object.keys(KINDS) as FaultKind[]
export type FaultMoment = 'before' | 'after'

export interface Fault {
  readonly kind: FaultKind
  readonly ms: number
  readonly when: FaultMoment
}

export type Effect = 'read' | 'write' | 'login'

/** Which requests a rule means; everything absent means all. */
interface FaultMatch {
  /** `any` is reads and writes; logins only where they are named. */
  readonly effect: Effect | 'any'
  /** A part of path and query. */
  readonly path: string
  /** A part of the body: the way to name a function where every request goes to one path. */
  readonly body: string
  /** Of the requests that fit, each so many-th. */
  readonly every: number
  /** Of these, each with this probability. */
  readonly probability: number
  /** So many faults, then no more; null for no end. */
  readonly times: number | null
}

/** What a rule can look at. */
export interface FaultRequest {
  readonly effect: Effect
  readonly target: string
  readonly body: string
}

interface Rule {
  readonly match: FaultMatch
  readonly fault: Fault
  readonly random: () => number
  seen: number
  met: number
}

/** The rules were not understood; the message says which entry. */
export class FaultRulesError extends Error {}

const LONGEST_MS = 900_000
const DEFAULT_MS: Partial<Record<FaultKind, number>> = { slowTrickle: 1000, refuseConnections: 200 }
const MATCH_KEYS = ['effect', 'path', 'body', 'every', 'probability', 'times']

/** The same rules and seed and the same sequence of requests give the same faults. */
export class Faults {
  #seed = 0
  #rules: Rule[] = []

  /** Puts `{seed?, rules: [{match?, fault}]}` in the place of what was set before. */
  set(text: string): void {
    const value = parsed(text)
    onlyKeys(value, ['seed', 'rules'], 'the body')
    if (!Array.isArray(value['rules'])) throw new FaultRulesError('rules must be a list of {match, fault}.')
    const seed = value['seed'] ?? Math.floor(Math.random() * 2 ** 31)
    if (!isWhole(seed, 0, 2 ** 32 - 1)) throw new FaultRulesError('seed must be a whole number below 2^32.')
    this.#rules = value['rules'].map((rule, place) => ruleOf(rule, `rules[${place}]`, randomFrom(seed + place * 7919)))
    this.#seed = seed
  }

  clear(): void {
    this.#rules = []
  }

  /** For `GET`: as it was set, with how often each rule was met. */
  view(): unknown {
    return { seed: this.#seed, rules: this.#rules.map(({ match, fault, seen, met }) => ({ match, fault, seen, met })) }
  }

  /** The fault for this request. The first rule that says so; `applies` may still refuse one that is not possible. */
  next(request: FaultRequest, applies: (fault: Fault) => boolean): Fault | null {
    let found: Fault | null = null
    for (const rule of this.#rules) {
      const { match } = rule
      const effectFits = match.effect === request.effect || (match.effect === 'any' && request.effect !== 'login')
      if (!effectFits || !request.target.includes(match.path) || !request.body.includes(match.body)) continue
      rule.seen += 1
      // Drawn for every request that fits, so that one rule's faults do not depend on another's.
      const drawn = rule.random() < match.probability
      if (found || !drawn || rule.seen % match.every !== 0 || rule.met >= (match.times ?? Infinity)) continue
      if (!applies(rule.fault)) continue
      rule.met += 1
      found = rule.fault
    }
    return found
  }
}

function ruleOf(value: unknown, path: string, random: () => number): Rule {
  if (!isObject(value)) throw new FaultRulesError(`${path} must be {match, fault}.`)
  onlyKeys(value, ['match', 'fault'], path)
  return {
    match: matchOf(value['match'] ?? {}, `${path}.match`),
    fault: faultOf(value['fault'], `${path}.fault`),
    random,
    seen: 0,
    met: 0,
  }
}

function matchOf(value: unknown, path: string): FaultMatch {
  if (!isObject(value)) throw new FaultRulesError(`${path} must be an object.`)
  onlyKeys(value, MATCH_KEYS, path)
  const { effect = 'any', path: part = '', body = '', every = 1, probability = 1, times = null } = value
  if (effect !== 'any' && effect !== 'read' && effect !== 'write' && effect !== 'login')
    throw new FaultRulesError(`${path}.effect must be read, write, login or any.`)
  if (typeof part !== 'string' || typeof body !== 'string')
    throw new FaultRulesError(`${path}.path and .body must be texts.`)
  if (!isWhole(every, 1, 1e9)) throw new FaultRulesError(`${path}.every must be a whole number from 1.`)
  if (typeof probability !== 'number' || probability < 0 || probability > 1)
    throw new FaultRulesError(`${path}.probability must be from 0 to 1.`)
  if (times !== null && !isWhole(times, 1, 1e9))
    throw new FaultRulesError(`${path}.times must be a whole number from 1.`)
  return { effect, path: part, body, every, probability, times }
}

function faultOf(value: unknown, path: string): Fault {
  const kind = isObject(value) ? (value['kind'] as FaultKind) : undefined
  if (!isObject(value) || !kind || !FAULT_KINDS.includes(kind))
    throw new FaultRulesError(`${path}.kind must be one of ${FAULT_KINDS.join(', ')}.`)
  const takes: readonly string[] = KINDS[kind]
  onlyKeys(value, ['kind', ...takes], path)
  const { ms = DEFAULT_MS[kind] ?? 0, when = 'before' } = value
  if (!isWhole(ms, 0, LONGEST_MS)) throw new FaultRulesError(`${path}.ms must be from 0 to ${LONGEST_MS}.`)
  if (when !== 'before' && when !== 'after') throw new FaultRulesError(`${path}.when must be before or after.`)
  return { kind, ms, when }
}

function parsed(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new FaultRulesError('The body must be JSON.')
  }
  if (!isObject(value)) throw new FaultRulesError('The body must be {seed, rules}.')
  return value
}

function onlyKeys(value: Record<string, unknown>, known: readonly string[], path: string): void {
  const odd = Object.keys(value).find((key) => !known.includes(key))
  if (odd !== undefined) throw new FaultRulesError(`${path} takes ${known.join(', ')}; ${odd} is not known.`)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isWhole = (value: unknown, from: number, to: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to

/** Mulberry32: numbers from 0 to 1 that depend on the seed alone. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
