/** NetSuite's words repeat the caller's: whatever a caller sends, even NetSuite's own words, decides nothing when it comes back. */
import { describe, expect, it } from 'vitest'
import { TEXTS } from '../../src/providers/netsuite/failure-texts.ts'
import { classify } from '../../src/providers/netsuite/failures.ts'
import type { Failure } from '../../src/wire/failure.ts'
import { answerOf, CORPUS, type CorpusEntry, requestOf } from '../corpus/netsuite-corpus.ts'

const said = (failure: Failure | null) => `${failure?.code} ${failure?.applied} ${failure?.login}`
const understood = (entry: CorpusEntry, text: string, ...sent: string[]) =>
  said(classify(answerOf(entry, text), requestOf(entry, ...sent)))
/** Words that are the caller's as well as the ERP's cannot be told apart: then less is claimed, never more. */
const agrees = (now: string, expected: string, own: string, value: string): boolean =>
  now === expected || (own.includes(value) && / unknown undefined$/.test(now))
const answer = (status: number): CorpusEntry => {
  const expected = { code: 'rejected', pointer: null, applied: 'no', retryable: false } as const
  return {
    ...{ text: '', code: 'USER_ERROR', status, level: 'record', path: null },
    on: 'createCustomer',
    source: '',
    expected,
    file: '',
  }
}

/** Places that the vendor fills with a name or a number of its own. */
const SCRIPT: Readonly<Record<string, string>> = {
  field: 'terms',
  textField: 'email',
  number: '12',
  money: '$12.50',
  id: '-5',
}
const PLACE = /\{(\w+)\}/g
const plain = (text: string) => text.replace(PLACE, (_, name: string) => SCRIPT[name] ?? 'Acme')
const placesOf = (text: string) => [...text.matchAll(PLACE)].map(([, name]) => name as string)
const VALUES = [...new Set(CORPUS.map(({ text }) => text))].filter((text) => !/[\r\n]/.test(text))

describe('a text of NetSuite as the value', () => {
  it('in every place of every row leaves the row what it is', () => {
    let tried = 0
    const wrong: string[] = []
    for (const { template, statuses } of TEXTS) {
      const entry = answer(statuses[0] as number)
      const expected = understood(entry, plain(template.text))
      for (const place of placesOf(template.text).filter((name) => !(name in SCRIPT))) {
        const own = plain(template.text.replace(`{${place}}`, ''))
        for (const value of VALUES) {
          const text = plain(template.text.replace(`{${place}}`, () => value))
          const now = understood(entry, text, value)
          if (!agrees(now, expected, own, value)) wrong.push(`${now}, not ${expected}: ${text}`)
          tried += 1
        }
      }
    }
    expect(wrong).toEqual([])
    expect(tried).toBeGreaterThan(10_000)
  })
  it("in a place of the vendor's own names is never better than before", () => {
    const wrong: string[] = []
    for (const { template, statuses, applied } of TEXTS) {
      if (!placesOf(template.text).some((name) => name in SCRIPT)) continue
      for (const value of VALUES) {
        const text = template.text.replace(PLACE, (_, name: string) => (name in SCRIPT ? value : 'Acme'))
        const failure = classify(answerOf(answer(statuses[0] as number), text), requestOf(answer(400), value))
        const more = failure?.login !== undefined || (applied === 'unknown' && failure?.applied === 'no')
        if (more || /^(rate_limited|provider_(busy|refused))$/.test(failure?.code ?? '')) wrong.push(text)
      }
    }
    expect(wrong).toEqual([])
  })
  it('within words that nobody knows stays without a meaning', () => {
    const forms = [
      (value: string) => `Der Wert »${value}« passt nicht.`,
      (value: string) => `${value} : nicht erlaubt`,
      (value: string) => `Nicht erlaubt: ${value}`,
    ]
    const all = forms.flatMap((form) => VALUES.map((value) => ({ text: form(value), value })))
    const wrong = all.filter(({ text, value }) => {
      const failure = classify(answerOf(answer(400), text), requestOf(answer(400), value))
      return said(failure) !== 'rejected unknown undefined' || failure?.recognised !== false
    })
    expect(wrong).toEqual([])
  })
  it('sent along changes nothing of what another text means', () => {
    const wrong: string[] = []
    for (const entry of CORPUS) {
      const expected = said(classify(answerOf(entry), requestOf(entry)))
      const [own, others] = [
        VALUES.filter((value) => entry.text.includes(value)),
        VALUES.filter((value) => !entry.text.includes(value)),
      ]
      const beside = understood(entry, entry.text, ...others)
      if (beside !== expected) wrong.push(`${beside}, not ${expected}: ${entry.text}`)
      for (const value of own) {
        const now = understood(entry, entry.text, value)
        if (!agrees(now, expected, entry.text, value))
          wrong.push(`${now}, not ${expected}: ${entry.text} beside ${value}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('a text of NetSuite alone', () => {
  it('is no login, no limit and no fault of the account by its words', () => {
    for (const { text } of CORPUS) {
      const failure = classify(answerOf(answer(400), `It says: ${text} (and so on)`), requestOf(answer(400)))
      expect(failure, text).toMatchObject({ applied: 'unknown', recognised: false })
      expect(failure?.login).toBeUndefined()
      expect(failure?.code).not.toMatch(/^(rate_limited|provider_(busy|refused|permission|unavailable))$/)
    }
  })
})
