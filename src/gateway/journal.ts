/** The steps of one write, how far they came, and the rule that none is sent twice without a look. */
import { GatewayError } from '../errors.ts'
import type { StepContext, StepResult, StepRunner, Told, WriteOnce, WriteStep } from '../providers/provider.ts'
import { cutPoint } from './cut-points.ts'
import { attributed, mineOf, type Seen } from './found.ts'
import { type Entry, type Origin, StillAbsent, type Stored, Unclear } from './journal-entries.ts'
import type { OtherWrites } from './other-writes.ts'
import { Patience } from './patience.ts'
import { isRefusal } from './refusal.ts'

export class Journal implements WriteOnce {
  readonly intentId: string
  readonly promisedAt: number
  readonly origin: Origin
  readonly #entries: Entry[]
  #told: Told
  #runner: StepRunner | undefined
  #current: Entry | null = null
  #resumed = false
  #patience = Patience.none

  readonly #others: OtherWrites | null

  constructor(
    intent: { id: string; createdAt: number },
    origin: Origin,
    { stored, others = null }: { stored?: Stored; others?: OtherWrites | null } = {},
  ) {
    this.intentId = intent.id
    this.promisedAt = intent.createdAt
    this.origin = origin
    this.#others = others
    this.#entries = stored ? stored.steps.map((entry) => ({ ...entry })) : []
    this.#told = stored?.told ?? {}
  }

  /** From the store; null where the write left nothing that can be looked for. */
  static restore(
    intent: { id: string; createdAt: number; journal: string | null },
    others: OtherWrites | null = null,
  ): Journal | null {
    if (intent.journal === null) return null
    const stored = JSON.parse(intent.journal) as Stored
    return stored.steps.length === 0 ? null : new Journal(intent, stored.origin, { stored, others })
  }

  /** Steps go out through this connection from now on; what the ERP cannot do now is tried again as long as there is patience. */
  bind(runner: StepRunner | undefined, patience: Patience = Patience.none): void {
    this.#runner = runner
    this.#patience = patience
  }

  get told(): Told {
    return this.#told
  }

  /** Notes what is asked for, so that whoever answers can compare it with what the ERP has. */
  asks(asked: NonNullable<Told['asked']>): void {
    this.#told = { ...this.#told, asked }
  }

  /** The record that the call named, where what was written takes its place. */
  get replaced(): string | null {
    return this.#told.replaces === undefined ? null : this.origin.resource
  }

  get results(): StepResult[] {
    return this.#entries.flatMap(({ result }) => result ?? [])
  }

