/** What one case changes: drawn from seed and number alone, so that it can be repeated by itself. */
import type { ErpName } from '../support/erps.ts'
import type { Exchange, WireAnswer } from '../support/fault-proxy.ts'
import type { Answer } from '../support/gateway.ts'
import type { Known } from './lane.ts'
import { KINDS, KINDS_BEFORE, MUTATIONS, type Mutated } from './mutations.ts'
import { Random } from './random.ts'

export type Call = () => Promise<Answer>

export interface Case {
  /** The number of the exchange within its operation. */
  readonly exchange: number
  readonly kind: string
  readonly moment: 'before' | 'after'
  /** The connection breaks. */
  readonly cut: 'drop-before' | 'drop-after' | 'reset-in-the-middle' | null
  /** The ERP never hears of it; this is what a changed answer is made of. */
  readonly instead: WireAnswer | null
  readonly mutate: (answer: WireAnswer, exchange: Exchange) => Mutated
}

/** What the case met. */
export interface Hit {
  exchange: Exchange | null
  mutated: Mutated | null
}

export function drawn(known: Known, erp: ErpName, seed: number, index: number): Case {
  const random = new Random(seed, index)
  const { exchanges } = known
  const places = exchanges.map((_, place) => place)
  const writes = places.filter((place) => exchanges[place]?.isWrite)
  const exchange = random.of(writes.length > 0 && random.next() < 0.5 ? writes : places)
  const isWrite = exchanges[exchange]?.isWrite === true
  const moment = isWrite && random.next() < 0.4 ? 'before' : 'after'
  const kind = random.of(moment === 'before' ? KINDS_BEFORE : KINDS)
  const cuts = moment === 'before' ? (['drop-before'] as const) : (['drop-after', 'reset-in-the-middle'] as const)
  const before = exchanges[exchange]?.answer
  return {
    ...{ exchange, kind, moment },
    cut: kind === 'reset' ? random.of<NonNullable<Case['cut']>>(cuts) : null,
    instead: moment === 'before' && before ? refusing(before) : null,
    mutate: (answer, met) => {
      const of = { erp, exchange: met }
      const mutated = MUTATIONS[kind]?.(answer, random, of) ?? (MUTATIONS['html']?.(answer, random, of) as Mutated)
      // An ERP that did nothing does not say that it did.
      const lie = moment === 'before' && kind === 'status' && mutated.answer.status < 300
      return lie ? { ...mutated, answer: { ...mutated.answer, status: 500 }, note: 'the answer with 500' } : mutated
    },
  }
}

const refusing = ({ headers: { location: _, ...headers }, body }: WireAnswer): WireAnswer => ({
  ...{ status: 503, headers, body },
})
