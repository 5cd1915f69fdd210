/** What a chaos run found, and in which words it is printed. */

export interface Report {
  readonly seed: number
  readonly store: string
  readonly erps: readonly string[]
  readonly instances: number
  readonly seconds: number
  readonly payments: number
  readonly followed: number
  /** How many of each answer the clients got. */
  readonly answers: Readonly<Record<string, number>>
  /** How many faults of each kind the ERPs made. */
  readonly faults: Readonly<Record<string, number>>
  /** Random kills; the cut points are not among them. */
  readonly kills: number
  readonly freezes: number
  /** How long the slowest end in good order took. */
  readonly slowestEndMs: number
  readonly starts: number
  readonly reached: readonly string[]
  readonly notReached: readonly string[]
  /** Milliseconds from a 202 to the end of its operation. */
  readonly waits: readonly number[]
  readonly duplicates: readonly string[]
  readonly lost: readonly string[]
  readonly differences: readonly string[]
  /** Answers whose `applied` was not true. */
  readonly lies: readonly string[]
  readonly unended: readonly string[]
  /** Definite refusals: no request of the run deserves one. */
  readonly refused: readonly string[]
  readonly broken: readonly string[]
  readonly naive: { readonly payments: number; readonly duplicates: number }
  /** Errors that the gateways logged; no defects by themselves. */
  readonly errors: readonly string[]
}

const PROMISES = ['duplicates', 'lost', 'differences', 'lies', 'unended', 'refused', 'broken', 'notReached'] as const

/** Every broken promise in a line of its own; none when the run is good. */
export function faultsOfRun(report: Report): string[] {
  const found = PROMISES.flatMap((promise) => report[promise].map((line) => `${promise}: ${line}`))
  // A run in which even the careless client had no duplicate proves nothing.
  if (report.naive.duplicates === 0) found.push('the careless client made no duplicate: the run was too kind')
  return found
}

export function textOf(report: Report): string {
  const waits = [...report.waits].sort((left, right) => left - right)
  const at = (share: number) => ((waits[Math.floor(waits.length * share)] ?? 0) / 1000).toFixed(1)
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  const faults = faultsOfRun(report)
  return [
    `seed ${report.seed}, ${report.erps.join(' and ')}, ${report.store}, ${report.instances} instance(s): ${report.payments} payments, ${report.followed} of them applied, unapplied or voided afterwards, ${report.seconds.toFixed(0)} s`,
    `${report.starts} starts, ${report.kills} random ends (the slowest orderly one took ${(report.slowestEndMs / 1000).toFixed(1)} s), ${report.freezes} times frozen, ${report.reached.length} cut points: ${report.reached.join(', ')}`,
    `answers: ${list(report.answers)}`,
    `faults of the ERPs: ${list(report.faults)}`,
    `${waits.length} operations answered 202 first; they ended after ${at(0.5)} s (median), ${at(0.99)} s (99 %)`,
    `duplicates ${report.duplicates.length}, lost ${report.lost.length}, differences ${report.differences.length}, untrue answers ${report.lies.length}, open operations ${report.unended.length}`,
    `the careless client beside it: ${report.naive.duplicates} of ${report.naive.payments} payments more than once`,
    ...faults.slice(0, 60),
    ...(faults.length > 0 ? report.errors.slice(-20) : []),
    ...(faults.length > 60 ? [`and ${faults.length - 60} more`] : []),
  ].join('\n')
}
