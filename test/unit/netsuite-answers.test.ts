/** Reading NetSuite in every spelling: statuses, omitted properties, accounts without columns, answers that are none. */
import { describe, expect, it } from 'vitest'
import type { ListQuery } from '../../src/providers/provider.ts'
import { type Answer, CURRENCIES, line, once, plan, record, scripted } from './netsuite-scripted.ts'

describe('what is read', () => {
  const read = async (raw: Record<string, unknown>) =>
    (await scripted([CURRENCIES, ['GET', /77/, raw]]).connection.getPayment('77')).record
  it('understands every spelling of status, funds and method', async () => {
    expect(
      await read(record([], { status: { id: 'B', refName: 'Not Deposited' }, undepFunds: { id: 'T' } })),
    ).toMatchObject({ status: 'posted', statusText: 'Not Deposited', depositTo: { kind: 'undepositedFunds' } })
    expect(await read(record([], { status: 'CustPymt:A', undepFunds: false, account: '10' }))).toMatchObject({
      status: 'pending',
      depositTo: { kind: 'bankAccount', id: '10' },
    })
    expect(await read(record([], { cleared: true }))).toMatchObject({ status: 'reconciled' })
    expect(await read(record([], { status: { id: 'R', refName: 'Rejected' } }))).toMatchObject({
      status: 'unknown',
      statusText: 'Rejected',
    })
    expect(await read(record([], { paymentMethod: { id: '9', refName: 'Barter' } }))).toMatchObject({
      method: 'other',
      methodRef: { id: '9', name: 'Barter' },
    })
  })
  it('fills what NetSuite leaves out, and counts in the currency of the record', async () => {
    expect(
      await read({ id: '77', payment: 90.5, unapplied: 90.5, currency: { id: '1' }, apply: { links: [] } }),
    ).toMatchObject({
      amount: '90.50',
      unappliedAmount: '90.50',
      appliedAmount: '0.00',
      memo: null,
      applications: [],
      status: 'unknown',
    })
    expect(await read(record([], { currency: { id: '99', refName: 'Mars dollar' } }))).toMatchObject({
      currency: null,
      amount: '90.00',
    })
    const { warnings } = await scripted([
      CURRENCIES,
      ['GET', /77/, record([], { currency: { id: '99', refName: 'Mars dollar' } })],
    ]).connection.getPayment('77')
    expect(warnings).toMatchObject([{ pointer: '/currency', code: 'garbled' }])
    expect(await read(record([], { externalId: 'gw_0mh8k2f3q4abcdefghjkmnpqrs', exchangeRate: 1.25 }))).toMatchObject({
      externalId: null,
      exchangeRate: '1.25',
      baseAmount: '112.50',
    })
  })
  it('does not take what is missing for nothing', async () => {
    const pointers = async (raw: Record<string, unknown>) => {
      const { warnings = [] } = await scripted([CURRENCIES, ['GET', /77/, raw]]).connection.getPayment('77')
      return warnings.map(({ pointer }) => pointer)
    }
    const own = line('8', 90)
    expect(await pointers(record([own]))).toEqual([])
    expect(await pointers(record([{ ...own, apply: null }]))).toEqual(['/applications'])
    expect(await pointers(record([{ ...own, apply: null, amount: 0 }]))).toEqual([])
    expect(await pointers(record([{ ...own, apply: { value: 'x' } }]))).toEqual(['/applications'])
    expect(await pointers(record([own], { apply: { links: [], totalResults: 1 } }))).toContain('/applications')
    expect(await pointers(record([own], { apply: { items: [own], totalResults: 2 } }))).toContain('/applications')
    expect(await pointers(record([own], { exchangeRate: -1 }))).toContain('/exchangeRate')
    expect(await pointers(record([own], { payment: null }))).toContain('/amount')
  })
  it('tells journals and own credits from invoices and memos', async () => {
    const raw = record([line('8', 90, { type: 'Journal' })], {
      credit: { items: [line('3', 10, { type: 'Payment' })] },
    })
    expect(await read(raw)).toMatchObject({
      applications: [{ invoiceId: 'journal-8' }],
      credits: [{ creditId: 'payment-3' }],
    })
  })
})

describe('an account without some columns', () => {
  const list: ListQuery = {
    filter: null,
    sort: [],
    after: null,
    limit: 5,
    fields: new Set(['email', 'fax', 'altEmail']),
    include: new Set(),
  }
  const unknown = (name: string): Answer => ({
    status: 400,
    body: JSON.stringify({
      'o:errorDetails': [
        {
          detail: `Invalid search query. Search error occurred: Unknown identifier '${name}'. Available identifiers are: {customer=customer}.`,
          'o:errorQueryParam': 'q',
          'o:errorCode': 'INVALID_PARAMETER',
        },
      ],
    }),
  })
  it('is listed without them, and remembered', async () => {
    const rows: Answer = {
      items: [{ id: '1', email: 'a@b.example', altemail: 'c@d.example' }],
      hasMore: false,
      totalResults: 1,
    }
    const { connection, seen } = scripted([['POST', /suiteql/, unknown('fax'), rows]])
    const page = await connection.listCustomers(list)
    expect(page.items[0]?.record).toEqual({ email: 'a@b.example', altEmail: 'c@d.example', fax: null })
    expect(page.warnings).toMatchObject([{ code: 'field_not_supported', detail: expect.stringContaining('fax') }])
    await connection.listCustomers(list)
    expect(seen.map((one) => String(one.body['q']).includes('c.fax'))).toEqual([true, false, false])
    await expect(
      connection.listCustomers({ ...list, filter: { field: 'fax', operator: 'equals', values: ['1'] } }),
    ).rejects.toMatchObject({ code: 'filter_not_supported' })
  })
  it('is asked without a column that nearly every account has, then without all that is not sure, and gets the refusal', async () => {
    const { connection, seen } = scripted([['POST', /suiteql/, unknown('email')]])
    await expect(connection.listCustomers(list)).rejects.toMatchObject({ code: 'provider_permission' })
    expect(seen.map((one) => String(one.body['q']).includes('c.email'))).toEqual([true, false, false])
  })
})

describe('what every record has', () => {
  it('is missed aloud in lists', async () => {
    const rows = (item: object): Answer => ({ items: [item], hasMore: false, totalResults: 1 })
    const fields = new Set(['number', 'date', 'customer', 'amount'])
    const query: ListQuery = { filter: null, sort: [], after: null, limit: 5, fields, include: new Set() }
    const { connection } = scripted([['POST', /suiteql/, rows({ id: '1' })], CURRENCIES])
    const pointers = ({ items: [first] }: { items: readonly { warnings?: readonly { pointer: string | null }[] }[] }) =>
      first?.warnings?.map(({ pointer }) => pointer)
    expect(pointers(await connection.listPayments(query))).toEqual(['/customer', '/date', '/amount'])
    expect(pointers(await connection.listCustomers({ ...query, fields: new Set(['number']) }))).toEqual(['/number'])
  })
})

describe('answers that are none', () => {
  it('are said to be garbled', async () => {
    const half = scripted([['GET', /456/, { status: 200, body: '{"id":"4' }]])
    await expect(half.connection.getCustomer('456')).rejects.toMatchObject({ code: 'provider_garbled', applied: 'no' })
    const nowhere = scripted([CURRENCIES, ['POST', /customerPayment$/, { status: 204 }]])
    await expect(nowhere.connection.createPayment(plan({}), once)).rejects.toMatchObject({
      code: 'provider_garbled',
      // Its fence finds it, as soon as it can be looked for.
      applied: 'unknown',
    })
  })
})