  /** As it is to be stored; null: the operation is not made of steps. */
  get text(): string | null {
    if (this.#entries.length === 0) return null
    const stored: Stored = { version: 1, origin: this.origin, told: this.#told, steps: this.#entries }
    return JSON.stringify(stored)
  }

  /** A byte of a write is about to leave: what is to be stored first. */
  leaving(): string | null {
    if (this.#current) this.#current.state = 'sending'
    return this.text
  }

  async run(steps: readonly WriteStep[], told: Told = {}): Promise<readonly StepResult[]> {
    if (this.#entries.length === 0) cutPoint('planned')
    // What was planned behind a refused step and never sent: the operation has planned anew.
    const sent = this.#entries.filter(({ state }) => state !== 'pending')
    this.#entries.splice(0, this.#entries.length, ...sent)
    this.#told = { ...this.#told, ...told }
    const added = steps.map((step): Entry => ({ step, state: 'pending', result: null }))
    this.#entries.push(...added)
    const results: StepResult[] = []
    for (const entry of added) results.push(await this.#perform(entry))
    return results
  }

  /** Finds out what became of the steps and does the rest. `mayResend`: the ERP has had its time with what was sent. */
  async resume(mayResend: boolean): Promise<void> {
    this.#resumed = true
    for (const entry of [...this.#entries]) {
      if (entry.state === 'done' || entry.state === 'refused') continue
      const resent = entry.state === 'sending'
      if (resent) {
        const found = await this.#look(entry)
        cutPoint('resolver-probed')
        if (found.outcome === 'unclear' && !(found.askAgain && mayResend)) throw new Unclear(found.detail)
        if (found.outcome === 'done') {
          this.#done(entry, found.result)
          continue
        }
        if (entry.answered && found.outcome === 'absent') {
          await this.#refused(entry, new GatewayError(entry.answered.code, entry.answered.detail, { applied: 'no' }))
        }
        if (!mayResend && found.outcome !== 'repeatable') throw new StillAbsent()
      }
      cutPoint('resolver-before-resend')
      await this.#perform(entry, resent)
      cutPoint('resolver-after-resend')
    }
    const refusal = this.#lastWord()
    // What was done before a refusal and not put back is done: part of the write is in the ERP, and that is its end.
    const isDone = ({ state }: Entry) => state === 'done'
    const partly = this.#entries.some(isDone) && !this.#entries.some((entry) => entry.restores && isDone(entry))
    if (refusal) throw new GatewayError(refusal.code, refusal.detail, { applied: partly ? 'yes' : 'no' })
  }

  /** Why the write as a whole was refused; null when something that counts worked after it. */
  #lastWord(): Entry['refusal'] | null {
    const last = this.#entries.findLast(({ restores }) => restores !== true)
    return last?.state === 'refused' ? last.refusal : null
  }

  async #perform(entry: Entry, resent = false): Promise<StepResult> {
    const second = this.#entries.indexOf(entry) === 1
    if (second) cutPoint('before-step-two')
    for (let attempt = 1; ; attempt++) {
      this.#current = entry
      try {
        const result = await this.#steps().send(entry.step, this.#context(entry))
        cutPoint('after-answer')
        if (second) cutPoint('after-step-two')
        return this.#done(entry, result)
      } catch (error) {
        const found = await this.#afterFailure(entry, error, resent || attempt > 1)
        if (!(found instanceof GatewayError)) return this.#done(entry, found)
        if (!(await this.#patience.again(found, attempt))) return await this.#refused(entry, found)
      } finally {
        this.#current = null
      }
    }
  }

  /**
   * What a failed sending came to: the step's result where the ERP has it all the same, or why it surely did nothing.
   * Throws while that is not known. Whatever the answer said, a look comes first where anything may have left: a script
   * may fail after the record was saved, and a server in front may answer for an ERP that is still at work.
   */
  async #afterFailure(entry: Entry, error: unknown, resent: boolean): Promise<StepResult | GatewayError> {
    const told = error instanceof GatewayError ? error : null
    const saysNo = told?.applied === 'no'
    if (told?.applied === 'yes') throw error
    if (entry.state !== 'sending') {
      if (told && saysNo) return told
      throw error
    }
    const found = await this.#look(entry).catch(() => null)
    if (found?.outcome === 'done' && !(found.asBefore && told && (saysNo || told.options.ended))) return found.result
    // Of a step that was sent before, the ERP may refuse the second because the first has arrived after the look.
    if (found?.outcome === 'unclear' && resent) throw new Unclear(found.detail)
    if (told && saysNo && (found !== null || !resent)) return told
    if (found?.outcome === 'repeatable' && !resent) return await this.#perform(entry, true)
    if (told?.options.ended && isRefusal(told)) entry.answered = { code: told.code, detail: told.message }
    if (told?.options.ended && (found?.outcome === 'absent' || found?.outcome === 'done'))
      return told.with({ applied: 'no' })
    throw told ? told.with({ applied: 'unknown' }) : error
  }

  /** This step did nothing. What earlier ones did is put back, or the write has to go on: nobody may say "not applied". */
  async #refused(entry: Entry, error: GatewayError): Promise<never> {
    const refusal = isRefusal(error)
    if (refusal) {
      entry.state = 'refused'
      entry.refusal = { code: error.code, detail: error.message }
    }
    if (this.results.length === 0) throw error
    const { otherwise } = entry.step
    if (!refusal || !otherwise) throw error.with({ applied: 'unknown' })
    const back: Entry = { step: otherwise, state: 'pending', result: null, restores: true }
    this.#entries.push(back)
    await this.#perform(back)
    throw error
  }

  #done(entry: Entry, result: StepResult): StepResult {
    entry.state = 'done'
    entry.result = result
    return result
  }

  /** What the ERP says to a look, even a definite no, says nothing about the write. */
  async #look(entry: Entry): Promise<Seen> {
    try {
      const found = await this.#steps().probe(entry.step, this.#context(entry))
      const { resource } = this.origin
      const isNew = this.#told.created === false ? null : resource === null && entry === this.#entries[0]
      return await attributed(
        found,
        { intentId: this.intentId, promisedAt: this.promisedAt, resource, isNew },
        this.#others,
      )
    } catch (error) {
      throw error instanceof GatewayError ? error.with({ applied: 'unknown' }) : error
    }
  }

  #context(entry: Entry): StepContext {
    const index = this.#entries.indexOf(entry)
    const earlier = this.#entries.slice(0, index).flatMap(({ result }) => result ?? [])
    const { intentId, promisedAt } = this
    const mine: StepContext['mine'] = (candidates) => mineOf(candidates, intentId, this.#others)
    return { intentId, promisedAt, index, earlier, resumed: this.#resumed, mine }
  }

  #steps(): StepRunner {
    if (!this.#runner) throw new Error('The connection has operations made of steps and nothing that sends them.')
    return this.#runner
  }
}
