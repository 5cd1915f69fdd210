/** The gateway instances of a chaos run: how they are configured, and which of them a client meets. */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GatewayProcess } from './gateway-process.ts'
import { type ChaosOptions, DEADLINE_SECONDS, INTENTS } from './options.ts'
import type { SandboxProcess } from './sandbox-process.ts'

export const API_KEY = 'chaos'
const SCOPES = [
  'customers:read',
  'customers:write',
  'payments:read',
  'payments:write',
  'connections:read',
  'passthrough',
]

export function gatewaysOf(
  options: ChaosOptions,
  sandbox: SandboxProcess,
  on: ConstructorParameters<typeof GatewayProcess>[2],
): GatewayProcess[] {
  const file = join(options.folder, 'chaos.json')
  const connections = Object.fromEntries(options.erps.map((erp) => [erp, sandbox.connections[erp]]))
  const keySha256 = createHash('sha256').update(API_KEY).digest('hex')
  const callers = [{ name: 'chaos', keySha256, scopes: SCOPES, connections: ['*'] }]
  writeFileSync(
    file,
    JSON.stringify({ connections, callers, limits: { deadlineSeconds: DEADLINE_SECONDS }, intents: INTENTS }),
  )
  const environment = {
    PATH: process.env['PATH'] ?? '',
    ...{ PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'info' },
    ...{ GATEWAY_CONFIG: file, DATABASE_URL: options.databaseUrl },
  }
  return Array.from(
    { length: options.instances },
    () => new GatewayProcess(options.gatewayMain, environment, on, options.logs),
  )
}

/** Which instance a client meets. */
export class Doors {
  instances: readonly GatewayProcess[] = []
  databaseDown = false
  readonly #random: () => number
  #waiting: (() => void)[] = []

  constructor(random: () => number) {
    this.#random = random
  }
  opened(): void {
    for (const go of this.#waiting.splice(0)) go()
  }
  async url(over: AbortSignal): Promise<string> {
    for (;;) {
      over.throwIfAborted()
      const open = this.instances.flatMap(({ url }) => (url === null ? [] : [url]))
      const chosen = open[Math.floor(this.#random() * open.length)]
      if (chosen !== undefined) return chosen
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
        over.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}
