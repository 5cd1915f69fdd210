/** Sandbox mode: both embedded ERPs on loopback, a connection to each, and one key that may do everything. */
import { type CallerSettings, ConfigError, type GatewayConfig, readConfig, SANDBOX_KEY, sha256 } from './config.ts'
import { SCOPES } from './gateway/call.ts'
import type { Provider } from './providers/provider.ts'
import { startIntacctSandbox } from './sandbox/intacct/index.ts'
import { startNetSuiteSandbox } from './sandbox/netsuite/index.ts'
import type { ProfileName } from './sandbox/netsuite/profile.ts'
import { profileNamed } from './sandbox/netsuite/profiles.ts'

const caller: CallerSettings = {
  name: 'sandbox',
  keySha256: sha256(SANDBOX_KEY),
  scopes: [...SCOPES],
  connections: ['*'],
}

export interface SandboxMode {
  readonly config: GatewayConfig
  /** Where people can look at the simulated ERPs themselves. */
  readonly erps: readonly { readonly title: string; readonly url: string }[]
  close(): Promise<void>
}

function profileOf(environment: NodeJS.ProcessEnv = {}): ProfileName {
  try {
    return profileNamed(environment['NETSUITE_PROFILE'] || '2026.1').name
  } catch (error) {
    throw new ConfigError([`NETSUITE_PROFILE: ${(error as Error).message}`])
  }
}

/** Starts both sandboxes and gives the configuration that talks to them, checked as a file would be. */
export async function startSandboxMode(
  providers: readonly Provider[],
  options: { customers?: number; environment?: NodeJS.ProcessEnv } = {},
): Promise<SandboxMode> {
  const profile = profileOf(options.environment)
  const [netsuite, intacct] = await Promise.all([
    startNetSuiteSandbox({ ...options, profile }),
    startIntacctSandbox(options),
  ])
  const file = {
    connections: {
      netsuite: {
        provider: 'netsuite',
        title: profile === '2026.1' ? 'NetSuite sandbox' : `NetSuite sandbox (${profile})`,
        accountId: netsuite.accountId,
        baseUrl: netsuite.url,
        auth: { type: 'oauth2', ...netsuite.credentials.oauth2 },
        concurrency: 4,
        timeZone: 'UTC',
        defaults: {
          currency: 'USD',
          arAccountId: '119',
          depositAccountId: '10',
          // Without OneWorld there are no subsidiaries.
          ...(profile !== 'single' && { subsidiaryId: '1' }),
          paymentMethods: { cash: '1', check: '2', wire: '3', ach: '8' },
        },
      },
      intacct: {
        provider: 'intacct',
        title: 'Sage Intacct sandbox',
        endpoint: intacct.url,
        ...intacct.credentials,
        concurrency: 2,
        timeZone: 'UTC',
        customDiscounts: true,
        defaults: {
          currency: 'USD',
          bankAccountId: 'BOA',
          undepositedAccountNo: '1090',
          advanceAccountNo: '2100',
          locationId: '100',
        },
      },
    },
    callers: [caller],
  }
  const { connections } = file
  return {
    config: readConfig(file, {}, providers),
    erps: [
      { title: connections.netsuite.title, url: netsuite.url },
      { title: connections.intacct.title, url: intacct.url },
    ],
    close: async () => {
      await Promise.all([netsuite.close(), intacct.close()])
    },
  }
}
