/** What must hold whatever an ERP answers; each fault is a sentence with its kind in front. */
import type { Answer } from '../support/gateway.ts'
import type { FuzzOperation, Prepared } from './operation.ts'
import { type Difference, differences, type Leaves, type Slice } from './slices.ts'

export interface Violation {
  readonly kind: string
  readonly detail: string
}

/** How the operation goes when nothing is changed. */
export interface Profile {
  readonly before: Slice
  readonly after: Slice
  readonly answer: Leaves
  /** What differs from one case to the next by itself. */
  readonly unsteady: { readonly books: ReadonlySet<string>; readonly answer: ReadonlySet<string> }
}

export type State = 'before' | 'after' | 'other'

export function stateOf(now: Slice, { before, after, unsteady }: Profile): State {
  const same = (one: Slice) => differences(one.leaves, now.leaves, unsteady.books).length === 0
  if (same(after)) return 'after'
  return same(before) ? 'before' : 'other'
}

const WRITE_CODES = new Set([
  ...['conflict', 'not_changeable', 'confirmation_required', 'period_closed', 'operation_in_progress'],
  ...['precondition_failed', 'field_required', 'invalid_reference', 'currency_mismatch', 'idempotency_key_reused'],
  ...['allocation_exceeds_open_amount', 'allocation_exceeds_amount'],
])

/** Rules for every single answer. */
export function faultsOfAnswer(answer: Answer, operation: FuzzOperation, sent: Prepared): Violation[] {
  const { status, body } = answer
  if (status < 400) return []
  const found: Violation[] = []
  const say = (kind: string, detail: string) => found.push({ kind, detail: `${status} ${body?.code}: ${detail}` })
  if (!/^application\/problem\+json/.test(answer.headers.get('content-type') ?? ''))
    say('no problem document', answer.text.slice(0, 200))
  if (body?.code === 'internal_error') say('internal error', body.detail)
  if (operation.effect === 'read') {
    if (status === 409 || WRITE_CODES.has(body?.code)) say("a read with a write's code", body.detail)
    if (body?.applied !== 'no') say('a read that may have been applied', `applied ${body?.applied}`)
  }
  for (const { pointer } of body?.errors ?? [])
    if (body.code !== 'field_required' && !isSent(pointer, sent))
      say('a pointer at what was not sent', `${pointer} (${body.detail})`)
  return found
}

function isSent(pointer: string, { path, body }: Prepared): boolean {
  if (pointer.startsWith('?')) return new URLSearchParams(path.split('?')[1] ?? '').has(pointer.slice(1))
  // The external id of an upsert stands in its path.
  if (!pointer.startsWith('/') || (pointer === '/externalId' && path.includes('/by-external-id/'))) return true
  let at: unknown = body
  for (const part of pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null || !(part in at)) return false
    at = (at as Record<string, unknown>)[part]
  }
  return true
}

/** `applied` beside what the books have at that moment. */
export function faultsOfApplied(answer: Answer, state: State): Violation[] {
  const { status, body } = answer
  if (status < 400) return []
  const what = `${status} ${body?.code} (${body?.detail}) says applied "${body?.applied}"`
  if (body?.applied === 'no' && state !== 'before')
    return [{ kind: 'applied no, but the books have it', detail: `${what}, the books are ${state}` }]
  if (body?.applied === 'yes' && state === 'before')
    return [{ kind: 'applied yes, but the books have nothing', detail: what }]
  return []
}

export interface Told {
  readonly answer: Answer
  readonly leaves: Leaves
  readonly plausible: boolean
  readonly missing: boolean
}

/** In the answer itself, in a record of a list, or beside a connection's part of it. */
const warned = ({ body }: Answer) =>
  [body, ...(Array.isArray(body?.data) ? body.data : []), ...(body?.connections ?? [])].some(
    (one: { warnings?: unknown[] } | null) => (one?.warnings?.length ?? 0) > 0,
  )
