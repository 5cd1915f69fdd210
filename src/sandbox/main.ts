/** `npm run sandbox`: both ERP sandboxes in a process of their own, with what a connection needs printed. */
import { startIntacctSandbox } from './intacct/index.ts'
import { startNetSuiteSandbox } from './netsuite/index.ts'
import { profileNamed } from './netsuite/profiles.ts'

function numberFrom(name: string, otherwise: number): number {
  const text = process.env[name]
  if (text === undefined || text === '') return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new Error(`${name} must be a whole number up to 65535, not "${text}".`)
  return number
}

const host = process.env['HOST'] ?? '127.0.0.1'
const common = { host, customers: numberFrom('CUSTOMERS', 250) }
const profile = profileNamed(process.env['NETSUITE_PROFILE'] || '2026.1').name
const netsuite = await startNetSuiteSandbox({ ...common, port: numberFrom('NETSUITE_PORT', 4001), profile })
const intacct = await startIntacctSandbox({ ...common, port: numberFrom('INTACCT_PORT', 4002) })

const { oauth2, tba } = netsuite.credentials
const connections = {
  netsuite: {
    ...{ provider: 'netsuite', accountId: netsuite.accountId, baseUrl: netsuite.url },
    auth: { type: 'oauth2', ...oauth2 },
  },
  'netsuite-tba': {
    ...{ provider: 'netsuite', accountId: netsuite.accountId, baseUrl: netsuite.url },
    auth: { type: 'tba', ...tba },
  },
  intacct: { provider: 'intacct', endpoint: intacct.url, ...intacct.credentials },
}
const netSuiteBooks = `${netsuite.url}/__sandbox/books?customer=456`
const intacctBooks = `${new URL(intacct.url).origin}/__sandbox/books?customer=ACME`
process.stdout.write(`NetSuite sandbox (profile ${profile}): ${netsuite.url}\nSage Intacct sandbox: ${intacct.url}\n`)
process.stdout.write(`The ledgers themselves: ${netSuiteBooks} and ${intacctBooks}\n`)
process.stdout.write(`Connections:\n${JSON.stringify(connections, null, 2)}\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void Promise.all([netsuite.close(), intacct.close()]).then(() => process.exit(0))
  })
}
