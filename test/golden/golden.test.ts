/**
 * Every golden file is played: the gateway is called, each request to the ERP must be the recorded one to the byte, and the
 * answer must be the recorded one. UPDATE_GOLDEN=1 rewrites our half (requests and answers), never the vendor's.
 */
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logging.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { openStore } from '../../src/store/open.ts'
import { configFile, requester } from '../support/gateway.ts'
import { record } from '../support/traffic.ts'
import { commonOf, GOLDEN_PROVIDERS, type GoldenFile, type GoldenProvider, goldenFiles } from './files.ts'
import { type Block, printBlock, printGolden } from './format.ts'
import { type Played, type Replay, startReplay } from './replay.ts'

const UPDATE = Boolean(process.env['UPDATE_GOLDEN'])
/** The day on which all golden files happen. */
const NOW = new Date('2026-04-15T12:00:00Z')
const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
const privateKeyEncoding = { type: 'pkcs8', format: 'pem' } as const
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding, privateKeyEncoding })
const rsaKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding, privateKeyEncoding }).privateKey

/** One exchange at a time, so that their order is always the same. */
const CONNECTIONS: Readonly<Record<GoldenProvider, (url: string) => Record<string, unknown>>> = {
  netsuite: (url) => ({
    provider: 'netsuite',
    accountId: '1234567',
    baseUrl: url,
    auth: {
      type: 'oauth2',
      clientId: 'golden-client',
      certificateId: 'golden-certificate',
      privateKey,
      algorithm: 'ES256',
    },
    concurrency: 1,
    timeZone: 'UTC',
    defaults: {
      arAccountId: '119',
      depositAccountId: '10',
      subsidiaryId: '1',
      paymentMethods: { cash: '1', check: '2', wire: '3', ach: '8' },
    },
  }),
  intacct: (url) => ({
    provider: 'intacct',
    endpoint: `${url}/ia/xml/xmlgw.phtml`,
    senderId: 'golden-sender',
    senderPassword: 'golden-sender-password',
    companyId: 'golden-company',
    userId: 'xml_gateway',
    userPassword: 'golden-user-password',
    concurrency: 1,
    timeZone: 'UTC',
    defaults: {
      bankAccountId: 'BOA',
      undepositedAccountNo: '1090',
      advanceAccountNo: '2100',
      locationId: '100',
      externalIdField: 'EXTERNAL_ID',
    },
  }),
}

describe.each(GOLDEN_PROVIDERS)('%s', (provider) => {
  const common = commonOf(provider)
  const connection = CONNECTIONS[provider]
  it.each(goldenFiles(provider))('$name', async (file) => {
    expect(file.golden.comments[0]).toMatch(/^# source: \S/)
    const replay = await startReplay(file.golden, common, {
      update: UPDATE,
      ordered: !/^(list|get)/.test(file.operation),
    })
    const { blocks } = await play(file, replay, { [provider]: withOwn(file, replay.url, connection(replay.url)) })
    await replay.close()
    if (provider === 'intacct') for (const { request } of replay.played()) record(request.body)
    for (const { expected, actual } of replay.surprises) expect(actual).toBe(expected)
    if (UPDATE) writeFileSync(file.path, printGolden({ comments: file.golden.comments, blocks }))
    else expect(blocks.map(printBlock).join('\n')).toBe(file.golden.blocks.map(printBlock).join('\n'))
  })
})

const OWN_SETTINGS = /^# connection: (.+)$/

/** The settings of a file whose connection is another: JSON in a comment, added to what all share. */
function withOwn({ golden }: GoldenFile, origin: string, settings: Record<string, unknown>): Record<string, unknown> {
  const text = golden.comments.map((line) => OWN_SETTINGS.exec(line)?.[1]).find((found) => found !== undefined)
  if (text === undefined) return settings
  const { auth, ...own } = JSON.parse(text.replaceAll('{origin}', origin))
  if (auth?.type === 'tba') return { ...settings, ...own, auth }
  const key = auth?.algorithm?.startsWith('PS') ? { privateKey: rsaKey() } : {}
  return { ...settings, ...own, auth: { ...(settings['auth'] as object), ...auth, ...key } }
}

/** Makes the calls of the file one after the other; gives back the file as it went. */
async function play(
  { golden }: GoldenFile,
  replay: Replay,
  connections: Record<string, Record<string, unknown>>,
): Promise<{ blocks: Block[] }> {
  const config = readConfig(configFile(connections), {}, PROVIDERS)
  const silent = createLogger('silent', new Writable({ write: (_chunk, _encoding, done) => done() }))
  const app = await buildApp({
    config,
    store: await openStore('sqlite::memory:', () => NOW.getTime()),
    log: silent,
    now: () => NOW,
  })
  const request = requester(await app.listen({ port: 0, host: '127.0.0.1' }))
  const blocks: Block[] = []
  let cursor = ''
  try {
    for (const call of golden.blocks.filter(({ mark, title }) => mark === '===' && !/^\d/.test(title))) {
      const [method = '', path = ''] = call.title.split(' ')
      const before = replay.played().length
      const { 'idempotency-key': key, ...headers } = call.headers
      const answer = await request(method, path.replace('{cursor}', encodeURIComponent(cursor)), {
        headers,
        ...(key && { key }),
        ...(call.body !== '' && { body: call.body }),
      })
      cursor = answer.body?.page?.nextCursor ?? ''
      blocks.push(
        call,
        ...replay
          .played()
          .slice(before)
          .flatMap(({ request: asked, answer: answered }: Played) => [asked, answered]),
      )
      blocks.push({ mark: '===', title: String(answer.status), headers: {}, body: answerText(answer.text, cursor) })
    }
  } finally {
    await app.close()
  }
  return { blocks }
}

/** What is made anew every time has a name instead. */
const answerText = (text: string, cursor: string): string => {
  const named = text.replace(/"req_[A-Za-z0-9]+"/g, '"{request}"').replace(/\bop_[0-9a-z]{26}\b/g, 'op_{intent}')
  return cursor === '' ? named : named.replaceAll(cursor, '{cursor}')
}
