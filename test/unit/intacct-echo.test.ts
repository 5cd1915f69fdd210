/** Intacct repeats the caller's values in its messages: no value may change what a message means. */
import { describe, expect, it } from 'vitest'
import { type TextRow, templateOf } from '../../src/providers/intacct/failure-template.ts'
import { TEXT_ROWS } from '../../src/providers/intacct/failure-texts.ts'
import { classify } from '../../src/providers/intacct/failures.ts'
import type { SentRequest } from '../../src/wire/exchange.ts'
import { answerWith, type CorpusEntry, ENTRIES, messageOf, requestOf } from '../support/intacct-corpus.ts'

const VALUES = [...new Set(ENTRIES.map(messageOf))]

const said = (entry: CorpusEntry, request: SentRequest): string => {
  const failure = classify(answerWith(entry), request)
  return `${failure?.code} ${failure?.applied} ${failure?.login}`
}

const PLAIN: Omit<CorpusEntry, 'number' | 'text' | 'level'> = {
  status: 200,
  on: 'createPayment',
  source: 'made of a row',
  expected: { code: 'rejected', pointer: null, applied: 'no', retryable: false },
}
const WORDS: Readonly<Record<string, string>> = {
  kind: 'customer',
  field: 'Due Date',
  key: '12',
  id: 'V1',
  fields: 'NAME',
}
const numberOf = ({ number }: TextRow): string => (typeof number === 'string' ? number : 'BL01001973')

/** The row's messages, with `value` in one free slot and a plain word in the others. */
function messagesOf(row: TextRow, value: string): readonly string[] {
  return [row.text ?? []].flat().flatMap((notation) => {
    const { slots } = templateOf(notation)
    return slots.flatMap((slot, place) => (slot in WORDS ? [] : [filled(notation, place, value)]))
  })
}
function filled(notation: string, wanted: number, value: string): string {
  let place = -1
  return notation.replace(/\{([a-z]+)\}/g, (_, slot: string) => {
    place += 1
    return place === wanted ? value : (WORDS[slot] ?? 'V1')
  })
}

describe('a value of the caller', () => {
  it.each(['control', 'authentication', 'function'] as const)('changes no message with slots: %s', (level) => {
    let tried = 0
    const changed: string[] = []
    for (const row of TEXT_ROWS[level]) {
      const number = numberOf(row)
      const before = messagesOf(row, 'neutral value').map((text) =>
        said({ ...PLAIN, level, number, text }, requestOf('createPayment')),
      )
      // What is a part of the message itself cannot be told from it.
      for (const value of VALUES.filter((one) => ![row.text ?? []].flat().some((text) => text.includes(one))))
        messagesOf(row, value).forEach((text, place) => {
          tried += 1
          const after = said({ ...PLAIN, level, number, text }, requestOf('createPayment', [value]))
          if (after !== before[place]) changed.push(`${text}: ${after} instead of ${before[place]}`)
        })
    }
    expect(changed.slice(0, 20)).toEqual([])
    expect(changed.length).toBe(0)
    console.log(`Sage Intacct, ${level}: ${tried} values in slots`)
  })

  it('changes no other message that repeats it', () => {
    const changed: string[] = []
    const outer = ENTRIES.filter(({ level, text }) => level === 'function' && text !== '')
    for (const [place, entry] of outer.entries()) {
      // Once behind the message, once before it.
      const around = (value: string) => (place % 2 === 0 ? `${entry.text} (${value})` : `${value}: ${entry.text}`)
      const before = said({ ...entry, text: around('neutral value') }, requestOf(entry.on))
      for (const value of VALUES.filter((one) => !entry.text.includes(one))) {
        const after = said({ ...entry, text: around(value) }, requestOf(entry.on, [value]))
        if (after !== before) changed.push(`${around(value)}: ${after} instead of ${before}`)
      }
    }
    expect(changed.slice(0, 20)).toEqual([])
    expect(changed.length).toBe(0)
  })

  it('is never a login at the level of a function', () => {
    for (const value of VALUES)
      for (const number of ['XL03000006', 'PL04000055', 'GW-0011', 'BL01001973', ''])
        expect(said({ ...PLAIN, level: 'function', number, text: value }, requestOf('createPayment'))).toMatch(
          / undefined$/,
        )
  })

  it('is no fence unless the control id is the one that was sent', () => {
    const text = 'A successful transaction has already been recorded with the control id another-1'
    for (const sent of [[], ['another-1'], [text]]) {
      const failure = said({ ...PLAIN, level: 'function', number: '', text }, requestOf('createPayment', sent))
      expect(failure).toMatch(/ unknown undefined$/)
    }
  })
})
