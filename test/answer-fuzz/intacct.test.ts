/** Whatever Sage Intacct answers: nothing is claimed that its books do not have. `SEED` repeats a run, `CASE` one case of it. */
import { expect, it } from 'vitest'
import { countsOf, fuzz, textOf } from './fuzz.ts'
import { fromEnvironment } from './settings.ts'

it('claims nothing that the books do not have, whatever Sage Intacct answers', async () => {
  const report = await fuzz({ connection: 'intacct', ...fromEnvironment() })
  console.log(countsOf(report))
  expect(report.found, textOf(report)).toEqual([])
}, 7_200_000)
