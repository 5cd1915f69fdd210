/**
 * `npm run bench`: what the gateway costs beside a bare proxy that passes the same native request on, how long it takes
 * to start, and whether its memory stays flat. Every part is a process of its own. The CPU time of the process in
 * between is the figure to trust; calls a second also tell how busy loader, gateway and sandbox keep the machine.
 */
import { join } from 'node:path'
import { AT_ONCE, Bench, CUSTOMERS } from './bench.ts'
import { costs, ROUND_MS, ROUNDS } from './costs.ts'
import { memory, starts } from './life.ts'
import type { SandboxReady } from './messages.ts'
import { startChild, startGateway } from './processes.ts'
import { storeCosts } from './store.ts'

const say = (text: string) => process.stdout.write(`${text}\n\n`)

const bench = new Bench()
try {
  const sandbox = await bench.keep(startChild<SandboxReady>('./sandbox-process.js', [String(CUSTOMERS)]))
  const gateway = await bench.keep(
    startGateway({
      GATEWAY_CONFIG: bench.configFile(sandbox.ready),
      DATABASE_URL: `sqlite:${join(bench.folder, 'bench.db')}`,
    }),
  )
  say(
    `Node ${process.version}. ${AT_ONCE} calls at once, ${ROUNDS} rounds of ${ROUND_MS} ms each; median (smallest–largest).`,
  )
  say(await costs(bench, sandbox.ready, gateway))
  say(await memory(gateway))
  await bench.stop(gateway)
  say(await storeCosts(bench, sandbox.ready))
  await bench.stop(sandbox)
  say(await starts(bench))
} finally {
  await bench.end()
}
