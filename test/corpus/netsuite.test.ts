/** Every collected text of NetSuite is understood as its entry says, and every row of the closed list has been seen somewhere. */
import { describe, expect, it } from 'vitest'
import { FAILURES } from '../../src/errors.ts'
import { pointerFor } from '../../src/mapping/pointers.ts'
import { customer } from '../../src/providers/netsuite/customer.ts'
import { TEXTS } from '../../src/providers/netsuite/failure-texts.ts'
import { classify } from '../../src/providers/netsuite/failures.ts'
import { payment } from '../../src/providers/netsuite/payment.ts'
import { answerOf, CORPUS, type CorpusEntry, requestOf } from './netsuite-corpus.ts'

const PREFIX = 'Error while accessing a resource. '
const bare = (text: string) => text.replace(/^Error while accessing (a )?resource[.:] /, '')
const mappingOf = ({ on }: CorpusEntry) => (/Customer|Address/.test(on) ? customer : payment)

function told(entry: CorpusEntry, text = entry.text, code = entry.code) {
  const failure = classify(answerOf({ ...entry, code }, text), requestOf(entry))
  if (!failure) throw new Error(`no failure: ${entry.text}`)
  const pointers = (failure.vendorPaths ?? []).map((path) => pointerFor(mappingOf(entry), path))
  return {
    code: failure.code,
    pointer: pointers.find((pointer) => pointer !== null) ?? null,
    applied: failure.applied,
    retryable: FAILURES[failure.code].retryable,
  }
}

describe('the corpus', () => {
  it('is large, from many places, and mostly has a code of its own', () => {
    const sources = new Set(CORPUS.map(({ file }) => file))
    const texts = new Set(CORPUS.map(({ text }) => bare(text)))
    const vague = CORPUS.filter(({ expected }) => /^(rejected|provider_failed|provider_garbled)$/.test(expected.code))
    const share = 1 - vague.length / CORPUS.length
    console.info(
      `NetSuite corpus: ${texts.size} texts, ${sources.size} sources, ${(share * 100).toFixed(1)} % specific`,
    )
    expect(texts.size).toBe(CORPUS.length)
    expect(texts.size).toBeGreaterThanOrEqual(150)
    expect(sources.size).toBeGreaterThanOrEqual(8)
    expect(share).toBeGreaterThanOrEqual(0.9)
    expect(CORPUS.filter(({ source }) => source === '')).toEqual([])
  })
  it.each(CORPUS.map((entry) => [entry.text, entry] as const))('%s', (_text, entry) => {
    expect(told(entry)).toEqual(entry.expected)
  })
})

describe('the closed list', () => {
  const records = CORPUS.filter(({ level }) => level === 'record')

  it('has seen a text for every row, and knows where every "no" is from', () => {
    const unseen = TEXTS.filter(({ template }) => !CORPUS.some(({ text }) => template.read(bare(text))))
    expect(unseen.map(({ template }) => template.text)).toEqual([])
    expect(TEXTS.filter(({ applied, source }) => applied === 'no' && source === '')).toEqual([])
  })
  it('takes a text with and without the words before it, and under USER_ERROR, which REST says for most', () => {
    // Logins, limits and queries are said by their codes; what they are in words is nobody's fact.
    const byText = records.filter(({ text }) => TEXTS.some(({ template }) => template.read(bare(text))))
    expect(byText.length).toBeGreaterThan(150)
    for (const entry of byText.filter(({ status }) => status === 400)) {
      expect(told(entry, `${PREFIX}${bare(entry.text)}`)).toEqual(entry.expected)
      expect(told(entry, `${PREFIX}${bare(entry.text)}`, 'USER_ERROR')).toEqual(entry.expected)
    }
  })
  it('says "no" of a record only, never with a status of another kind, nor of what a script said', () => {
    for (const entry of records) {
      const failed = classify({ ...answerOf(entry), status: 500 }, requestOf(entry))
      expect(failed).toMatchObject({ applied: 'unknown' })
      expect(failed?.ended).toBeUndefined()
      const other = classify({ ...answerOf(entry), status: entry.status === 409 ? 400 : 409 }, requestOf(entry))
      expect(other).toMatchObject({ applied: 'unknown', recognised: false })
      for (const code of ['MY_SCRIPT_ERROR', 'SSS_USAGE_LIMIT_EXCEEDED', 'UNEXPECTED_ERROR', null])
        expect(told(entry, entry.text, code).applied, `${code}: ${entry.text}`).toBe('unknown')
      const script = classify(answerOf({ ...entry, level: 'restlet', code: 'USER_ERROR' }), requestOf(entry))
      expect(script?.applied).toBe('unknown')
    }
  })
  it('tells a login only on the exchange where it can be', () => {
    for (const entry of CORPUS) {
      const failure = classify(answerOf(entry), requestOf(entry))
      expect(failure?.login !== undefined, entry.text).toBe(entry.expected.code === 'provider_refused')
      const elsewhere = classify(answerOf(entry), { ...requestOf(entry), login: entry.level !== 'token' })
      if (entry.level === 'token') expect(elsewhere?.login).toBeUndefined()
    }
  })
})