/** Nothing is claimed. */
const UNKNOWN = new Set([undefined, 'unknown', 'other', ''])

/** What was answered beside what the books have. */
export function faultsOfContent(told: Told, profile: Profile, fields: ReadonlySet<string>): Violation[] {
  const { answer, leaves, plausible, missing } = told
  if (plausible || warned(answer) || toldWrong(answer)) return []
  const found = differences(profile.answer, leaves, profile.unsteady.answer).filter(
    (one) => !aside(one.path) && !isMore(one) && !isWhole(one),
  )
  // What is not there reads as nothing; that is a fault only of what was asked for, or what every such record has.
  const bad = found.filter(
    ({ path, found: value }) => !UNKNOWN.has(value) || (!missing && value === undefined) || fields.has(rootOf(path)),
  )
  const kind = missing ? 'lost without a word' : 'answered otherwise than booked'
  return bad.length === 0 ? [] : [{ kind, detail: shown(bad) }]
}
/** A list says it for each connection, a check in its steps. */
const toldWrong = ({ body }: Answer) =>
  body?.ok === false || body?.connections?.some((one: { status: string }) => one.status === 'error')

/** Records that are read one by one, because the query was refused, have more than a list. */
const isMore = ({ path, expected }: Difference) =>
  expected === undefined && /^\/data\/\d+\/(depositTo|arAccount|entity)\b/.test(path)
/** Number and name of a customer in the ERP's one text, where its role may not see the customer. */
const isWhole = ({ path, expected, found }: Difference) =>
  path.endsWith('/customer/name')
    ? found?.endsWith(` ${expected}`)
    : path.endsWith('/customer/number') && found === undefined

const shown = (all: readonly Difference[]) =>
  all
    .slice(0, 3)
    .map(({ path, expected, found }) => `${path} is ${expected}, answered ${found}`)
    .join('; ')
/** The field, of an entry where it is one of a list. */
const rootOf = (path: string) => path.replace(/^\/data\/\d+(?=\/)/, '').split('/')[1] ?? ''
/** Counts of pages, what is passed on as the ERP has it (all that a catalog says of itself), and what is of the call rather than the books. */
const aside = (path: string) =>
  /^(\/data\/\d+)?\/(vendorFields|customFields|idempotencyKey|label)\b/.test(path) ||
  /^\/(page|connections|warnings|totals\w*)\b|^\/steps\/\d+\/detail|statusText|durationMs|^\/(fields|relationships)\b/.test(
    path,
  )

/** A list without its entries hidden; `hit`: only one of them was touched. */
export function faultsOfList(told: Told, profile: Profile, hit: boolean): Violation[] {
  const { answer, leaves } = told
  // The sums of open items stand on every one of them: where one cannot be read there are none to tell.
  if (profile.answer.get('/object') !== 'list' || profile.answer.has('/totals/net')) return []
  const problem =
    answer.status >= 400 || answer.body?.connections?.some((one: { status: string }) => one.status === 'error')
  if (problem) return hit ? [{ kind: 'one bad record takes the list away', detail: sentenceOf(answer) }] : []
  const ids = (from: Leaves) => [...from].filter(([path]) => /^\/data\/\d+\/id$/.test(path)).map(([, id]) => id)
  const there = new Set(ids(leaves))
  const hidden = ids(profile.answer).filter((id) => !there.has(id))
  // A warning says how many; of the one that was touched the others must not be among them.
  const allowed = warned(answer) ? (hit ? 1 : hidden.length) : told.plausible ? 1 : 0
  return hidden.length > allowed
    ? [{ kind: 'records hidden', detail: `${hidden} of ${ids(profile.answer).length}` }]
    : []
}

const sentenceOf = ({ status, body }: Answer) =>
  `${status} ${body?.code ?? JSON.stringify(body?.connections)} ${body?.detail ?? ''}`
