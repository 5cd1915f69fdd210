/**
 * `npm run chaos`: thousands of payments while the gateway is killed and both ERPs fail. Prints its seed first; the same
 * seed draws the same payments, faults and kills (which request meets which fault depends on the machine as well).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { CUT_POINTS } from '../../src/gateway/cut-points.ts'
import type { ErpName } from '../support/erps.ts'
import { faultsOfRun, textOf } from './report.ts'
import { chaos } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    payments: { type: 'string', default: '2000' },
    provider: { type: 'string', multiple: true, default: ['netsuite', 'intacct'] },
    store: { type: 'string', default: 'sqlite' },
    instances: { type: 'string', default: '1' },
    clients: { type: 'string', default: '12' },
    /** Another build of the gateway than the one beside this file. */
    gateway: { type: 'string' },
    seconds: { type: 'string', default: '3600' },
    'no-kills': { type: 'boolean', default: false },
    'no-faults': { type: 'boolean', default: false },
  },
})
const say = (line: string) => process.stdout.write(`${line}\n`)
const seed = Number(values.seed ?? process.env['SEED'] ?? Math.floor(Math.random() * 1e9))
say(`SEED=${seed}`)
const folder = mkdtempSync(join(tmpdir(), 'chaos-'))
const built = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const kills = !values['no-kills']
try {
  const report = await chaos({
    ...{ seed, folder, say, kills, faults: !values['no-faults'] },
    payments: Number(values.payments),
    erps: values.provider as ErpName[],
    clients: Number(values.clients),
    instances: Number(values.instances),
    seconds: Number(values.seconds),
    databaseUrl: process.env['DATABASE_URL'] ?? `sqlite:${join(folder, 'chaos.db')}`,
    gatewayMain: values.gateway ?? built('src/main.js'),
    sandboxMain: built('src/sandbox/main.js'),
    cutPoints: kills ? CUT_POINTS : [],
    freeze: false,
    restartDatabase: null,
  })
  say(textOf(report))
  process.exitCode = faultsOfRun(report).length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
