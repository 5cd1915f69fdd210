/** Whole messages of Intacct with named slots: "There is no due on the invoice {value}". Never a part of a message. */

import type { Applied, FailureCode } from '../../errors.ts'

/** What one row of the table says; `text` is one whole message or several. */
export interface TextRow {
  readonly number?: string | RegExp
  readonly text?: string | readonly string[]
  /** The HTTP status that belongs to it, where it is not 200. */
  readonly status?: number
  readonly code: FailureCode
  /** Absent: what a write came to is not known. */
  readonly applied?: Applied
  readonly login?: 'refused' | 'ended'
  /** Which exchange can be answered so: one that logs in, or one with a session. */
  readonly exchange?: 'login' | 'session'
  /** Vendor paths of the field that is to blame; a slot `field` names one by itself. */
  readonly paths?: readonly string[]
  readonly source: string
}

/** Numbers of the layers that check before they write: business logic, data, permissions. */
export const CHECKED = /^(?:BL|DL|PL)\d{8}$/

/** What may stand in a slot. Everything else is `value`: what the ERP echoes, of any form. */
const FORMS: Readonly<Record<string, RegExp>> = {
  /** A word of the ERP's own for a kind of record or a field. */
  kind: /^[a-z][a-z \-/]{0,39}$/,
  field: /^[a-z][a-z0-9_ .\-/]{0,59}$/,
  key: /^\d{1,18}$/,
  /** One word, or one value of the call. */
  id: /^\S{1,100}$/,
}

export interface Template {
  /** What stands between the slots, in lower case. */
  readonly fixed: readonly string[]
  readonly slots: readonly string[]
}

export function templateOf(notation: string): Template {
  const parts = normal(notation).split(/\{([a-z]+)\}/)
  return {
    fixed: parts.filter((_, index) => index % 2 === 0),
    slots: parts.filter((_, index) => index % 2 === 1),
  }
}

/** A text in which one character stands for each value that the call sent: no word of the list is found in them. */
export interface Message {
  readonly text: string
  readonly sentAs: (mark: string) => string
}

/**
 * The slots of a message that is the template from end to end, else null. Fixed parts are found from left to right, the
 * last one at the end: one pass, however the values look.
 */
export function match(template: Template, { text, sentAs }: Message): Readonly<Record<string, string>> | null {
  const { fixed, slots } = template
  const first = fixed[0] as string
  const last = fixed.at(-1) as string
  if (slots.length === 0) return text === first ? {} : null
  if (!text.startsWith(first) || !text.endsWith(last)) return null
  const found: Record<string, string> = {}
  let from = first.length
  for (const [index, slot] of slots.entries()) {
    const next = fixed[index + 1] as string
    const to = index === slots.length - 1 ? text.length - last.length : text.indexOf(next, from)
    if (to < from) return null
    const raw = text.slice(from, to)
    const value = raw.replace(MARKS, sentAs)
    if (FORMS[slot]?.test(slot === 'id' ? raw : value) === false) return null
    found[slot] = value
    from = to + next.length
  }
  return found
}

/** Characters of private use; a text of the ERP has none, and one that has is not changed by them. */
export const FIRST_MARK = 0xe000
export const LAST_MARK = 0xf8ff
const MARKS = /[\ue000-\uf8ff]/g

/** Case, white space, curly quotes and the full stop at the end differ from one recording to the next. */
export const normal = (message: string): string =>
  message
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.!]{1,3}$/, '')
