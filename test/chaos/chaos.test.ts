/** The chaos run, short: both ERPs fail, the gateway dies at cut points, and every payment is there exactly once. */
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CUT_POINTS } from '../../src/gateway/cut-points.ts'
import { type Built, buildProject } from '../support/built.ts'
import { faultsOfRun, textOf } from './report.ts'
import { chaos } from './run.ts'

const long = process.env['LONG'] !== undefined
const payments = long ? 100 : 25
const seed = Number(process.env['SEED'] ?? 1)
/** The short run has every third of them, the long one all. */
const places = CUT_POINTS.filter((_, place) => long || place % 3 === seed % 3)
const seconds = long ? 600 : 240

let built: Built
beforeAll(() => {
  built = buildProject()
}, 120_000)
afterAll(() => built?.remove())

it(
  `${payments} payments on each ERP, killed at ${places.length} places: none twice, none lost, no answer untrue (SEED=${seed})`,
  async () => {
    const { folder, gatewayMain, sandboxMain } = built
    const report = await chaos({
      ...{ seed, payments, folder, gatewayMain, sandboxMain, seconds },
      erps: ['netsuite', 'intacct'],
      clients: 8,
      databaseUrl: `sqlite:${join(folder, 'chaos.db')}`,
      instances: 1,
      cutPoints: places,
      ...{ kills: long, faults: true, freeze: false, restartDatabase: null },
      logs: null,
      say: () => {},
    })
    expect(faultsOfRun(report), textOf(report)).toEqual([])
    expect(report.followed / report.payments).toBeGreaterThan(0.2)
    // Some hundred payments do not meet every rare kind of fault.
    expect(Object.keys(report.faults).filter((kind) => report.faults[kind] === 0).length).toBeLessThan(4)
  },
  (seconds + 60) * 1000,
)
