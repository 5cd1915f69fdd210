/**
 * A customer's account of thirty steps, on both ERPs: invoices, part payments, credits, money in advance, a discount, voids. After
 * each step the totals of the open items are the same on both to the cent, the books say the same, and `balance` is what the
 * guide of the ERP says it is.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents, openDocuments } from '../support/erps.ts'
import { newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'
import { Account, text, toCents, WITH_DISCOUNTS } from './account.ts'

let gateway: TestGateway
beforeAll(async () => {
  const more = { [WITH_DISCOUNTS]: { like: 'intacct', settings: { customDiscounts: true } } } as const
  gateway = await startGateway({ customers: 2, more })
})
afterAll(() => gateway.close())

interface Step {
  readonly title: string
  readonly act: (account: Account) => unknown
  /** `openInvoices` and `openCredits` afterwards. */
  readonly totals: readonly [string, string]
}
const step = (title: string, act: Step['act'], ...totals: [string, string]): Step => ({ title, act, totals })

const STEPS: readonly Step[] = [
  step('an invoice', (a) => a.invoice('A', '100.00'), '100.00', '0.00'),
  step('another', (a) => a.invoice('B', '60.00', '2026-05-02'), '160.00', '0.00'),
  step('one of odd cents', (a) => a.invoice('C', '25.01', '2026-05-03'), '185.01', '0.00'),
  step('a part payment', (a) => a.pay('part', '40.00', [a.on('A', '40.00')]), '145.01', '0.00'),
  step('one on two', (a) => a.pay('two', '100.00', [a.on('A', '60.00'), a.on('B', '40.00')]), '45.01', '0.00'),
  step('a credit memo', (a) => a.memo('M', '30.00'), '45.01', '30.00'),
  step(
    'which settles by itself',
    (a) => a.send(`/v1/credits/${a.creditId('M')}/apply`, { applications: [a.on('B', '20.00')] }),
    '25.01',
    '10.00',
  ),
  step('money in advance', (a) => a.pay('advance', '150.00', []), '25.01', '160.00'),
  step(
    'a part of it is applied',
    (a) => a.verb('advance', 'apply', { applications: [a.on('C', '5.00')] }),
    '20.01',
    '155.00',
  ),
  step('a fourth invoice', (a) => a.invoice('D', '200.00', '2026-05-04'), '220.01', '155.00'),
  step(
    'cash with the memo beside it',
    (a) => a.pay('beside', '50.00', [a.on('D', '60.00')], [a.use('M', '10.00')]),
    '160.01',
    '145.00',
  ),
  step(
    'a cent too much is refused',
    (a) => a.send(`/v1/payments/${a.idOf('advance')}/apply`, { applications: [a.on('C', '20.02')] }, 422),
    '160.01',
    '145.00',
  ),
  step('a fifth invoice', (a) => a.invoice('E', '90.00', '2026-05-05'), '250.01', '145.00'),
  step('is paid with a discount', (a) => a.payWithDiscount('early', '81.00', 'E', '9.00'), '160.01', '145.00'),
  step('which is voided', (a) => a.voidWithDiscount('early'), '250.01', '145.00'),
  step('more than is due', (a) => a.pay('over', '100.00', [a.on('E', '90.00')]), '160.01', '155.00'),
  step(
    'its rest is applied',
    (a) => a.verb('over', 'apply', { applications: [a.on('D', '10.00')] }),
    '150.01',
    '145.00',
  ),
  step(
    'and partly taken away',
    (a) => a.verb('over', 'unapply', { applications: [a.on('D', '4.00')] }),
    '154.01',
    '149.00',
  ),
  step(
    'posted cash and its memo are taken away',
    (a) => a.verb('beside', 'unapply?confirm=reverse', { applications: [a.on('D', '25.00')] }),
    '179.01',
    '174.00',
  ),
  step('the part payment is voided', (a) => a.verb('part', 'void', {}), '219.01', '174.00'),
  step(
    'the oldest are paid by themselves',
    (a) => a.send('/v1/payments', a.body('60.00', { autoApply: true }), 201),
    '159.01',
    '174.00',
  ),
  step(
    'a dry run does nothing',
    (a) => a.send('/v1/payments?dryRun=true', a.body('100.00', { applications: [a.on('D', '100.00')] })),
    '159.01',
    '174.00',
  ),
  step(
    'the last cent, by its number',
    (a) => a.pay('cent', '0.01', [{ invoiceNumber: a.documents.get('C')?.number, amount: '0.01' }]),
    '159.00',
    '174.00',
  ),
  step(
    'the same key again pays nothing',
    async (a) => {
      const { key, body, id } = a.payments.get('cent') as { key: string; body: object; id: string }
      expect((await a.send('/v1/payments', body, 201, key)).body.id).toBe(id)
    },
    '159.00',
    '174.00',
  ),
  step('a second memo', (a) => a.memo('N', '20.00'), '159.00', '194.00'),
  step(
    'is used beside cash',
    (a) => a.pay('more', '10.00', [a.on('D', '25.00')], [a.use('N', '15.00')]),
    '134.00',
    '179.00',
  ),
  step(
    'the first memo settles once more',
    (a) => a.send(`/v1/credits/${a.creditId('M')}/apply`, { applications: [a.on('D', '10.00')] }),
    '124.00',
    '169.00',
  ),
  step(
    'and is taken back',
    (a) => a.send(`/v1/credits/${a.creditId('M')}/unapply`, { applications: [a.on('D', '10.00')] }),
    '134.00',
    '179.00',
  ),
  step('the advance is voided with all of it', (a) => a.verb('advance', 'void', {}), '139.00', '34.00'),
  step('and the overpayment with its rest', (a) => a.verb('over', 'void', {}), '235.00', '30.00'),
]

