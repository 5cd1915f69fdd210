/** Plays the vendor's half of a golden file over real HTTP, and keeps what was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Block, type Golden, printBlock } from './format.ts'

/** An exchange as it was asked and answered. */
export interface Played {
  readonly request: Block
  readonly answer: Block
}

export interface Replay {
  readonly url: string
  /** What was asked beside the logins and other exchanges that all files share. */
  readonly played: () => readonly Played[]
  /** What was asked and does not stand in the file like that. */
  readonly surprises: readonly { readonly expected: string; readonly actual: string }[]
  close(): Promise<void>
}

/** About the connection, not the content. */
export const NOT_KEPT = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'user-agent'])

/** Ids of intents are made anew for every write; assertions and requests are signed anew every time. */
export const INTENT = /(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])/
const ASSERTION = /(?<=client_assertion=)([\w-]+)\.([\w-]+)\.[\w-]+/
const SIGNED = /(?<=oauth_(nonce|signature)=")[^"]+/g

interface Playing {
  readonly exchanges: readonly Played[]
  readonly common: readonly Played[]
  readonly update: boolean
  /** Around a write the order is part of the promise; reads of one call may go out side by side. */
  readonly ordered: boolean
  /** By their place in the file. */
  readonly played: Map<number, Played>
  readonly surprises: { expected: string; actual: string }[]
  /** What the placeholders of the vendor's half stand for. */
  readonly known: Map<string, string>
}

export async function startReplay(
  golden: Golden,
  common: Golden,
  { update, ordered }: { update: boolean; ordered: boolean },
): Promise<Replay> {
  const playing: Playing = {
    exchanges: exchangesOf(golden),
    common: exchangesOf(common),
    update,
    ordered,
    played: new Map(),
    surprises: [],
    known: new Map(),
  }
  const server = createServer((incoming, outgoing) => {
    void serve(playing, incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  playing.known.set('{origin}', url)
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return {
    url,
    played: () => [...playing.played.entries()].sort(([one], [other]) => one - other).map(([, exchange]) => exchange),
    surprises: playing.surprises,
    close,
  }
}

/** Requests with their answers, in order. */
export function exchangesOf({ blocks }: Golden): Played[] {
  return blocks.flatMap((block, place) => {
    const next = blocks[place + 1]
    if (block.mark !== '>>>') return []
    if (next?.mark !== '<<<') throw new Error(`Nothing answers ${block.title}`)
    return [{ request: block, answer: next }]
  })
}

async function serve(playing: Playing, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const request = requestOf(playing, incoming, Buffer.concat(chunks).toString('utf8'))
  const text = printBlock(request)
  const place = placeOf(playing, text)
  const shared = place === null ? playing.common.find((one) => printBlock(one.request) === text) : undefined
  if (shared) return answer(playing, outgoing, shared.answer)
  const next = playing.exchanges[playing.played.size]
  if (place === null && !playing.update) {
    playing.surprises.push({ expected: next ? printBlock(next.request) : '(nothing)\n', actual: text })
    return answer(playing, outgoing, { mark: '<<<', title: '400', headers: {}, body: 'Not in the golden file.' })
  }
  const found = place === null ? next : playing.exchanges[place]
  const unwritten: Block = { mark: '<<<', title: '400', headers: {}, body: 'To be written from a source.' }
  const played = { request, answer: found?.answer ?? unwritten }
  playing.played.set(place ?? playing.played.size, played)
  answer(playing, outgoing, played.answer)
}

/** Where the request stands in the file: the next place, or for reads any that was not played yet. */
function placeOf({ exchanges, played, ordered, update }: Playing, text: string): number | null {
  const places =
    ordered || update ? [played.size] : exchanges.map((_, place) => place).filter((place) => !played.has(place))
  return places.find((place) => exchanges[place] && printBlock(exchanges[place].request) === text) ?? null
}

function requestOf(playing: Playing, incoming: IncomingMessage, body: string): Block {
  const kept = Object.entries(incoming.headers).filter(([name]) => !NOT_KEPT.has(name))
  const headers = kept.map(([name, value]): [string, string] => [
    name,
    name === 'authorization' ? String(value).replace(SIGNED, '{$1}') : String(value),
  ])
  const title = `${incoming.method} ${incoming.url}`
  const intent = INTENT.exec(body)?.[0] ?? INTENT.exec(title)?.[0]
  if (intent) playing.known.set('{intent}', intent)
  const origin = playing.known.get('{origin}') as string
  const named = body.replace(ASSERTION, (_, header: string, claims: string) =>
    [decoded(header), decoded(claims).replace(origin, '{origin}').replace(JTI, '{jti}'), '{signature}'].join('.'),
  )
  return {
    mark: '>>>',
    title: intent ? title.replaceAll(intent, '{intent}') : title,
    headers: Object.fromEntries(headers.sort(([one], [other]) => (one < other ? -1 : 1))),
    body: intent ? named.replaceAll(intent, '{intent}') : named,
  }
}

/** What an assertion says, to be read by people. */
const decoded = (part: string): string => Buffer.from(part, 'base64url').toString('utf8')
const JTI = /(?<="jti":")[^"]+/

function answer(playing: Playing, outgoing: ServerResponse, block: Block): void {
  const fill = (text: string) =>
    [...playing.known].reduce((filled, [name, value]) => filled.replaceAll(name, value), text)
  const body = fill(block.body)
  const headers = Object.fromEntries(Object.entries(block.headers).map(([name, value]) => [name, fill(value)]))
  const status = Number(block.title.split(' ')[0])
  outgoing.writeHead(status, status === 204 ? headers : { ...headers, 'content-length': Buffer.byteLength(body) })
  outgoing.end(status === 204 ? undefined : body)
}
