/** The chaos run with two instances on one PostgreSQL: one is frozen beyond its lease and goes on, the database is restarted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CUT_POINTS } from '../../src/gateway/cut-points.ts'
import { type Built, buildProject } from '../support/built.ts'
import { startPostgresIfAny, type TestPostgres } from '../support/postgres.ts'
import { faultsOfRun, textOf } from './report.ts'
import { chaos } from './run.ts'

const SECONDS = 600
const payments = 50
const seed = Number(process.env['SEED'] ?? 1)

describe.runIf(process.env['LONG'] !== undefined)('two instances', () => {
  let built: Built
  let postgres: TestPostgres | null = null
  beforeAll(async () => {
    built = buildProject()
    postgres = await startPostgresIfAny()
  }, 120_000)
  afterAll(async () => {
    built?.remove()
    await postgres?.stop()
  })

  it(
    `${payments} payments on each ERP (SEED=${seed})`,
    async ({ skip }) => {
      const server = postgres
      if (!server) return skip('there is no PostgreSQL here')
      const { folder, gatewayMain, sandboxMain } = built
      const report = await chaos({
        ...{ seed, payments, folder, gatewayMain, sandboxMain, seconds: SECONDS },
        erps: ['netsuite', 'intacct'],
        clients: 8,
        databaseUrl: server.url,
        instances: 2,
        cutPoints: CUT_POINTS,
        ...{ kills: true, faults: true, freeze: true },
        restartDatabase: () => server.restart(),
        logs: null,
        say: () => {},
      })
      expect(faultsOfRun(report), textOf(report)).toEqual([])
      expect(report.freezes).toBeGreaterThan(0)
    },
    (SECONDS + 60) * 1000,
  )
})
