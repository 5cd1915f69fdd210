/** Calls as a careful client does until it knows how it ended, and holds every answer against the sandbox's books. */
import type { Answer } from '../support/gateway.ts'
import type { Call, Case, Hit } from './cases.ts'
import type { Known } from './lane.ts'
import type { FuzzOperation, Prepared } from './operation.ts'
import * as oracle from './oracle.ts'
import type { FuzzWorld } from './world.ts'

export interface Outcome {
  readonly violations: readonly oracle.Violation[]
  readonly plan: Case
  readonly title: string
  readonly note: string
  /** How it ended, for the counts: the last status and code. */
  readonly ended: string
}

export interface Trial {
  readonly operation: FuzzOperation
  readonly known: Known
  readonly plan: Case
  readonly hit: Hit
  readonly call: Call
  readonly prepared: Prepared
}

const MOST_TRIES = 6
const MAIN = ['id', 'amount', 'currency', 'date', 'customer', 'total', 'openAmount', 'applications', 'name']

export async function judged(world: FuzzWorld, trial: Trial): Promise<Outcome> {
  const violations: oracle.Violation[] = []
  const say = (kind: string, detail: string) => violations.push({ kind, detail })
  let last: Answer | null = null
  try {
    last = await tried(world, trial, violations)
    if (last) await content(world, trial, last, violations)
    world.erp.proxy.mend()
    await usable(world, trial, violations)
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    say(detail.startsWith('The answer (') ? 'an answer that is not in the OpenAPI document' : 'the case broke', detail)
  }
  const { plan, known, hit } = trial
  const note = hit.exchange === null ? 'not met' : (hit.mutated?.note ?? plan.cut ?? '')
  const title = known.exchanges[plan.exchange]?.title ?? ''
  const ended = last === null ? 'nothing' : last.status < 400 ? `${last.status}` : `${last.status} ${last.body?.code}`
  return { violations, plan, title, note, ended }
}

async function tried(world: FuzzWorld, trial: Trial, violations: oracle.Violation[]): Promise<Answer | null> {
  const { operation, known, call, prepared } = trial
  let retried = false
  for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
    const answer = await call()
    violations.push(...oracle.faultsOfAnswer(answer, operation, prepared))
    const { status, body } = answer
    if (status === 202) {
      if ((await world.settled(answer.headers.get('location') ?? '')) === null) {
        violations.push({
          kind: 'does not end',
          detail: `${body.status} ${body.problem?.code} ${body.problem?.detail}`,
        })
        return null
      }
      continue
    }
    if (status < 300) return answer
    if (operation.effect === 'write')
      violations.push(...oracle.faultsOfApplied(answer, oracle.stateOf(world.slices.slice(), known)))
    const final = status < 500 && status !== 429 && body?.code !== 'operation_in_progress'
    if (final || (operation.effect === 'read' && !body?.retryable)) return answer
    // Refused a second time, because the first try met the rest that an earlier case left.
    if (retried && !operation.login && !trial.hit.mutated?.refusesLogin)
      violations.push({ kind: 'a retry that does not work', detail: `${status} ${body?.code} ${body?.detail}` })
    retried = true
    world.advance(Number(answer.headers.get('retry-after') ?? 1))
  }
  violations.push({ kind: 'does not end', detail: `${MOST_TRIES} tries` })
  return null
}

