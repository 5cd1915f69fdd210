/** What a call costs beside the same native request through a bare proxy, and straight to the ERP. */
import { AT_ONCE, type Bench, KEY_HEADER } from './bench.ts'
import { loader, poolFor, type Round, runRound, type Shot, shoot, type Target } from './load.ts'
import type { ProxyReady, SandboxReady } from './messages.ts'
import { exchangesOf, nativeShot, netsuiteLogin } from './native.ts'
import { type Gateway, startChild } from './processes.ts'
import { median, spread, table } from './report.ts'

export const ROUNDS = 5
export const ROUND_MS = 600
/** Until the code is compiled; that takes some thousand calls. */
const WARM_UP_MS = 3000

interface Case {
  readonly erp: 'netsuite' | 'intacct'
  readonly operation: string
  readonly path: string
  /** What a good answer has in it: ours and the ERP's. */
  readonly proof: { readonly gateway: string; readonly native: string }
}
const CASES: readonly Case[] = [
  {
    erp: 'netsuite',
    operation: 'getCustomer',
    path: '/v1/customers/cus_netsuite_456',
    proof: { gateway: '"object":"customer"', native: 'Acme' },
  },
  {
    erp: 'netsuite',
    operation: 'listCustomers, 200',
    path: '/v1/customers?connection=netsuite&limit=200',
    proof: { gateway: '"object":"list"', native: '"count":' },
  },
  {
    erp: 'intacct',
    operation: 'getCustomer',
    path: '/v1/customers/cus_intacct_ACME',
    proof: { gateway: '"object":"customer"', native: 'ACME' },
  },
  {
    erp: 'intacct',
    operation: 'listCustomers, 200',
    path: '/v1/customers?connection=intacct&limit=200',
    proof: { gateway: '"object":"list"', native: '<CUSTOMER>' },
  },
]

const WAYS = { direct: 'nothing (the loader)', proxy: 'a bare proxy', gateway: 'the gateway' } as const
type Way = keyof typeof WAYS
const ALL_WAYS = Object.keys(WAYS) as Way[]

export async function costs(bench: Bench, sandbox: SandboxReady, gateway: Gateway): Promise<string> {
  const logins = { netsuite: await netsuiteLogin(sandbox), intacct: {} }
  const rows: string[][] = []
  for (const one of CASES) rows.push(...(await costOf(bench, one, sandbox[one.erp].url, gateway, logins[one.erp])))
  return table(['ERP', 'call', 'through', 'exchanges', 'CPU ms a call', 'times the proxy', 'calls a second'], rows)
}

async function costOf(
  bench: Bench,
  one: Case,
  erpUrl: string,
  gateway: Gateway,
  login: Readonly<Record<string, string>>,
): Promise<string[][]> {
  const proxy = await bench.keep(
    startChild<ProxyReady>('./proxy-process.js', [new URL(erpUrl).origin, String(AT_ONCE)]),
  )
  const gatewayPool = poolFor(gateway.url, AT_ONCE)
  const ours: Shot = { method: 'GET', path: one.path, headers: KEY_HEADER, proof: one.proof.gateway }
  // The first call logs in and reads reference data; the second shows what every further one sends.
  await shoot({ pool: gatewayPool, shot: ours })
  const exchanges = await exchangesOf(erpUrl, () => shoot({ pool: gatewayPool, shot: ours }))
  const native = nativeShot(exchanges.at(-1)!, login, one.proof.native)
  const targets: Record<Way, Target> = {
    direct: { pool: poolFor(erpUrl, AT_ONCE), shot: native, process: loader },
    proxy: { pool: poolFor(proxy.ready.url, AT_ONCE), shot: native, process: proxy },
    gateway: { pool: gatewayPool, shot: ours, process: gateway },
  }
  const rounds = await alternate(targets)
  await Promise.all(Object.values(targets).map((target) => target.pool.close()))
  await bench.stop(proxy)
  return rowsOf(one, exchanges.length, rounds)
}

/** One round of each after the other, so that a busy machine slows all of them. */
async function alternate(targets: Record<Way, Target>): Promise<Record<Way, Round[]>> {
  const rounds: Record<Way, Round[]> = { direct: [], proxy: [], gateway: [] }
  for (const way of ALL_WAYS) await runRound(targets[way], WARM_UP_MS, AT_ONCE)
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ALL_WAYS) rounds[way].push(await runRound(targets[way], ROUND_MS, AT_ONCE))
  }
  return rounds
}

function rowsOf({ erp, operation }: Case, exchanges: number, rounds: Record<Way, Round[]>): string[][] {
  const cpu = (way: Way) => rounds[way].map((round) => round.cpuMsPerRequest)
  const proxy = median(cpu('proxy'))
  return ALL_WAYS.map((way) => [
    erp,
    operation,
    WAYS[way],
    way === 'gateway' ? String(exchanges) : '1',
    spread(cpu(way), 3),
    way === 'direct'
      ? ''
      : spread(
          cpu(way).map((value) => value / proxy),
          2,
        ),
    spread(
      rounds[way].map((round) => round.perSecond),
      0,
    ),
  ])
}
