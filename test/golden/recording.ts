/**
 * Golden files that tests write beside their own expectations: a test shows the step that carries its name, and what the
 * gateway was asked, what it sent to the ERP, what came back and what it answered must be what stands in the file named
 * after the test. UPDATE_GOLDEN=1 writes the files.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, type TestContext } from 'vitest'
import type { Exchange, WireAnswer } from '../support/fault-proxy.ts'
import type { RequestOptions, TestGateway } from '../support/gateway.ts'
import { type Block, parseGolden, printBlock, printGolden } from './format.ts'
import { INTENT, NOT_KEPT } from './replay.ts'
import { SEED_NAMES, type SeedFolder, type SeedPage, seedFile } from './seed-names.ts'

const UPDATE = Boolean(process.env['UPDATE_GOLDEN'])
/** The moment at which all golden files happen. */
export const GOLDEN_NOW = new Date('2026-04-15T12:00:00Z')
export const SEEDS = join(import.meta.dirname, 'netsuite', 'seeds')

export interface Recording {
  /** The same gateway; its calls can be shown. */
  readonly watch: (gateway: TestGateway) => TestGateway
  /** Does the step, and keeps its calls for the golden file. */
  readonly shown: <Result>(step: () => Promise<Result>) => Promise<Result>
  /** Has the id stand as `{id of <name>}` in the file. */
  readonly called: (name: string, id: string) => void
}

/** Nothing is kept; for accounts whose wire text stands elsewhere. */
export const NO_RECORDING: Recording = { watch: (gateway) => gateway, shown: (step) => step(), called: () => {} }

/** To be called where the tests of the page are described; each of them must show something. */
export function recordSeeds(page: SeedPage, folder: SeedFolder): Recording {
  const blocks: Block[] = []
  const ids = new Map<string, string>()
  const origins: string[] = []
  let showing = false

  beforeEach(() => {
    blocks.length = 0
    ids.clear()
  })
  afterEach(({ task }: TestContext) => {
    if (task.result?.state === 'fail') return
    expect(blocks.length, 'the test shows a step').toBeGreaterThan(0)
    compare(join(SEEDS, folder, seedFile(task.name)), folder, named(blocks, ids, origins))
  })
  // Whatever is chosen to run, all tests are listed. Vitest insists on the empty pattern.
  afterAll(({}, suite) => {
    expect(suite.tasks.flatMap(namesIn).toSorted()).toEqual(SEED_NAMES[page].toSorted())
  })
  const watch = (gateway: TestGateway): TestGateway => {
    const { proxy } = gateway.erps.netsuite
    origins.push(proxy.url, gateway.sandboxes.netsuite.url)
    return {
      ...gateway,
      request: async (method, path, options = {}) => {
        const before = proxy.exchanges.length
        const answer = await gateway.request(method, path, options)
        if (!showing) return answer
        const sent = proxy.exchanges.slice(before).filter((exchange) => !ABOUT_CONNECTION.test(exchange.path))
        blocks.push(callOf(method, path, options), ...sent.flatMap(blocksOf))
        blocks.push({ mark: '===', title: String(answer.status), headers: {}, body: answer.text })
        if (answer.status === 201) ids.set(`new ${answer.body.object}`, answer.body.nativeId)
        return answer
      },
    }
  }
  const shown: Recording['shown'] = async (step) => {
    showing = true
    try {
      return await step()
    } finally {
      showing = false
    }
  }
  return { watch, shown, called: (name, id) => ids.set(name, id) }
}

type Task = { readonly name: string; readonly type: string; readonly tasks?: readonly Task[] }
const namesIn = (task: Task): string[] => (task.type === 'test' ? [task.name] : (task.tasks ?? []).flatMap(namesIn))

/** Once for a connection, whenever that is: logins, and the names and types of the account's fields. */
const ABOUT_CONNECTION = /\/oauth2\/v1\/token$|\/metadata-catalog\//

const callOf = (method: string, path: string, { body, key, headers }: RequestOptions): Block => ({
  mark: '===',
  title: `${method} ${path}`,
  headers: { ...(key !== undefined && { 'idempotency-key': key }), ...headers },
  body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
})

function blocksOf({ method, path, headers, body, answer }: Exchange): Block[] {
  const { status, headers: answered, body: text } = answer as WireAnswer
  return [
    { mark: '>>>', title: `${method} ${path}`, headers: kept(headers), body },
    { mark: '<<<', title: String(status), headers: kept(answered), body: text },
  ]
}

const kept = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => !NOT_KEPT.has(name) && name !== 'date')
      .map(([name, value]): [string, string] => [name, name === 'authorization' ? '{login}' : value])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )

/** What the ERP makes anew for every answer, and the gateway may hand on. */
const MADE_ANEW: Readonly<Record<string, string>> = { 'x-netsuite-jobid': '{job}', 'x-n-operationid': '{operation}' }
const KEYS = /key-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Names for what is made anew every time, in the order in which it turns up. */
function named(blocks: readonly Block[], ids: ReadonlyMap<string, string>, origins: readonly string[]): Block[] {
  const counted = { intent: new Map<string, string>(), key: new Map<string, string>() }
  const count = (kind: keyof typeof counted, value: string): string => {
    const known = counted[kind]
    if (!known.has(value)) known.set(value, known.size === 0 ? `{${kind}}` : `{${kind} ${known.size + 1}}`)
    return known.get(value) as string
  }
  const anew = blocks.flatMap(({ headers }) =>
    Object.entries(MADE_ANEW).flatMap(([header, what]) => (headers[header] ? [[headers[header], what] as const] : [])),
  )
  const name = (text: string): string => {
    let found = text.replace(/"req_[A-Za-z0-9]+"/g, '"{request}"')
    for (const origin of origins) found = found.replaceAll(origin, '{origin}')
    for (const [value, what] of anew) found = found.replaceAll(value, what)
    found = found.replace(new RegExp(INTENT, 'g'), (intent) => count('intent', intent))
    found = found.replace(KEYS, (key) => count('key', key))
    // Neither part of a longer number nor of an amount; in SuiteQL's parameters ids are numbers.
    for (const [what, id] of ids) found = found.replace(new RegExp(`(?<![\\d.])${id}(?![\\d.])`, 'g'), `{id of ${what}}`)
    return found
  }
  return blocks.map((block) => ({
    ...block,
    title: name(block.title),
    headers: Object.fromEntries(Object.entries(block.headers).map(([header, value]) => [header, name(value)])),
    body: name(block.body),
  }))
}

function compare(path: string, folder: SeedFolder, blocks: readonly Block[]): void {
  const [profile] = folder.split('/')
  const comments = [`# source: the sandbox's account of the kind ${profile}; each fact with its source where the sandbox has it`]
  if (UPDATE) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, printGolden({ comments, blocks }))
    return
  }
  expect(existsSync(path), `${path} is there (UPDATE_GOLDEN=1 writes it)`).toBe(true)
  const golden = parseGolden(readFileSync(path, 'utf8'))
  expect(blocks.map(printBlock).join('\n')).toBe(golden.blocks.map(printBlock).join('\n'))
}