async function content(world: FuzzWorld, trial: Trial, answer: Answer, violations: oracle.Violation[]): Promise<void> {
  const { operation, known, hit, prepared, plan } = trial
  const { mutated } = hit
  const lastWrite = known.exchanges.findLastIndex(({ isWrite }) => isWrite)
  const planned = operation.effect === 'write' && plan.exchange < lastWrite
  // What is read wrong before the write, in a way that could be true, leads to another write.
  const plausible = mutated?.plausible === true || (planned && mutated?.missing === true)
  const told = {
    ...{ answer, plausible, missing: mutated?.missing === true },
    leaves: world.slices.leavesOf(answer.body),
  }
  if (operation.effect === 'read') {
    violations.push(...oracle.faultsOfList(told, known, mutated?.ofRecord === true))
    if (answer.status < 300) violations.push(...oracle.faultsOfContent(told, known, new Set(MAIN)))
    return
  }
  const state = oracle.stateOf(world.slices.slice(), known)
  if (answer.status >= 300) {
    if (answer.body?.applied === 'unknown')
      violations.push({ kind: 'a final answer that does not know', detail: `${answer.status} ${answer.body.code}` })
    return
  }
  if (state !== 'after' && !(plausible && planned)) {
    const detail = `${answer.status}, the books are ${state}: ${shape(world, trial)}`
    violations.push({ kind: isTwice(world, known) ? 'booked twice' : 'success, but not in the books', detail })
  }
  const sent = new Set([...Object.keys(prepared.body ?? {}), ...MAIN])
  violations.push(...oracle.faultsOfContent(told, known, sent))
  await repeated(world, trial, answer, violations)
}

/** The same key again is the same answer, and nothing more happens. */
async function repeated(world: FuzzWorld, trial: Trial, answer: Answer, violations: oracle.Violation[]): Promise<void> {
  const before = world.slices.slice()
  const again = await trial.call()
  if (again.status !== answer.status || again.text.length !== answer.text.length)
    violations.push({
      kind: 'repeated otherwise',
      detail: `${answer.status}, then ${again.status} ${again.body?.code ?? ''}`,
    })
  const after = { ...trial.known, before, after: before }
  if (oracle.stateOf(world.slices.slice(), after) === 'other')
    violations.push({ kind: 'booked twice', detail: 'by the same key, after its success' })
}

function isTwice(world: FuzzWorld, { before, after }: Known): boolean {
  const { documents } = world.slices.slice()
  const most = (kind: string) => Math.max(before.documents[kind] ?? 0, after.documents[kind] ?? 0)
  return Object.entries(documents).some(([kind, count]) => count > most(kind))
}

function shape(world: FuzzWorld, { known }: Trial): string {
  const { leaves } = world.slices.slice()
  const found = [...leaves].filter(
    ([path, value]) => !known.unsteady.books.has(path) && known.after.leaves.get(path) !== value,
  )
  const lost = [...known.after.leaves].filter(([path]) => !known.unsteady.books.has(path) && !leaves.has(path))
  const text = (all: [string, string][]) =>
    all
      .slice(0, 3)
      .map(([path, value]) => `${path}=${value}`)
      .join(' ')
  return `has ${text(found)}; lacks ${text(lost)}`
}

/** Whatever one answer was, the connection goes on working, and what was read wrong once is not remembered. */
async function usable(world: FuzzWorld, trial: Trial, violations: oracle.Violation[]): Promise<void> {
  const { operation, hit, call, known } = trial
  const path = `/v1/customers/${world.erp.seed.customer}?fields=name`
  const again = operation.effect === 'read' ? call : () => world.request('GET', path)
  const answer = await again()
  if (answer.status === 200) {
    // What could be true may be kept for a while.
    if (operation.effect === 'write' || hit.mutated?.plausible) return
    const told = { answer, leaves: world.slices.leavesOf(answer.body), plausible: false, missing: false }
    const wrong = oracle.faultsOfContent(told, known, new Set())
    violations.push(...wrong.map(({ detail }) => ({ kind: 'read wrong afterwards too', detail })))
    return
  }
  const login = (hit.exchange !== null && world.erp.isLogin(hit.exchange)) || hit.mutated?.refusesLogin === true
  const said = `${answer.status} ${answer.body?.code} ${answer.body?.detail}`
  if (!login) violations.push({ kind: 'afterwards it does not work', detail: said })
  world.advance(61)
  const later = await again()
  if (later.status !== 200) violations.push({ kind: 'it stays broken', detail: `${later.status} ${later.text}` })
}
