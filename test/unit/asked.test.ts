/** What was asked beside what the ERP has: every field that was sent is compared, by its own kind of value. */
import { describe, expect, it } from 'vitest'
import { differences } from '../../src/gateway/asked.ts'
import { intacct } from '../../src/providers/intacct/index.ts'
import { netsuite } from '../../src/providers/netsuite/index.ts'

const { customer, payment } = netsuite.mappings
const pointers = (mapping: object, asked: Record<string, unknown>, kept: Record<string, unknown>) =>
  differences(mapping, asked, kept).map(({ pointer }) => pointer)

describe('what the ERP has instead of what was asked', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['an amount', { amount: '100.00' }, { amount: '100.01' }],
    ['a currency', { currency: 'EUR' }, { currency: 'USD' }],
    ['a rate', { exchangeRate: '1.25' }, { exchangeRate: '1.26' }],
    ['a date', { date: '2026-03-01' }, { date: '2026-01-03' }],
    ['a text', { memo: 'Thanks' }, { memo: null }],
    ['a text that was to go', { memo: null }, { memo: 'Thanks' }],
    ['a reference', { arAccount: { id: '119' } }, { arAccount: { id: '120', name: 'Receivables' } }],
    ['a reference by name', { arAccount: { name: 'Receivables' } }, { arAccount: { id: '120', name: 'Other' } }],
    ['a customer', { customer: { id: '5' } }, { customer: { id: '6', number: 'A', name: 'B' } }],
  ])('%s', (_what, asked, kept) => {
    const [field] = Object.keys(asked)
    const [warning, ...others] = differences(payment, asked, kept)
    expect([warning?.code, warning?.pointer?.split('/')[1], others]).toEqual(['differs', field, []])
  })
  it('a field that the ERP does not show is not taken as kept', () => {
    expect(differences(payment, { memo: 'Thanks' }, {})).toEqual([
      {
        pointer: '/memo',
        code: 'not_shown',
        detail: 'Asked for "Thanks"; the ERP does not show what it has.',
      },
    ])
  })
  it('names the part of what is made of parts', () => {
    const asked = { depositTo: { kind: 'bankAccount', id: '10' } }
    expect(pointers(payment, asked, { depositTo: { kind: 'undepositedFunds', id: null } })).toEqual([
      '/depositTo/kind',
      '/depositTo/id',
    ])
    expect(pointers(customer, { customFields: { 'a/b': 1 } }, { customFields: { 'a/b': 2 } })).toEqual([
      '/customFields/a~1b',
    ])
  })
  it('finds the entry of a list that reads most like what was asked, whatever its place', () => {
    const asked = [
      { invoiceId: '1', amount: '10.00' },
      { invoiceId: '2', amount: '20.00' },
    ]
    const kept = [
      { invoiceId: '2', amount: '5.00', discount: null },
      { invoiceId: '1', amount: '10.00', discount: null },
    ]
    expect(pointers(payment, { applications: asked }, { applications: kept })).toEqual(['/applications/1/amount'])
    expect(pointers(payment, { applications: asked }, { applications: [] })).toEqual([
      '/applications/0',
      '/applications/1',
    ])
  })
})

describe('what is no difference', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['digits of an amount', { amount: '100.0' }, { amount: '100.00' }],
    ['digits of a rate', { exchangeRate: '1.25' }, { exchangeRate: '1.2500' }],
    ['line ends', { memo: 'a\r\nb' }, { memo: 'a\nb' }],
    [
      'a name in other letters',
      { arAccount: { name: 'receivables' } },
      { arAccount: { id: '1', name: 'Receivables' } },
    ],
    ['nothing asked and nothing shown', { memo: null, externalId: '' }, {}],
    ['how it is written', { autoApply: true, draft: false }, { autoApply: false, draft: null }],
  ])('%s', (_what, asked, kept) => {
    expect(pointers(payment, asked, kept)).toEqual([])
  })
  it('digits count in what is no amount', () => {
    expect(pointers(payment, { reference: '0012' }, { reference: '12' })).toEqual(['/reference'])
    expect(pointers(intacct.mappings.customer, { creditLimit: '5' }, { creditLimit: '5.00' })).toEqual([])
  })
})
