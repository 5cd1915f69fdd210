/** Both ERP sandboxes in a process of their own, with room for more requests at once than real accounts have. */
import { startIntacctSandbox } from '../../src/sandbox/intacct/index.ts'
import { startNetSuiteSandbox } from '../../src/sandbox/netsuite/index.ts'
import type { SandboxReady } from './messages.ts'

const options = { customers: Number(process.argv[2]), concurrencyLimit: 1000 }
const [netsuite, intacct] = await Promise.all([startNetSuiteSandbox(options), startIntacctSandbox(options)])
process.send?.({
  netsuite: {
    url: netsuite.url,
    accountId: netsuite.accountId,
    auth: { type: 'oauth2', ...netsuite.credentials.oauth2 },
  },
  intacct: { url: intacct.url, credentials: intacct.credentials },
} satisfies SandboxReady)
