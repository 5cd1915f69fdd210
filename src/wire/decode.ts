/** The bytes of an answer as text, strictly: a byte that is no character of the declared encoding makes it unreadable. */
import { type RawAnswer, UnreadableAnswer } from './sockets.ts'

const UTF_8 = new TextDecoder('utf-8', { fatal: true })
const CHARSET = /;\s*charset\s*=\s*"?([^\s";]+)/i
/** A header's value longer than this says nothing that is looked for. */
const HEADER_LIMIT = 400

export function textOfAnswer({ headers, bytes }: RawAnswer): string {
  const coding = headers['content-encoding'] ?? 'identity'
  // None is asked for (`accept-encoding` is not sent).
  if (!/^\s*identity\s*$/i.test(coding.slice(0, HEADER_LIMIT))) throw new UnreadableAnswer('It is compressed.')
  const type = headers['content-type'] ?? ''
  const charset = CHARSET.exec(type.slice(0, HEADER_LIMIT))?.[1]?.toLowerCase() ?? 'utf-8'
  if (charset === 'utf-8' || charset === 'utf8') return utf8(bytes)
  // The byte is the code point. A TextDecoder of that name would read windows-1252 instead.
  if (charset === 'iso-8859-1' || charset === 'latin1') return bytes.toString('latin1')
  if (charset === 'us-ascii' || charset === 'ascii') return ascii(bytes)
  throw new UnreadableAnswer('Its encoding is neither UTF-8 nor ISO 8859-1.')
}

function utf8(bytes: Buffer): string {
  try {
    return UTF_8.decode(bytes)
  } catch {
    throw new UnreadableAnswer('It is not valid UTF-8.')
  }
}

function ascii(bytes: Buffer): string {
  if (bytes.some((byte) => byte > 0x7f)) throw new UnreadableAnswer('It is not plain ASCII, as it says.')
  return bytes.toString('latin1')
}
