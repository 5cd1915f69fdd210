/**
 * Whole messages with named places, as NetSuite's own list of errors writes them. A message is taken from its first to its last
 * character or not at all, so what a caller wrote into a place can never become the message itself.
 */
import { TEXT_FIELDS } from './field-labels.ts'
import { TAKEN_OUT } from './sent-values.ts'

/** What stands in a place: script names and numbers are the vendor's, everything else may be anything on one line. */
const PLACES: Readonly<Record<string, string>> = {
  field: `${TAKEN_OUT}|[A-Za-z]\\w{0,79}(?:\\.\\w{1,80})*`,
  textField: `${TAKEN_OUT}|${TEXT_FIELDS.join('|')}`,
  number: `${TAKEN_OUT}|-?[\\d.,]{1,40}`,
  money: `${TAKEN_OUT}|\\$?-?[\\d.,]{1,40}`,
  id: `${TAKEN_OUT}|-?\\w{1,40}`,
}
const ANYTHING = '[^\\r\\n]*'

export type Places = Readonly<Record<string, string>>

export interface Template {
  readonly text: string
  /** Whether anything may stand at its beginning or end: such a message could stand whole inside another one. */
  readonly open: boolean
  /** What stands in the places; null when it is another message. */
  readonly read: (message: string) => Places | null
}

/** `{name}` is a place. At most two of them hold anything, and messages are cut before, so that a match stays cheap. */
export function template(text: string): Template {
  const parts = text.split(/\{(\w+)\}/)
  const names = parts.filter((_, position) => position % 2 === 1)
  const source = parts.map((part, position) => (position % 2 === 1 ? `(${PLACES[part] ?? ANYTHING})` : literal(part)))
  // The full stop at the end comes and goes.
  const pattern = new RegExp(`^${source.join('').replace(/\\\.$/, '')}\\.?$`, 'i')
  const [first, last] = [parts[0], parts[parts.length - 1]]
  return {
    text,
    open: (first === '' && holdsAnything(names[0])) || (/^\.?$/.test(last ?? '') && holdsAnything(names.at(-1))),
    read: (message) => {
      const match = pattern.exec(message)
      return match && Object.fromEntries(names.map((name, at) => [name, (match[at + 1] as string).trim()]))
    },
  }
}

const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const holdsAnything = (name: string | undefined): boolean => name !== undefined && !(name in PLACES)
