/** Run by crash.test.ts in a process of its own: promises a write, and dies the moment before its first byte would leave. */
import { Intents } from '../../src/gateway/intents.ts'
import { openStore } from '../../src/store/open.ts'
import { anywhere, fakeCall, fakeProblem, leasesOf } from './fakes.ts'

const [url = '', moment] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')
const store = await openStore(url)
const intents = new Intents(store, { retentionDays: 30, leases: leasesOf(store) })
await intents.write({
  call: fakeCall(),
  connection: 'netsuite',
  key: 'crash-key',
  fingerprint: 'f',
  ...anywhere,
  problemOf: fakeProblem,
  perform: async ({ binding }) => {
    if (moment === 'accepted') die()
    await binding.beforeWrite()
    die()
    return new Promise(() => {})
  },
})