describe.each(['netsuite', WITH_DISCOUNTS])('%s', (connection) => {
  it('comes to the same after each of thirty steps', async () => {
    expect(STEPS).toHaveLength(30)
    const made = await gateway.request('POST', '/v1/customers', {
      as: OPERATOR_KEY,
      body: { connection, name: `Thirty steps ${newKey()}`, currency: 'USD' },
    })
    const account = new Account(gateway, connection, made.body)
    for (const { title, act, totals } of STEPS) {
      await act(account)
      const [openInvoices, openCredits] = totals
      const net = text(toCents(openInvoices) - toCents(openCredits))
      const items = await account.call('GET', `/v1/customers/${account.customer.id}/open-items?currency=USD`)
      expect({ title, ...items.body.totals }).toEqual({ title, openInvoices, openCredits, net })
      expect({ title, ...inBooks(account) }).toEqual({ title, openInvoices, openCredits, net })
      const { body: customer } = await account.call('GET', `/v1/customers/${account.customer.id}?fields=balance`)
      expect({ title, balance: customer.balance }).toEqual({
        title,
        balance: documentedBalance(account, openInvoices, net),
      })
    }
  })
})

const openOf = ({ erp, customer }: Account, fits: (kind: string) => boolean): number =>
  openDocuments(erp.books, customer.nativeId)
    .filter(({ kind }) => fits(kind))
    .reduce((sum, { open }) => sum + toCents(open), 0)

function inBooks(account: Account) {
  const owed = openOf(account, (kind) => kind === 'invoice')
  const credits = openOf(account, (kind) => kind !== 'invoice')
  const net = cents(account.erp.books.balance(account.customer.nativeId))
  return { openInvoices: text(owed), openCredits: text(credits), net }
}

/** NetSuite: less everything received. Intacct: less credit memos only; advances and overpayments do not lower it. */
function documentedBalance(account: Account, openInvoices: string, net: string): string {
  if (account.connection === 'netsuite') return net
  return text(toCents(openInvoices) - openOf(account, (kind) => kind === 'credit-memo'))
}
