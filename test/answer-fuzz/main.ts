/** The answer fuzz by itself, with a count of its own: `node dist/test/answer-fuzz/main.js --connection netsuite --cases 500`. */
import { parseArgs } from 'node:util'
import type { ErpName } from '../support/erps.ts'
import { fuzz, textOf } from './fuzz.ts'

const { values } = parseArgs({
  options: {
    connection: { type: 'string', multiple: true, default: ['netsuite', 'intacct'] },
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    case: { type: 'string' },
    lanes: { type: 'string', default: '3' },
  },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6))
for (const connection of values.connection as ErpName[]) {
  const report = await fuzz({
    ...{ connection, seed, cases: Number(values.cases), lanes: Number(values.lanes) },
    ...(values.case !== undefined && { only: Number(values.case) }),
  })
  process.stdout.write(`${textOf(report)}\n`)
  if (report.found.length > 0) process.exitCode = 1
}
