/** The sandbox refuses with the words of public sources: each of its texts is one of the corpus, and few are its own. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TEXTS } from '../../src/providers/netsuite/failure-texts.ts'
import { CODED, REFUSALS, worded } from '../../src/sandbox/netsuite/words.ts'
import { CORPUS } from '../corpus/netsuite-corpus.ts'

const SAMPLES = {
  ...{
    labels: 'Company Name',
    value: '99',
    field: 'terms',
    number: '999',
    name: 'nothing',
    reason: 'Invalid or unsupported search.',
  },
  ...{ list: 'apply', keys: 'doc,line', values: '5001,null' },
  ...{ applied: '$100', id: 'kx12abc', payment: '$80', credits: '$30', deposits: '$0' },
}
/** About the form of a request; the gateway never makes such ones. Uncertain, all of them. One is a fault that is on no list on purpose. */
const OWN = [
  'Batch operations need the header Prefer: respond-async.',
  'Error while accessing a resource. …',
  'Field … cannot be selected.',
  'From 1 to … ids are expected.',
  'Method … is not allowed here.',
  'No more than 1000 pages can be read.',
  'Nobody knows this.',
  'PUT needs an external ID in the URL: eid:<externalId>.',
  'The URL is malformed.',
  'The URL is not supported.',
  'The header Prefer must be transient.',
  'The idempotency key was used before.',
  'The limit must be from 1 to 1000.',
  'The offset must be divisible by the limit.',
  'The sandbox …',
  'The value must be Error, Warning or Ignore.',
  'The … must be a whole number.',
  'There is no sublist ….',
]
const bare = (text: string) => text.replace(/^Error while accessing a resource\. /, '').replace(/\.$/, '')
const said = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).map(([name, text]) => [name, worded(text, SAMPLES)] as const)

describe('words of the sandbox', () => {
  it.each(said(REFUSALS))('%s is a text of the corpus: %s', (_name, text) => {
    const row = TEXTS.find(({ template }) => template.read(text))
    expect(row?.applied).toBe('no')
    expect(CORPUS.some((entry) => row?.template.read(bare(entry.text)))).toBe(true)
  })
  it.each(said(CODED))('%s is a text of the corpus: %s', (name, text) => {
    const row = TEXTS.find(({ template }) => template.read(text))
    const same = CORPUS.filter((entry) => row?.template.read(bare(entry.text)) ?? bare(entry.text) === bare(text))
    expect(same, name).not.toEqual([])
  })
  it('are in one place, but for the few about the form of a request, which no source shows', () => {
    const folder = new URL('../../src/sandbox/netsuite/', import.meta.url)
    const own = readdirSync(folder)
      .filter((file) => file !== 'words.ts')
      .flatMap((file) => {
        const source = readFileSync(new URL(file, folder), 'utf8')
        const calls = /(?:invalid(?:Parameter|Request)\(|\bdetail[:=] ?|\bdetail = )\s*(['`].+?['`])[,)\s]/g
        return [...source.matchAll(calls)].map(([, text]) => (text as string).slice(1, -1).replace(/\$\{.*?\}+/g, '…'))
      })
    expect([...new Set(own)].sort()).toEqual(OWN)
  })
})
