/** Whatever NetSuite answers: nothing is claimed that its books do not have. `SEED` repeats a run, `CASE` one case of it. */
import { expect, it } from 'vitest'
import { fuzz, textOf } from './fuzz.ts'
import { caseOf, casesOf, seedOf } from './settings.ts'

it('claims nothing that the books of NetSuite do not have', async () => {
  const report = await fuzz({ connection: 'netsuite', seed: seedOf(), cases: casesOf(), ...caseOf() })
  console.log(textOf(report))
  expect(report.found, textOf(report)).toEqual([])
}, 3_600_000)
