/** Run by crash.test.ts in a process of its own: promises a write, and dies the moment before its first byte would leave. */
import { Intents } from '../../src/gateway/intents.ts'
import { openStore } from '../../src/store/open.ts'
import { fakeCall, fakeProblem } from './fakes.ts'

const [url = '', moment] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')
const intents = new Intents(await openStore(url), { retentionDays: 30 })
await intents.write({
  call: fakeCall(),
  connection: 'netsuite',
  key: 'crash-key',
  fingerprint: 'f',
  problemOf: fakeProblem,
  perform: async ({ binding }) => {
    if (moment === 'accepted') die()
    await binding.beforeWrite()
    die()
    return new Promise(() => {})
  },
})
