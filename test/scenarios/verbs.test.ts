/**
 * One story of twenty steps on every ERP: money received, applied later, taken back, credits used alone and beside cash.
 * After each step the open items are the same on both, and the sandbox's books say the same as the API.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cents, type ErpName, openDocuments } from '../support/erps.ts'
import { type Answer, newKey, startGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({ customers: 2 })
})
afterAll(() => gateway.close())

const DATE = '2026-04-10'

/** What happens, in words; what is then open of what is owed (three invoices) and of what is to the customer's credit. */
interface Step {
  readonly title: string
  readonly act: (story: Story) => Promise<unknown>
  /** Open of the invoices 100.00, 60.00 and 25.01, of the memos 30.00 and 20.00, and all rests of payments together. */
  readonly open: Open
  /**
   * NetSuite keeps no link between a credit and an invoice: a payment's credits count on its first lines. Which credit is
   * free may differ there, the totals may not.
   */
  readonly withoutLinks?: Open
}
type Open = readonly [string, string, string, string, string, string]

class Story {
  readonly connection: ErpName
  readonly customer: { id: string; nativeId: string }
  readonly invoices: readonly { id: string; open: () => string }[]
  readonly memos: readonly { id: string; open: () => string }[]
  /** Payments by the names that the steps give them; an id may change when it is replaced. */
  readonly payments = new Map<string, string>()

  constructor(connection: ErpName, customer: { id: string; nativeId: string }) {
    const erp = gateway.erps[connection]
    this.connection = connection
    this.customer = customer
    this.invoices = ['100.00', '60.00', '25.01'].map((total, place) =>
      erp.invoice(customer.nativeId, { total, dueDate: `2026-05-0${place + 1}` }),
    )
    this.memos = ['30.00', '20.00'].map((total) => erp.creditMemo(customer.nativeId, { total }))
  }

  async send(path: string, body: object, status = 200): Promise<Answer> {
    const answer = await gateway.request('POST', path, { key: newKey(), body })
    expect({ path, status: answer.status, detail: answer.body.detail }).toMatchObject({ path, status })
    return answer
  }
  async pay(name: string, amount: string, applications: readonly object[], credits: readonly object[] = []) {
    const body = { customer: { id: this.customer.id }, date: DATE, amount, applications, credits }
    this.payments.set(name, (await this.send('/v1/payments', body, 201)).body.id)
  }
  /** A verb of a payment; a replaced payment keeps its name. */
  async payment(name: string, verb: string, body: object): Promise<Answer> {
    const id = this.payments.get(name) as string
    const answer = await this.send(`/v1/payments/${id}/${verb}`, body)
    const { replaces } = answer.body
    if (replaces === undefined) expect(answer.body.id).toBe(id)
    else expect({ replaces, connection: this.connection }).toEqual({ replaces: id, connection: 'intacct' })
    this.payments.set(name, answer.body.id)
    this.balanced(answer.body)
    return answer
  }
  credit(place: number, verb: string, applications: readonly object[]): Promise<Answer> {
    return this.send(`/v1/credits/${this.memos[place]?.id}/${verb}`, { applications })
  }
  /** The rules of the books that hold for every payment. */
  balanced(payment: {
    amount: string
    appliedAmount: string
    unappliedAmount: string
    applications: readonly { amount: string }[]
    credits: readonly { amount: string }[]
  }): void {
    const all = (amounts: readonly { amount: string }[]) => amounts.reduce((sum, one) => sum + toCents(one.amount), 0)
    const { amount, appliedAmount, unappliedAmount, applications, credits } = payment
    expect(toCents(appliedAmount) + toCents(unappliedAmount)).toBe(toCents(amount))
    expect(all(applications)).toBe(toCents(appliedAmount) + all(credits))
  }
  /** On the invoice with this number. */
  on = (place: number, amount?: string) => ({
    invoiceId: this.invoices[place]?.id,
    ...(amount !== undefined && { amount }),
  })
  use = (place: number, amount: string) => ({ creditId: this.memos[place]?.id, amount })
}
const toCents = (amount: string): number => Math.round(Number(amount) * 100)

