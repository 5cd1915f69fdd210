/**
 * What an answer says, parsed once. Large ones are parsed before they are classified, piece by piece with pauses: 16 MB of
 * XML take seconds, and meanwhile everybody else's calls go on. Small ones are parsed where they are read.
 */
import { setImmediate as others } from 'node:timers/promises'
import type { WireResponse } from './exchange.ts'
import { exactNumberOf, numberOf, parseExactJson, parseJson } from './json.ts'
import { JsonPieces } from './json-pieces.ts'
import { parseXml, type XmlDocument, XmlPieces } from './xml.ts'

/** Below it the whole takes less than about 20 ms. */
const LARGE_CHARACTERS = 512 * 1024
/** How long nobody else has a turn. */
const PIECE_MS = 10
const PIECE_CHARACTERS = 32 * 1024

/** What became of it: a value, or why there is none. */
type Parsed = { readonly value: unknown } | { readonly error: unknown }
const documents = new WeakMap<WireResponse, Parsed>()

const asXml = (response: WireResponse): XmlDocument => remembered(response, () => parseXml(response.body))

/** The document of an answer; throws `MalformedXml`. */
export const xmlOf: (response: WireResponse) => XmlDocument = asXml
/** The JSON of an answer; throws `SyntaxError`. */
export const jsonOf = (response: WireResponse): unknown => remembered(response, () => parseJson(response.body))
/** The same for what is only passed on; the request has to say `exactNumbers`. */
export const exactJsonOf = (response: WireResponse): unknown =>
  remembered(response, () => parseExactJson(response.body))

function remembered<T>(response: WireResponse, parse: () => T): T {
  let parsed = documents.get(response)
  if (!parsed) {
    parsed = attempt(parse)
    documents.set(response, parsed)
  }
  if ('error' in parsed) throw parsed.error
  return parsed.value as T
}

export async function parseAhead(response: WireResponse, exactNumbers = false): Promise<void> {
  const { body } = response
  if (body.length < LARGE_CHARACTERS) return
  const first = /^\s*([<{[])/.exec(body)?.[1]
  if (first === undefined) return
  const pieces = first === '<' ? new XmlPieces() : new JsonPieces(body, exactNumbers ? exactNumberOf : numberOf)
  documents.set(response, await inPieces(pieces, body))
}

/** Reads a little further with each call; `end` answers the whole. */
export interface Pieces {
  read(piece: string): void
  end(): unknown
}

async function inPieces(pieces: Pieces, body: string): Promise<Parsed> {
  try {
    let since = performance.now()
    for (let from = 0; from < body.length; from += PIECE_CHARACTERS) {
      pieces.read(body.slice(from, from + PIECE_CHARACTERS))
      if (performance.now() - since < PIECE_MS) continue
      await others()
      since = performance.now()
    }
    return { value: pieces.end() }
  } catch (error) {
    return { error }
  }
}

function attempt<T>(parse: () => T): Parsed {
  try {
    return { value: parse() }
  } catch (error) {
    return { error }
  }
}
