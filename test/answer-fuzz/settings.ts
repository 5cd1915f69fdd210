/** What the environment says about a run of the answer fuzz. */

const SHORT = 1000
const LONG = 15_000

export const seedOf = (): number => Number(process.env['SEED'] ?? 1)
/** `CASES` for one's own runs. */
export const casesOf = (): number => Number(process.env['CASES'] ?? (process.env['LONG'] === undefined ? SHORT : LONG))
export const caseOf = (): { only?: number } => {
  const only = process.env['CASE']
  return only === undefined ? {} : { only: Number(only) }
}