const STEPS: readonly Step[] = [
  {
    title: 'money comes without an invoice',
    act: (story) => story.pay('advance', '150.00', []),
    open: ['100.00', '60.00', '25.01', '30.00', '20.00', '150.00'],
  },
  {
    title: 'a part of it is applied',
    act: (story) => story.payment('advance', 'apply', { applications: [story.on(0, '40.00')] }),
    open: ['60.00', '60.00', '25.01', '30.00', '20.00', '110.00'],
  },
  {
    title: 'more is applied, also on the same invoice',
    act: (story) => story.payment('advance', 'apply', { applications: [story.on(0, '10.00'), story.on(1, '20.00')] }),
    open: ['50.00', '40.00', '25.01', '30.00', '20.00', '80.00'],
  },
  {
    title: 'a cent more than one invoice has open is refused',
    act: (story) =>
      story.send(
        `/v1/payments/${story.payments.get('advance')}/apply`,
        { applications: [story.on(0, '10.00'), story.on(1, '40.01')] },
        422,
      ),
    open: ['50.00', '40.00', '25.01', '30.00', '20.00', '80.00'],
  },
  {
    title: 'it is applied with a credit beside it',
    act: (story) =>
      story.payment('advance', 'apply', {
        applications: [story.on(2, '25.01')],
        credits: [story.use(0, '5.01')],
      }),
    open: ['50.00', '40.00', '0.00', '24.99', '20.00', '60.00'],
  },
  {
    title: 'the credit goes first when a little is taken away',
    act: (story) => story.payment('advance', 'unapply', { applications: [story.on(2, '3.01')] }),
    open: ['50.00', '40.00', '3.01', '28.00', '20.00', '60.00'],
    withoutLinks: ['50.00', '40.00', '3.01', '24.99', '20.00', '63.01'],
  },
  {
    title: 'then the cash',
    act: (story) => story.payment('advance', 'unapply', { applications: [story.on(2, '12.00')] }),
    open: ['50.00', '40.00', '15.01', '30.00', '20.00', '70.00'],
    withoutLinks: ['50.00', '40.00', '15.01', '24.99', '20.00', '75.01'],
  },
  {
    title: 'a whole application is taken away',
    act: (story) => story.payment('advance', 'unapply', { applications: [story.on(0)] }),
    open: ['100.00', '40.00', '15.01', '30.00', '20.00', '120.00'],
  },
  {
    title: 'a credit memo settles by itself',
    act: (story) => story.credit(0, 'apply', [story.on(0, '12.00'), story.on(1, '8.00')]),
    open: ['88.00', '32.00', '15.01', '10.00', '20.00', '120.00'],
  },
  {
    title: 'it settles more',
    act: (story) => story.credit(0, 'apply', [story.on(0, '3.00')]),
    open: ['85.00', '32.00', '15.01', '7.00', '20.00', '120.00'],
  },
  {
    title: 'and less again',
    act: (story) => story.credit(0, 'unapply', [story.on(0, '5.00')]),
    open: ['90.00', '32.00', '15.01', '12.00', '20.00', '120.00'],
  },
  {
    title: 'one invoice is given free wholly',
    act: (story) => story.credit(0, 'unapply', [story.on(1)]),
    open: ['90.00', '40.00', '15.01', '20.00', '20.00', '120.00'],
  },
  {
    title: 'a receipt with a credit and a rest',
    act: (story) =>
      story.pay('receipt', '50.00', [story.on(0, '30.00'), story.on(1, '20.00')], [story.use(1, '10.00')]),
    open: ['60.00', '20.00', '15.01', '20.00', '10.00', '130.00'],
  },
  {
    title: 'its rest is applied',
    act: (story) => story.payment('receipt', 'apply', { applications: [story.on(2, '10.00')] }),
    open: ['60.00', '20.00', '5.01', '20.00', '10.00', '120.00'],
  },
  {
    title: 'and taken away',
    act: (story) => story.payment('receipt', 'unapply', { applications: [story.on(2, '4.00')] }),
    open: ['60.00', '20.00', '9.01', '20.00', '10.00', '124.00'],
  },
  {
    title: 'what it settled when it was recorded is taken away',
    act: (story) => story.payment('receipt', 'unapply?confirm=reverse', { applications: [story.on(0, '15.00')] }),
    open: ['75.00', '20.00', '9.01', '20.00', '20.00', '129.00'],
  },
  {
    title: 'everything of it',
    act: (story) =>
      story.payment('receipt', 'unapply?confirm=reverse', { applications: [0, 1, 2].map((place) => story.on(place)) }),
    open: ['90.00', '40.00', '15.01', '20.00', '20.00', '170.00'],
  },
  {
    title: 'and applied anew',
    act: (story) => story.payment('receipt', 'apply', { applications: [story.on(1, '40.00')] }),
    open: ['90.00', '0.00', '15.01', '20.00', '20.00', '130.00'],
  },
  {
    title: 'the first payment is voided with all that it settled since',
    act: (story) => story.send(`/v1/payments/${story.payments.get('advance')}/void`, {}),
    open: ['90.00', '20.00', '25.01', '20.00', '20.00', '10.00'],
  },
  {
    title: 'the other one too',
    act: (story) => story.send(`/v1/payments/${story.payments.get('receipt')}/void`, {}),
    open: ['90.00', '60.00', '25.01', '20.00', '20.00', '0.00'],
  },
]

describe.each<ErpName>(['netsuite', 'intacct'])('%s', (connection) => {
  it('goes through the twenty steps to the cent', async () => {
    expect(STEPS).toHaveLength(20)
    const { body } = await gateway.request('POST', '/v1/customers', {
      body: { connection, name: `Twenty steps ${newKey()}`, currency: 'USD' },
    })
    const story = new Story(connection, body)
    for (const { title, act, open, withoutLinks = open } of STEPS) {
      await act(story)
      const wanted = connection === 'netsuite' ? withoutLinks : open
      const items = [...story.invoices, ...story.memos]
      const { books } = gateway.erps[connection]
      const rests = openDocuments(books, story.customer.nativeId).filter(({ kind }) =>
        ['payment', 'advance'].includes(kind),
      )
      const rest = rests.reduce((sum, one) => sum + toCents(one.open), 0)
      expect({ title, open: [...items.map((item) => item.open()), cents(String(rest / 100))] }).toEqual({
        title,
        open: wanted,
      })
      await agree(story, title, open)
    }
  })
})

/** The API's open items: the same totals on both ERPs, since they are those of the table. */
async function agree(story: Story, title: string, open: Step['open']): Promise<void> {
  const { body } = await gateway.request('GET', `/v1/customers/${story.customer.id}/open-items?currency=USD`)
  const owed = open.slice(0, 3).reduce((sum, amount) => sum + toCents(amount), 0)
  const credits = open.slice(3).reduce((sum, amount) => sum + toCents(amount), 0)
  const text = (value: number) => (value / 100).toFixed(2)
  expect({ title, ...body.totals }).toEqual({
    title,
    openInvoices: text(owed),
    openCredits: text(credits),
    net: text(owed - credits),
  })
}
