/**
 * `npm run bench`: what the gateway costs beside a bare proxy that passes the same native request on, how long it takes
 * to start, and whether its memory stays flat. Every part is a process of its own; rounds of the targets alternate, so
 * that a busy machine slows all of them. CPU time of the process in between is the figure to trust.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loader, poolFor, type Round, runRound, type Shot, shoot, type Target } from './load.ts'
import type { ProxyReady, SandboxReady } from './messages.ts'
import { exchangesOf, nativeShot, netsuiteLogin } from './native.ts'
import { type Gateway, type Measured, startChild, startGateway } from './processes.ts'
import { median, spread, table } from './report.ts'

const CUSTOMERS = 10_000
const AT_ONCE = 4
const ROUNDS = 7
const ROUND_MS = 700
const WARM_UP_MS = 800
const STARTS = 5
const PAGES = 200
const KEY = { authorization: 'Bearer sandbox' }

type ErpName = 'netsuite' | 'intacct'
interface Case {
  readonly erp: ErpName
  readonly operation: string
  readonly path: string
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

const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
const running: Measured[] = []
const say = (text: string) => process.stdout.write(`${text}\n`)

try {
  const sandbox = await keep(startChild<SandboxReady>('./sandbox-process.js', [String(CUSTOMERS)]))
  const gateway = await keep(
    startGateway({ GATEWAY_CONFIG: configFile(sandbox.ready), DATABASE_URL: `sqlite:${join(folder, 'bench.db')}` }),
  )
  say(
    `Node ${process.version}, ${AT_ONCE} calls at once, ${ROUNDS} rounds of ${ROUND_MS} ms for each target; median (smallest–largest)\n`,
  )
  say(await costs(sandbox.ready, gateway))
  say(`\n${await memory(gateway)}`)
  await Promise.all(running.map((one) => one.stop()))
  running.length = 0
  say(`\n${await starts()}`)
} finally {
  await Promise.all(running.map((one) => one.stop()))
  rmSync(folder, { recursive: true, force: true })
}

async function keep<T extends Measured>(starting: Promise<T>): Promise<T> {
  const started = await starting
  running.push(started)
  return started
}

function configFile({ netsuite, intacct }: SandboxReady): string {
  const path = join(folder, 'gateway.json')
  const connections = {
    netsuite: {
      provider: 'netsuite',
      accountId: netsuite.accountId,
      baseUrl: netsuite.url,
      auth: netsuite.auth,
      concurrency: AT_ONCE,
    },
    intacct: { provider: 'intacct', endpoint: intacct.url, ...intacct.credentials, concurrency: AT_ONCE },
  }
  const keySha256 = createHash('sha256').update('sandbox').digest('hex')
  writeFileSync(
    path,
    JSON.stringify({
      connections,
      callers: [{ name: 'bench', keySha256, scopes: ['customers:read'], connections: ['*'] }],
    }),
  )
  return path
}

async function costs(sandbox: SandboxReady, gateway: Gateway): Promise<string> {
  const logins: Record<ErpName, Record<string, string>> = { netsuite: await netsuiteLogin(sandbox), intacct: {} }
  const rows: string[][] = []
  for (const one of CASES) {
    const { url } = sandbox[one.erp]
    const proxy = await keep(startChild<ProxyReady>('./proxy-process.js', [new URL(url).origin, String(AT_ONCE)]))
    const ours: Shot = { method: 'GET', path: one.path, headers: KEY, proof: one.proof.gateway }
    const gatewayPool = poolFor(gateway.url, AT_ONCE)
    // The first call logs in and reads reference data; the second shows what every further one sends.
    await shoot({ pool: gatewayPool, shot: ours })
    const exchanges = await exchangesOf(url, () => shoot({ pool: gatewayPool, shot: ours }))
    const native = nativeShot(exchanges.at(-1)!, logins[one.erp], one.proof.native)
    const targets = {
      direct: { pool: poolFor(url, AT_ONCE), shot: native, process: loader },
      proxy: { pool: poolFor(proxy.ready.url, AT_ONCE), shot: native, process: proxy },
      gateway: { pool: gatewayPool, shot: ours, process: gateway },
    }
    const rounds = await alternate(targets)
    rows.push(...rowsOf(one, exchanges.length, rounds))
    await Promise.all(Object.values(targets).map((target) => target.pool.close()))
    await proxy.stop()
  }
  return table(['ERP', 'call', 'through', 'exchanges', 'CPU ms a call', 'times the proxy', 'calls a second'], rows)
}

type Name = 'direct' | 'proxy' | 'gateway'
const NAMES: readonly Name[] = ['direct', 'proxy', 'gateway']

async function alternate(targets: Record<Name, Target>): Promise<Record<Name, Round[]>> {
  const rounds: Record<Name, Round[]> = { direct: [], proxy: [], gateway: [] }
  for (const name of NAMES) await runRound(targets[name], WARM_UP_MS, AT_ONCE)
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of NAMES) rounds[name].push(await runRound(targets[name], ROUND_MS, AT_ONCE))
  }
  return rounds
}

function rowsOf({ erp, operation }: Case, exchanges: number, rounds: Record<Name, Round[]>): string[][] {
  const cpu = (name: Name) => rounds[name].map((round) => round.cpuMsPerRequest)
  const proxy = median(cpu('proxy'))
  return NAMES.map((name) => [
    erp,
    operation,
    name === 'direct' ? 'nothing (the loader itself)' : name === 'proxy' ? 'a bare proxy' : 'the gateway',
    name === 'gateway' ? String(exchanges) : '1',
    spread(cpu(name), 3),
    name === 'direct'
      ? ''
      : spread(
          cpu(name).map((value) => value / proxy),
          2,
        ),
    spread(
      rounds[name].map((round) => round.perSecond),
      0,
    ),
  ])
}

/** Pages through every customer of both connections, several times over. */
async function memory(gateway: Gateway): Promise<string> {
  const pool = poolFor(gateway.url, 1)
  const samples: number[] = []
  let cursor: string | null = null
  let records = 0
  for (let page = 0; page < PAGES; page++) {
    const path: string = `/v1/customers?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`
    const body = JSON.parse(
      await shoot({ pool, shot: { method: 'GET', path, headers: KEY, proof: '"object":"list"' } }),
    ) as { data: unknown[]; page: { nextCursor: string | null } }
    cursor = body.page.nextCursor
    records += body.data.length
    samples.push((await gateway.usage()).rssBytes / 1024 / 1024)
  }
  await pool.close()
  const quarter = PAGES / 4
  const quarters = [0, 1, 2, 3].map((place) => median(samples.slice(place * quarter, (place + 1) * quarter)).toFixed(0))
  return `Memory (RSS of the gateway) while paging through ${records} customers: ${quarters.join(', ')} MB as the median of each quarter; highest ${Math.max(...samples).toFixed(0)} MB.`
}

async function starts(): Promise<string> {
  const gateways: Gateway[] = []
  for (let round = 0; round < STARTS; round++) {
    const gateway = await startGateway({
      GATEWAY_CONFIG: undefined,
      DATABASE_URL: `sqlite:${join(folder, `start-${round}.db`)}`,
    })
    gateways.push(gateway)
    await gateway.stop()
  }
  const by = (name: 'startMs' | 'wallMs') =>
    spread(
      gateways.map((gateway) => gateway[name]),
      0,
    )
  return `Start in sandbox mode, both sandboxes included, to ready: ${by('startMs')} ms by its own clock, ${by('wallMs')} ms from spawning it.`
}
