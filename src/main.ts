/** Starts the gateway: configuration or sandbox mode, store, server, and a clean stop on signals. */
import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { ConfigError, loadConfig, SANDBOX_KEY } from './config.ts'
import { armCutPoint } from './gateway/cut-points.ts'
import { createLogger, describeError } from './logging.ts'
import { PROVIDERS } from './providers/index.ts'
import { openStore } from './store/open.ts'

async function main(): Promise<void> {
  const { env } = process
  armCutPoint(env['GATEWAY_CUT_POINT'], () => process.kill(process.pid, 'SIGKILL'))
  const log = createLogger(env['LOG_LEVEL'] ?? 'info')
  const configPath = env['GATEWAY_CONFIG']
  // The sandboxes are loaded only where they are used.
  const sandbox = configPath
    ? null
    : await import('./sandbox-mode.ts').then(async (mode) => ({
        key: SANDBOX_KEY,
        ...(await mode.startSandboxMode(PROVIDERS, { environment: env })),
      }))
  const config = sandbox?.config ?? loadConfig(configPath as string, env, PROVIDERS)
  const store = await openStore(env['DATABASE_URL'] ?? 'sqlite:./data/gateway.db')
  const app = await buildApp({ config, store, log, ...(sandbox && { sandboxKey: sandbox.key }) })

  closeWithGrace({ delay: 30_000, logger: false }, async ({ signal, err }) => {
    if (err) log.fatal({ error: describeError(err) }, 'stopping after a defect')
    else log.info({ signal }, 'stopping')
    await app.close()
    await sandbox?.close()
  })

  const address = await app.listen({
    port: portOf(env['PORT']),
    host: env['HOST'] ?? (sandbox ? '127.0.0.1' : '0.0.0.0'),
  })
  log.info(
    {
      address,
      startMs: Math.round(performance.now()),
      mode: sandbox ? 'sandbox' : 'configured',
      connections: config.connections.map((one) => one.name),
    },
    'ready',
  )
  if (sandbox) greet(address, sandbox)
}

function portOf(value: string | undefined): number {
  const port = Number(value ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new ConfigError(['PORT: must be a port number'])
  return port
}

const line = (title: string, value: string): string => `  ${title.padEnd(22)}${value}`

function greet(address: string, sandbox: { key: string; erps: readonly { title: string; url: string }[] }): void {
  process.stderr.write(
    [
      '',
      line('Docs page', `${address}/docs`),
      line('API key', sandbox.key),
      ...sandbox.erps.map(({ title, url }) => line(title, url)),
      '',
      '',
    ].join('\n'),
  )
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  )
  process.exit(1)
})
