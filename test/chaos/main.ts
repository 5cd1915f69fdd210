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
import { startPostgres } from '../support/postgres.ts'
import { faultsOfRun, textOf } from './report.ts'
import { chaos } from './run.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    /** For each ERP. */
    payments: { type: 'string', default: '2000' },
    provider: { type: 'string', multiple: true, default: ['netsuite', 'intacct'] },
    /** `sqlite` or `postgres`, each a new one for the run. */
    store: { type: 'string', default: 'sqlite' },
    /** Two share one PostgreSQL, which is restarted in the middle; instances are frozen beyond their leases too. */
    instances: { type: 'string', default: '1' },
    clients: { type: 'string', default: '12' },
    seconds: { type: 'string', default: '7200' },
    /** Another build of the gateway than the one beside this file. */
    gateway: { type: 'string' },
    /** A folder for the log of every gateway process. */
    logs: { type: 'string' },
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
const instances = Number(values.instances)
const postgres = values.store === 'postgres' ? await startPostgres() : null
if (instances > 1 && !postgres) throw new Error('Several instances need --store postgres.')
try {
  const report = await chaos({
    ...{ seed, folder, say, kills, instances, faults: !values['no-faults'] },
    payments: Number(values.payments),
    erps: values.provider as ErpName[],
    clients: Number(values.clients),
    logs: values.logs ?? null,
    seconds: Number(values.seconds),
    databaseUrl: postgres?.url ?? `sqlite:${join(folder, 'chaos.db')}`,
    gatewayMain: values.gateway ?? built('src/main.js'),
    sandboxMain: built('src/sandbox/main.js'),
    cutPoints: kills ? CUT_POINTS : [],
    freeze: kills && instances > 1,
    restartDatabase: postgres ? () => postgres.restart() : null,
  })
  say(textOf(report))
  process.exitCode = faultsOfRun(report).length === 0 ? 0 : 1
} finally {
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
}
