/** The collected errors of Sage Intacct, each as the real answer: what the caller is told, and what is known of a write. */
import { describe, expect, it } from 'vitest'
import { FAILURES, type FailureCode } from '../../src/errors.ts'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { match, normal, type TextRow, templateOf } from '../../src/providers/intacct/failure-template.ts'
import { TEXT_ROWS } from '../../src/providers/intacct/failure-texts.ts'
import { classify } from '../../src/providers/intacct/failures.ts'
import { mappingsFor } from '../../src/providers/intacct/operations.ts'
import { type Failure, isCodeOfWrites } from '../../src/wire/failure.ts'
import {
  answerWith,
  CORPUS,
  type CorpusEntry,
  ENTRIES,
  isRead,
  messageOf,
  requestOf,
} from '../support/intacct-corpus.ts'

const MAPPINGS = mappingsFor()
const mappingOf = (on: string): object =>
  /Payment/.test(on) ? MAPPINGS.payment : /Customer/.test(on) ? MAPPINGS.customer : {}

/** What the caller reads; a read has no code of writes. */
function told(entry: CorpusEntry, failure: Failure) {
  const code = isRead(entry.on) && isCodeOfWrites(failure.code) ? 'rejected' : failure.code
  const pointers = (failure.vendorPaths ?? []).map((path) => pointerFor(mappingOf(entry.on), path))
  return {
    code,
    pointer: pointers.find((pointer) => pointer !== null) ?? null,
    applied: failure.applied,
    retryable: FAILURES[code].retryable,
    ...(failure.login && { login: failure.login }),
  }
}

const NO_CODE_OF_ITS_OWN: ReadonlySet<FailureCode> = new Set(['rejected', 'provider_failed', 'provider_garbled'])

describe.each([...CORPUS])('errors from %s', (_from, entries) => {
  it.each(entries.map((entry) => [`${entry.number} ${messageOf(entry)} (${entry.on})`, entry] as const))(
    '%s',
    (_name, entry) => {
      const failure = classify(answerWith(entry), requestOf(entry.on))
      if (failure === null) throw new Error('taken for a success')
      expect(told(entry, failure)).toEqual(entry.expected)
      if (failure.applied === 'no' && !isRead(entry.on)) expect(failure.recognised).toBe(true)
    },
  )
})

describe('the corpus of Sage Intacct', () => {
  it('is large, from many sources, and mostly has codes of its own', () => {
    const texts = new Set(ENTRIES.map(messageOf))
    const own = ENTRIES.filter(({ expected }) => !NO_CODE_OF_ITS_OWN.has(expected.code))
    const recognised = ENTRIES.filter((entry) => classify(answerWith(entry), requestOf(entry.on))?.recognised)
    const exact = ENTRIES.filter(({ certainty }) => certainty === undefined)
    console.log(
      `Sage Intacct: ${texts.size} texts from ${CORPUS.size} sources, ${exact.length} as recorded; ` +
        `${own.length} of ${ENTRIES.length} with a code of their own, ${recognised.length} on the closed list`,
    )
    expect(texts.size).toBeGreaterThanOrEqual(150)
    expect(CORPUS.size).toBeGreaterThanOrEqual(8)
    expect(own.length / ENTRIES.length).toBeGreaterThanOrEqual(0.9)
    expect(ENTRIES.filter(({ source }) => source === '')).toEqual([])
  })

  it('has an error for every row and every message of the closed list', () => {
    const unmet = Object.values(TEXT_ROWS).flatMap((rows) => rows.flatMap(unmetOf))
    expect([...new Set(unmet)]).toEqual([])
  })

  it('has a source for every row that says no', () => {
    const rows = Object.values(TEXT_ROWS).flat()
    expect(rows.filter(({ applied, source }) => applied === 'no' && source.length < 8)).toEqual([])
  })
})

function unmetOf(row: TextRow): readonly string[] {
  const { number, text } = row
  const numbered = ENTRIES.filter((entry) =>
    number === undefined ? true : typeof number === 'string' ? number === entry.number : number.test(entry.number),
  )
  if (text === undefined) return numbered.length > 0 ? [] : [String(number)]
  return [text].flat().filter((notation) => !numbered.some((entry) => says(entry, notation)))
}

function says(entry: CorpusEntry, notation: string): boolean {
  const template = templateOf(notation)
  const parts = [entry.text, entry.description ?? '', entry.correction ?? '', entry.number]
  return parts.some((part) => part !== '' && match(template, { text: normal(part), sentAs: String }) !== null)
}
