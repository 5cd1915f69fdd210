/** What all parts of the benchmark share: its sizes, its folder and its processes. */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxReady } from './messages.ts'
import type { Measured } from './processes.ts'

export const CUSTOMERS = 10_000
export const AT_ONCE = 4
const KEY = 'bench'
export const KEY_HEADER = { authorization: `Bearer ${KEY}` }

/** A temporary folder and the processes that have to be ended, whatever happens. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'))
  readonly #running = new Set<Measured>()

  async keep<T extends Measured>(starting: Promise<T>): Promise<T> {
    const started = await starting
    this.#running.add(started)
    return started
  }

  async stop(one: Measured): Promise<void> {
    this.#running.delete(one)
    await one.stop()
  }

  async end(): Promise<void> {
    await Promise.all([...this.#running].map((one) => one.stop()))
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** The configuration of a gateway that talks to the sandbox process. */
  configFile({ netsuite, intacct }: SandboxReady): string {
    const path = join(this.folder, 'gateway.json')
    const connections = {
      netsuite: {
        provider: 'netsuite',
        accountId: netsuite.accountId,
        baseUrl: netsuite.url,
        auth: netsuite.auth,
        concurrency: AT_ONCE,
        defaults: { arAccountId: '119', depositAccountId: '10', subsidiaryId: '1' },
      },
      intacct: {
        provider: 'intacct',
        endpoint: intacct.url,
        ...intacct.credentials,
        concurrency: AT_ONCE,
        defaults: { bankAccountId: 'BOA', advanceAccountNo: '2100', locationId: '100' },
      },
    }
    const keySha256 = createHash('sha256').update(KEY).digest('hex')
    writeFileSync(
      path,
      JSON.stringify({
        connections,
        callers: [{ name: 'bench', keySha256, scopes: ['customers:read', 'payments:write'], connections: ['*'] }],
      }),
    )
    return path
  }
}
