/** Run by killed.test.ts in a process of its own: works on many intents at once, says what the store has answered, and dies by SIGKILL. */
import { writeSync } from 'node:fs'
import { newIntentId } from '../../src/store/intent-id.ts'
import { openStore } from '../../src/store/open.ts'

const [url = '', moment = ''] = process.argv.slice(2)
const AT_ONCE = 30
const DIE_AFTER = 10
const hold = { owner: 'child', fencing: 1 }
let answered = 0

const store = await openStore(url)
await Promise.all(
  Array.from({ length: AT_ONCE }, async (_, index) => {
    const wanted = { caller: 'billing', connection: 'netsuite', operation: 'createPayment', key: `key-${index}-long` }
    const id = newIntentId(Date.now())
    await store.claim({ id, ...wanted, fingerprint: 'f' }, { owner: hold.owner, until: Number.MAX_SAFE_INTEGER })
    if (moment !== 'accepted') await store.markSending(id, hold, '{"steps":[]}')
    if (moment === 'succeeded') await store.succeed(id, { answer: { status: 201, headers: {}, body: '{}' } })
    writeSync(1, `${id}\n`)
    if (++answered === DIE_AFTER) process.kill(process.pid, 'SIGKILL')
  }),
)
