/** Which row of the closed list takes an error: by number, by a whole message, or both. */
import type { Applied, FailureCode } from '../../errors.ts'
import type { AnswerError } from './answer.ts'
import { type Message, match, type Template, type TextRow, templateOf } from './failure-template.ts'
import { FENCE_TEXT, type Level, TEXT_ROWS } from './failure-texts.ts'
import { pathsIn } from './failure-words.ts'
import { marked, type Sent } from './sent-values.ts'

/** What is said of an answer, by the closed list or by a guess. */
export interface Recognised {
  readonly code: FailureCode
  readonly paths: readonly string[]
  readonly applied?: Applied
  readonly login?: 'refused' | 'ended'
}

interface Ready extends TextRow {
  readonly templates: readonly Template[]
}

const ready = (row: TextRow): Ready => ({
  ...row,
  templates: (typeof row.text === 'string' ? [row.text] : (row.text ?? [])).map(templateOf),
})
const ROWS: Readonly<Record<Level, readonly Ready[]>> = {
  control: TEXT_ROWS.control.map(ready),
  authentication: TEXT_ROWS.authentication.map(ready),
  function: TEXT_ROWS.function.map(ready),
}
const FENCE = templateOf(FENCE_TEXT)

/** What is longer is no message of the list. */
const LONGEST_MESSAGE = 4096

export function recognise(
  error: AnswerError,
  level: Level,
  { status, sent }: { status: number; sent: Sent },
): Recognised | null {
  // A message that is what the call sent, from end to end, says nothing.
  const messages = [...error.texts, error.number]
    .filter((text) => text !== '' && text.length <= LONGEST_MESSAGE && !sent.values.has(text))
    .map((text) => marked(text, sent))
  if (isFence(messages, level, sent)) return { code: 'conflict', paths: [], applied: 'yes' }
  const rows = ROWS[level].filter((row) => mayBe(row, error, status, sent))
  return byText(rows, messages) ?? byNumber(rows)
}

/** The fence was met where it names a control id of this very request; at which level is not documented. */
const isFence = (messages: readonly Message[], level: Level, sent: Sent): boolean =>
  level !== 'authentication' &&
  messages.some((message) => {
    const id = match(FENCE, message)?.['controlid']
    return id !== undefined && sent.controlIds.has(id)
  })

const mayBe = (row: Ready, error: AnswerError, status: number, sent: Sent): boolean =>
  (row.number === undefined ||
    (typeof row.number === 'string' ? row.number === error.number : row.number.test(error.number))) &&
  (row.status === undefined || row.status === status) &&
  (row.exchange === undefined || sent.exchange === null || row.exchange === sent.exchange)

/** The message that begins with the most fixed words decides: what follows them may be an echo. */
function byText(rows: readonly Ready[], messages: readonly Message[]): Recognised | null {
  let best: { row: Ready; slots: Readonly<Record<string, string>>; length: number } | null = null
  for (const row of rows)
    for (const template of row.templates)
      for (const message of messages) {
        const length = template.slots.length === 0 ? Number.POSITIVE_INFINITY : (template.fixed[0] as string).length
        if (best !== null && length <= best.length) continue
        const slots = match(template, message)
        if (slots !== null) best = { row, slots, length }
      }
  return best === null ? null : { ...said(best.row), paths: best.row.paths ?? pathsOf(best.slots) }
}

function byNumber(rows: readonly Ready[]): Recognised | null {
  const row = rows.find(({ number, templates }) => number !== undefined && templates.length === 0)
  return row === undefined ? null : { ...said(row), paths: row.paths ?? [] }
}

const said = ({ code, applied, login }: TextRow): Omit<Recognised, 'paths'> => ({
  code,
  ...(applied !== undefined && { applied }),
  ...(login !== undefined && { login }),
})

/** "{fields}" lists names, with the object before them or not; "{field}" is a name or the word for one. */
function pathsOf({ fields, field }: Readonly<Record<string, string>>): readonly string[] {
  if (fields !== undefined)
    return [...fields.toUpperCase().matchAll(/[A-Z][A-Z0-9_.]*(?!\w*\s*:)/g)].map(([name]) => name)
  if (field === undefined) return []
  return /^[a-z0-9_.]+$/.test(field) ? [field.toUpperCase(), ...pathsIn(field)] : pathsIn(field)
}
