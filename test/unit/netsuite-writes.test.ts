/** Writing payments when NetSuite behaves as teams report it: lines not honoured, refunds refused, scripts. */
import { describe, expect, it } from 'vitest'
import {
  type Answer,
  CURRENCIES,
  created,
  done,
  item,
  line,
  once,
  plan,
  type Rule,
  record,
  refused,
  scripted,
} from './netsuite-scripted.ts'

describe('a new payment', () => {
  it('is sent with its fence, exact numbers and no automatic application', async () => {
    const { connection, writes } = scripted([
      CURRENCIES,
      ['POST', /customerPayment$/, created],
      ['GET', /77/, record([line('1', 60), line('2', 30)])],
    ])
    const found = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(found.nativeId).toBe('77')
    expect(found.warnings).toBeUndefined()
    expect(writes()).toMatchObject([{ method: 'POST', path: '/ns/services/rest/record/v1/customerPayment' }])
    expect(writes()[0]?.body).toEqual({
      ...{
        externalId: 'gw_0mh8k2f3q4abcdefghjkmnpqrs',
        tranDate: '2026-03-10',
        undepFunds: { id: 'F' },
        account: { id: '10' },
        customer: { id: '456' },
        currency: { id: '1' },
        payment: 90,
        autoApply: false,
      },
      apply: {
        items: [
          { doc: { id: '1' }, apply: true, amount: 60 },
          { doc: { id: '2' }, apply: true, amount: 30 },
        ],
      },
    })
  })

  it('is patched once where lines were not honoured or others were', async () => {
    const { connection, writes } = scripted([
      ...([CURRENCIES, ['POST', /customerPayment$/, created], ['PATCH', /77/, done]] as Rule[]),
      ['GET', /77/, record([line('1', 60), line('9', 30)]), record([line('1', 60), line('2', 30)])],
    ])
    const { warnings, record: read } = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(warnings).toEqual([])
    expect(read.applications?.map((application) => application.invoiceId)).toEqual(['1', '2'])
    expect(writes()[1]?.body).toEqual({
      apply: {
        items: [
          { doc: { id: '1' }, apply: true, amount: 60 },
          { doc: { id: '2' }, apply: true, amount: 30 },
          { doc: { id: '9' }, apply: false },
        ],
      },
    })
  })

  it('carries a warning for what is still not applied, and the words of the refusal', async () => {
    const { connection } = scripted([
      ...([
        CURRENCIES,
        ['POST', /customerPayment$/, created],
        ['PATCH', /77/, refused('Doc is not in the list.')],
      ] as Rule[]),
      ['GET', /77/, record([line('1', 60)], { unapplied: 30 })],
    ])
    const { warnings, record: read } = await connection.createPayment(plan({ '1': '60.00', '2': '30.00' }), once)
    expect(warnings).toMatchObject([
      { pointer: '/applications/1/amount', code: 'not_applied' },
      { pointer: null, code: 'rejected', detail: expect.stringContaining('Doc is not') },
    ])
    expect(read).toMatchObject({ appliedAmount: '60.00', unappliedAmount: '30.00' })
  })

  it('says that it was booked when only reading it back failed', async () => {
    const { connection } = scripted([
      CURRENCIES,
      ['POST', /customerPayment$/, created],
      ['GET', /77/, { status: 503, body: '<html>' }],
    ])
    const error = await connection.createPayment(plan({ '1': '90.00' }), once).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'provider_unavailable', applied: 'yes', options: { resourceId: '77' } })
  })

  it('uses credits of each kind from their own list, once each', async () => {
    const { connection, writes } = scripted([
      CURRENCIES,
      ['POST', /customerPayment$/, created],
      [
        'GET',
        /77/,
        record([line('1', 90)], {
          credit: { items: [line('5', 25, { type: 'Credit Memo' })] },
          deposit: { items: [line('6', 5)] },
        }),
      ],
    ])
    const memo = { credit: item('5', 'memo'), index: 0 }
    const credits = [
      { ...memo, amount: '20.00' },
      { ...memo, amount: '5.00' },
      { credit: item('6', 'deposit'), amount: '5.00', index: 1 },
    ]
    const { record: read, warnings } = await connection.createPayment(plan({ '1': '90.00' }, { credits }), once)
    expect(warnings).toBeUndefined()
    expect(writes()[0]?.body).toMatchObject({
      credit: { items: [{ doc: { id: '5' }, apply: true, amount: 25 }] },
      deposit: { items: [{ doc: { id: '6' }, amount: 5 }] },
    })
    expect(read.credits).toEqual([
      { creditId: 'memo-5', amount: '25.00', invoiceId: null },
      { creditId: 'deposit-6', amount: '5.00', invoiceId: null },
    ])
    expect(read.applications).toMatchObject([{ cashAmount: '60.00', creditAmount: '30.00' }])
    const advance = { credit: item('7', 'advance'), amount: '1.00', index: 3 }
    await expect(connection.createPayment(plan({ '1': '90.00' }, { credits: [advance] }), once)).rejects.toMatchObject({
      options: { errors: [{ pointer: '/credits/3/creditId' }] },
    })
  })
})

describe('voiding', () => {
  it('refunds what it has released, and gives the lines back when the refund is refused', async () => {
    const rules = (transform: Answer): Rule[] => [
      CURRENCIES,
      ['GET', /77/, record([line('1', 90)])],
      ['PATCH', /77/, done],
      ['POST', /transform/, transform],
    ]
    const good = scripted(rules({ status: 204, headers: { location: '/services/rest/record/v1/customerRefund/88' } }), {
      void: 'refund',
    })
    const result = await good.connection.voidPayment?.('77', { memo: 'bounced' }, once)
    expect(result).toMatchObject({
      void: { how: 'refunded', date: '2026-03-10', reversalId: '88' },
      payment: { record: { status: 'voided' } },
    })
    expect(good.writes()).toMatchObject([
      { body: { autoApply: false, apply: { items: [{ doc: { id: '1' }, apply: false }] } } },
      {
        path: '/ns/services/rest/record/v1/customerPayment/77/!transform/customerRefund',
        body: { tranDate: '2026-03-10', memo: 'bounced' },
      },
    ])
    const bad = scripted(rules(refused('Negative payments not allowed')), { void: 'refund' })
    await expect(bad.connection.voidPayment?.('77', {}, once)).rejects.toMatchObject({ code: 'rejected' })
    expect(bad.writes().at(-1)).toMatchObject({
      method: 'PATCH',
      body: { apply: { items: [{ doc: { id: '1' }, apply: true, amount: 90 }] } },
    })
  })
  it("calls the account's own script where there is one", async () => {
    const restlet = 'https://1.restlets.example/app/site/hosting/restlet.nl?script=5&deploy=1'
    const { connection, writes } = scripted(
      [CURRENCIES, ['GET', /77/, record([])], ['POST', /restlet/, { reversalId: 12 }]],
      { void: { restlet } },
    )
    expect(await connection.voidPayment?.('77', { date: '2026-03-09' }, once)).toMatchObject({
      void: { how: 'voided', date: '2026-03-09', reversalId: '12' },
    })
    expect(writes()).toMatchObject([
      {
        origin: 'https://1.restlets.example',
        path: '/app/site/hosting/restlet.nl?script=5&deploy=1',
        body: { action: 'void', id: '77', date: '2026-03-09' },
      },
    ])
  })
})
