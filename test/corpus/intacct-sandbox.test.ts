/** The sandbox of Sage Intacct refuses in words that were collected, with their numbers, on their levels, and in no others. */
import { expect, it } from 'vitest'
import { match, normal, templateOf } from '../../src/providers/intacct/failure-template.ts'
import { REFUSALS, type Refusal } from '../../src/sandbox/intacct/refusals.ts'
import { type CorpusEntry, ENTRIES } from '../support/intacct-corpus.ts'

const isOf = (whole: string, notation: string): boolean =>
  normal(whole) === normal(notation) ||
  (whole !== '' && match(templateOf(notation), { text: normal(whole), sentAs: String }) !== null)

const has = (refusal: Refusal) => (entry: CorpusEntry) =>
  entry.level === (refusal.level ?? 'function') &&
  isOf(entry.number, refusal.number) &&
  isOf(entry.text, refusal.text) &&
  (refusal.description === undefined || entry.description === refusal.description) &&
  (refusal.correction === undefined || entry.correction === refusal.correction)

it.each(Object.entries<Refusal>(REFUSALS))('%s', (_name, refusal) => {
  expect(ENTRIES.filter(has(refusal)).map(({ from }) => from)).not.toEqual([])
})
