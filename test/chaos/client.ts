/** A client as a careful one is: it repeats a write with the same Idempotency-Key until it knows how it ended. */
import { setTimeout as pause } from 'node:timers/promises'

// biome-ignore lint/suspicious/noExplicitAny: answers of any operation; what is used is checked
type Body = any

export interface Step {
  readonly label: string
  readonly path: string
  readonly body: object
  readonly key: string
  readonly prefer: string | null
  readonly givesUp: boolean
  /** Whether the ERP's books have what this step does; only asked while no other step of the payment is under way. */
  readonly inBooks: () => Promise<boolean>
}

export type Outcome =
  | { readonly kind: 'done'; readonly body: Body }
  | { readonly kind: 'gave-up' }
  | { readonly kind: 'refused'; readonly problem: Body }

/** What all clients of a run share. */
export interface World {
  /** An instance that answers, as a load balancer would choose it; waits until there is one. */
  url(): Promise<string>
  readonly apiKey: string
  readonly over: AbortSignal
  readonly note: Notes
  /** How long an operation may stay open while the storm lasts. */
  readonly patienceMs: number
}

/** What was seen, for the report. */
export class Notes {
  readonly answers = new Map<string, number>()
  /** Each is a broken promise. */
  readonly lies: string[] = []
  readonly unended: string[] = []
  readonly refused: string[] = []
  /** Answers of 500: a gateway knows what goes wrong around it. */
  readonly defects: string[] = []
  readonly operations = new Set<string>()
  /** Milliseconds from the first 202 to the operation's end. */
  readonly waits: number[] = []

  count(name: string): void {
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1)
  }
}

const REQUEST_MS = 8000
const SHORT_MS = 40

export async function untilKnown(world: World, step: Step): Promise<Outcome> {
  for (let attempt = 0; ; attempt++) {
    const answer = await send(world, 'POST', step)
    if (!answer) continue
    const { status, body } = answer
    world.note.count(status < 400 ? `${status}` : `${status} ${body.code}`)
    if (status === 202) {
      await operationEnd(world, step, answer.location)
      continue
    }
    if (status < 300) return { kind: 'done', body }
    if (status === 500) world.note.defects.push(`${step.label}: ${body.detail} (${body.requestId})`)
    await checkApplied(world, step, body)
    if (status < 500 && status !== 429 && body.code !== 'operation_in_progress') {
      world.note.refused.push(`${step.label}: ${status} ${body.code} ${body.detail}`)
      return { kind: 'refused', problem: body }
    }
    if (step.givesUp && body.applied === 'no' && attempt === 0) return { kind: 'gave-up' }
    await pause(SHORT_MS * Math.min(attempt + 1, 5), undefined, { signal: world.over })
  }
}

/** `applied` is compared with the books at once: `no` must not be there, `yes` must. */
async function checkApplied({ note }: World, step: Step, problem: Body): Promise<void> {
  if (problem.applied === 'unknown') return
  const there = await step.inBooks()
  if ((problem.applied === 'yes') !== there)
    note.lies.push(
      `${step.label}: ${problem.status} ${problem.code} says applied "${problem.applied}", the books ${there ? 'have it' : 'know nothing'} (${problem.detail})`,
    )
}

async function operationEnd(world: World, step: Step, location: string): Promise<void> {
  const { note } = world
  const first = !note.operations.has(location)
  note.operations.add(location)
  const started = performance.now()
  for (;;) {
    const answer = await send(world, 'GET', { ...step, path: location })
    if (answer?.status === 200 && ['succeeded', 'failed'].includes(answer.body.status)) {
      if (first) note.waits.push(performance.now() - started)
      return
    }
    if (answer?.status === 404) throw new Error(`${step.label}: the operation ${location} is lost.`)
    if (performance.now() - started > world.patienceMs) {
      note.unended.push(`${step.label}: ${location} is still ${answer?.body?.status ?? 'unanswered'}`)
      throw new Error(`${step.label}: the operation ${location} does not end.`)
    }
    await pause(SHORT_MS * 2, undefined, { signal: world.over })
  }
}

interface Answer {
  readonly status: number
  readonly body: Body
  readonly location: string
}

/** Null when no whole answer came: the instance died, was stopped, or is not there. */
export async function send(
  world: World,
  method: 'GET' | 'POST',
  { path, body, key, prefer }: { path: string; body?: object; key?: string; prefer?: string | null },
): Promise<Answer | null> {
  const url = await world.url()
  try {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${world.apiKey}`,
        ...(method === 'POST' && { 'content-type': 'application/json' }),
        ...(method === 'POST' && key !== undefined && { 'idempotency-key': key }),
        ...(method === 'POST' && prefer && { prefer }),
      },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
      signal: AbortSignal.any([AbortSignal.timeout(REQUEST_MS), world.over]),
    })
    const text = await answer.text()
    return {
      status: answer.status,
      body: text === '' ? null : JSON.parse(text),
      location: answer.headers.get('location') ?? '',
    }
  } catch {
    world.over.throwIfAborted()
    world.note.count('no answer')
    await pause(10)
    return null
  }
}
