/** Runs cases over several gateways at once and counts what they found. */
import type { ErpName } from '../support/erps.ts'
import { customerOperations } from './customer-operations.ts'
import type { Outcome } from './judge.ts'
import { Lane, type Profiles } from './lane.ts'
import type { FuzzOperation } from './operation.ts'
import { paymentOperations } from './payment-operations.ts'
import { Random } from './random.ts'
import { readOperations } from './read-operations.ts'

export interface FuzzOptions {
  readonly connection: ErpName
  readonly seed: number
  readonly cases: number
  /** Only this one. */
  readonly only?: number
  readonly lanes?: number
}

export interface Found {
  readonly kind: string
  readonly line: string
}

export interface FuzzReport {
  readonly connection: ErpName
  readonly seed: number
  readonly cases: number
  readonly seconds: number
  /** Of the processor, the whole process. */
  readonly busySeconds: number
  readonly found: readonly Found[]
  readonly counts: {
    readonly operations: ReadonlyMap<string, number>
    readonly mutations: ReadonlyMap<string, number>
    readonly ends: ReadonlyMap<string, number>
  }
}

const EXAMPLES = 12

const operationsOf = (connection: ErpName): FuzzOperation[] =>
  [...customerOperations, ...paymentOperations, ...readOperations].filter(
    ({ only = connection }) => only === connection,
  )

/** After these the gateway is not as it was: the next case gets another one. */
const STAYS = new Set(['it stays broken', 'read wrong afterwards too'])
/** They ask an account for what is then kept. */
const FIRST = [
  'createCustomer',
  'updateCustomer',
  'createPayment cash',
  'listCustomers',
  'listPayments',
  'getPayment',
  'listInvoices',
]

export async function fuzz({ connection, seed, cases, only, lanes = 3 }: FuzzOptions): Promise<FuzzReport> {
  const operations = operationsOf(connection)
  const profiles: Profiles = new Map()
  const started = performance.now()
  const busy = process.cpuUsage()
  const found: Found[] = []
  const counts = { operations: new Map<string, number>(), mutations: new Map(), ends: new Map() }
  const count = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1)
  let next = only ?? 0
  const end = only === undefined ? cases : only + 1
  const first = operations.filter((one) => FIRST.includes(one.name))
  const work = async (name: string) => {
    let last = 'nothing'
    const lane = await Lane.start(connection, name, profiles)
    try {
      await lane.warm(first)
      while (next < end) {
        const index = next++
        if (lane.world.isLate()) {
          await lane.renew()
          await lane.warm(first)
        }
        const operation = new Random(seed + 1, index).of(operations)
        const outcome = await lane.run(operation, seed, index).catch((error: Error) => error)
        if (outcome instanceof Error) {
          // Nothing was changed yet: what an earlier answer did to the gateway is still there.
          found.push({ kind: 'an unchanged call does not work', line: `after ${last}: ${outcome.message}` })
          await lane.renew()
          await lane.warm(first)
          continue
        }
        count(counts.operations, operation.name)
        count(counts.mutations, `${outcome.plan.kind} ${outcome.plan.moment}`)
        count(counts.ends, outcome.ended)
        if (outcome.violations.some(({ kind }) => STAYS.has(kind))) {
          await lane.renew()
          await lane.warm(first)
        }
        last = lineOf(connection, seed, index, operation, outcome)
        for (const { kind, detail } of outcome.violations) found.push({ kind, line: `${last}: ${detail}` })
      }
    } finally {
      await lane.world.close()
    }
  }
  await Promise.all(
    Array.from({ length: only === undefined ? lanes : 1 }, (_, place) => work('abcdefgh'[place] as string)),
  )
  const { user, system } = process.cpuUsage(busy)
  const times = { seconds: (performance.now() - started) / 1000, busySeconds: (user + system) / 1e6 }
  return { connection, seed, cases: end - (only ?? 0), ...times, found, counts }
}

function lineOf(
  connection: ErpName,
  seed: number,
  index: number,
  operation: FuzzOperation,
  { plan, title, note }: Outcome,
): string {
  return `SEED=${seed} CASE=${index} ${connection} ${operation.name}, exchange ${plan.exchange} (${title}), ${plan.moment} ${plan.kind} [${note}]`
}

/** How much was tried, without what it found. */
export function countsOf({ connection, seed, cases, seconds, busySeconds, counts }: FuzzReport): string {
  const table = (map: ReadonlyMap<string, number>) =>
    [...map]
      .sort(([, left], [, right]) => right - left)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  const rate = `${(cases / seconds).toFixed(0)} a second, ${((1000 * busySeconds) / cases).toFixed(0)} ms of processor each`
  return [
    `SEED=${seed} ${connection}: ${cases} changed answers in ${seconds.toFixed(0)} s (${rate})`,
    `operations: ${table(counts.operations)}`,
    `mutations: ${table(counts.mutations)}`,
    `ends: ${table(counts.ends)}`,
  ].join('\n')
}

/** With every kind of violation, the commonest first, and some examples of each. */
export function textOf(report: FuzzReport): string {
  const kinds = new Map<string, string[]>()
  for (const { kind, line } of report.found) kinds.set(kind, [...(kinds.get(kind) ?? []), line])
  return [
    countsOf(report),
    `${report.found.length} violations`,
    ...[...kinds]
      .sort(([, left], [, right]) => right.length - left.length)
      .flatMap(([kind, lines]) => [
        `${lines.length} × ${kind}`,
        ...lines.slice(0, EXAMPLES).map((line) => `    ${line}`),
      ]),
  ].join('\n')
}
