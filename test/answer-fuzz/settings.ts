/** What the environment says about a run of the answer fuzz: `SEED`, `CASES`, and `CASE` for one of them alone. */

/** For `npm test`, which has three minutes for everything. */
const SHORT = 1_000
const LONG = 15_000

export function fromEnvironment(): { seed: number; cases: number; only?: number } {
  const { SEED, CASES, CASE, LONG: long } = process.env
  return {
    seed: Number(SEED ?? 1),
    cases: Number(CASES ?? (long === undefined ? SHORT : LONG)),
    ...(CASE !== undefined && { only: Number(CASE) }),
  }
}
