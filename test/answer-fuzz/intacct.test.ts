/** Whatever Sage Intacct answers: nothing is claimed that its books do not have. `SEED` repeats a run, `CASE` one case of it. */
import { expect, it } from 'vitest'
import { countsOf, fuzz, textOf } from './fuzz.ts'
import { OPEN_KINDS } from './open-kinds.ts'
import { fromEnvironment } from './settings.ts'

it('claims nothing that the books do not have, whatever Sage Intacct answers', async () => {
  const report = await fuzz({ connection: 'intacct', ...fromEnvironment() })
  console.log(countsOf(report))
  // What is still open is printed; everything about the books, the keys and the connection has to hold.
  if (report.found.length > 0) console.log(textOf(report))
  expect(report.found.filter(({ kind }) => !OPEN_KINDS.has(kind))).toEqual([])
}, 7_200_000)
