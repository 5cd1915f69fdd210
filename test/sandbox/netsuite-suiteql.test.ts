/** The NetSuite sandbox's SuiteQL: Oracle's rules, texts for every value, and no empty list for what it cannot do. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const one = async (expression: string, params: readonly unknown[] = []) =>
  (await caller.rows(`SELECT ${expression} AS value FROM currency WHERE id = 1`, params))[0]!['value']

describe('rows', () => {
  it('have lower-case keys, texts, links, and no NULL', async () => {
    const { body, headers } = await caller.sql(
      'SELECT c.ID, c.EntityID, c.isinactive, c.parent, c.balancesearch, COUNT(*) FROM Customer c WHERE c.id = ? GROUP BY c.id, c.entityid, c.isinactive, c.parent, c.balancesearch',
      ['456'],
    )
    expect(headers.get('preference-applied')).toBe('transient')
    expect(headers.get('content-type')).toBe('application/vnd.oracle.resource+json; type=collection; charset=UTF-8')
    expect(body).toMatchObject({ count: 1, hasMore: false, offset: 0, totalResults: 1 })
    expect(body.items).toEqual([
      { links: [], id: '456', entityid: 'ACME-001', isinactive: 'F', balancesearch: '1250', expr1: '1' },
    ])
  })

  it('show dates in the account format unless they are wrapped', async () => {
    const [row] = await caller.rows(
      `SELECT trandate, createddate, TO_CHAR(trandate, 'YYYY-MM-DD') AS iso, TO_CHAR(createddate, 'YYYY-MM-DD"T"HH24:MI:SS') AS instant,
       TO_CHAR(trandate, 'MON DD, YYYY') AS words, trandate + 30 AS later, duedate - trandate AS days FROM transaction WHERE id = 5001`,
    )
    expect(row).toEqual({
      ...{ trandate: '2/2/2026', createddate: '12/25/2025', iso: '2026-02-02', instant: '2025-12-25T10:00:00' },
      ...{ words: 'FEB 02, 2026', later: '3/4/2026', days: '30' },
    })
  })

  it('come in pages of at most a thousand', async () => {
    const page = await caller.sql('SELECT id FROM customer ORDER BY id', [], '?limit=20&offset=20')
    expect(page.body).toMatchObject({ count: 20, hasMore: true, totalResults: 43, offset: 20 })
    expect((await caller.sql('SELECT id FROM customer', [], '?limit=20&offset=30')).error?.['o:errorCode']).toBe(
      'INVALID_PARAMETER',
    )
    expect((await caller.sql('SELECT id FROM customer', [], '?limit=1001')).status).toBe(400)
    const path = '/services/rest/query/v1/suiteql'
    expect((await caller.call('POST', path, { q: 'SELECT id FROM customer' })).status).toBe(400)
  })
})

describe('the dialect is Oracle', () => {
  it.each([
    ["'' ", undefined],
    ["NVL('', 'none')", 'none'],
    ["'a' || NULL || 'b' || 1.50", 'ab1.5'],
    ["LOWER('ÄÖŁ')", 'äöł'],
    ["UPPER('straße zoë')", 'STRASSE ZOË'],
    ["INITCAP('o''neil & sons')", "O'Neil & Sons"],
    ["DECODE(2, 1, 'one', 2, 'two', 'other')", 'two'],
    ["NVL2(NULL, 'yes', 'no')", 'no'],
    ['0.1 + 0.2', '0.3'],
    ['ROUND(2.345, 2)', '2.35'],
    ['ROUND(-2.5)', '-3'],
    ['TRUNC(2.999, 1)', '2.9'],
    ["TO_CHAR(1234.5, 'FM999,990.00')", '1,234.50'],
    ["TO_NUMBER('12.50') * 2", '25'],
    ["SUBSTR('abcdef', -3, 2)", 'ef'.replace('ef', 'de')],
    ["INSTR('abc', 'c')", '3'],
    ["LPAD(7, 3, '0')", '007'],
    ["CASE WHEN 'a' = 'A' THEN 1 ELSE 2 END", '2'],
    ["TO_DATE('2026-02-28', 'YYYY-MM-DD') + 1", '3/1/2026'],
    ["ADD_MONTHS(TO_DATE('2026-01-31', 'YYYY-MM-DD'), 1)", '2/28/2026'],
    ["TO_CHAR(LAST_DAY(DATE '2024-02-05'), 'YYYY-MM-DD')", '2024-02-29'],
    ['TRUNC(SYSDATE)', '3/31/2026'],
    ["GREATEST(1, 3, 2) || LEAST('b', 'a')", '3a'],
    ["LENGTH('Zoë😀')", '4'],
  ])('%s is %s', async (expression, value) => {
    expect(await one(expression)).toBe(value)
  })

  it('binds parameters, and an empty one is NULL', async () => {
    expect(await one("NVL(?, 'none') || ?", ['', "it's"])).toBe("noneit's")
    expect((await caller.sql('SELECT id FROM customer WHERE id = ?', [null])).status).toBe(400)
    expect((await caller.sql('SELECT id FROM customer WHERE id = ?', [])).status).toBe(400)
    expect((await caller.sql('SELECT id FROM customer', ['1'])).status).toBe(400)
    expect(await caller.rows('SELECT id FROM customer WHERE email = ?', [''])).toEqual([])
  })

  it('compares with regard to letter case, also by LIKE', async () => {
    const count = async (where: string, ...params: string[]) =>
      (await caller.rows(`SELECT COUNT(*) AS n FROM customer WHERE ${where}`, params))[0]!['n']
    expect(await count('companyname = ?', 'acme corporation')).toBe('0')
    expect(await count('companyname LIKE ?', 'acme%')).toBe('0')
    expect(await count('companyname LIKE ?', 'Acme%')).toBe('1')
    expect(await count("LOWER(companyname) LIKE LOWER(?) ESCAPE '\\'", '%ł%')).toBe('1')
    expect(await count("companyname LIKE ? ESCAPE '\\'", '50\\% Off\\_Outlet%')).toBe(
      await count('companyname LIKE ?', '50% Off_Outlet%'),
    )
  })

  it('sorts NULL last upwards and first downwards', async () => {
    const order = async (by: string) => {
      const rows = await caller.rows(`SELECT id FROM customer WHERE id IN (456, 457, 458) ORDER BY ${by}`)
      return rows.map((row) => row['id'])
    }
    expect(await order('parent, id')).toEqual(['458', '456', '457'])
    expect(await order('parent DESC, id DESC')).toEqual(['457', '456', '458'])
    expect(await order('parent NULLS FIRST, id')).toEqual(['456', '457', '458'])
    expect(await order('LOWER(companyname) DESC')).toEqual(['458', '457', '456'])
  })

  it('limits by FETCH FIRST, TOP and ROWNUM', async () => {
    const ids = async (query: string, ...params: unknown[]) =>
      (await caller.rows(query, params)).map((row) => row['id'])
    expect(await ids('SELECT id FROM customer WHERE id > ? ORDER BY id FETCH FIRST 2 ROWS ONLY', '456')).toEqual([
      '457',
      '458',
    ])
    expect(await ids('SELECT id FROM customer ORDER BY id OFFSET 1 ROWS FETCH NEXT ? ROWS ONLY', 1)).toEqual(['457'])
    expect(await ids('SELECT TOP 1 id FROM customer ORDER BY id DESC')).toEqual(['1040'])
    expect(
      await ids('SELECT id FROM (SELECT id FROM customer WHERE id < ? ORDER BY id DESC) WHERE ROWNUM <= ?', 458, '1'),
    ).toEqual(['457'])
    expect((await caller.sql('SELECT id FROM customer WHERE ROWNUM <= 2 ORDER BY id')).status).toBe(400)
  })

  it('joins, groups and asks for subselects', async () => {
    const rows = await caller.rows(
      `SELECT c.id, COUNT(t.id) AS n, SUM(t.foreignamountunpaid) AS open FROM customer c
       LEFT JOIN transaction t ON t.entity = c.id AND t.type IN ('CustInvc', 'Journal')
       WHERE EXISTS (SELECT 1 FROM customersubsidiaryrelationship s WHERE s.entity = c.id AND s.subsidiary = 1)
       GROUP BY c.id HAVING COUNT(t.id) >= 3 AND c.id < 1000 ORDER BY 1`,
    )
    expect(rows).toEqual([
      { id: '456', n: '3', open: '1750' },
      { id: '457', n: '4', open: '865' },
    ])
  })
})

describe('the tables', () => {
  it('name what references mean', async () => {
    await caller.record('POST', 'customerPayment', {
      ...{
        customer: '456',
        payment: 20,
        account: '10',
        autoApply: false,
        paymentOption: '2',
        checkNumber: '77',
        externalId: 'x1',
      },
      apply: { items: [{ doc: '5001', apply: true, amount: 15 }] },
    })
    const [row] = await caller.rows(
      `SELECT t.id, BUILTIN.DF(t.entity) AS customer, BUILTIN.DF(t.currency) AS currency, BUILTIN.DF(t.status) AS words, t.status,
       BUILTIN.CF(t.status) AS code, BUILTIN.DF(t.paymentmethod) AS method, t.otherrefnum, t.foreigntotal, t.foreignpaymentamountused AS used,
       t.foreignpaymentamountunused AS unused, l.subsidiary, BUILTIN.DF(l.expenseaccount) AS account
       FROM transaction t INNER JOIN transactionline l ON l.transaction = t.id AND l.mainline = 'T'
       WHERE t.type = 'CustPymt' AND t.externalid = ?`,
      ['x1'],
    )
    expect(row).toEqual({
      ...{ id: '10001', customer: 'ACME-001 Acme Corporation', currency: 'USA', status: 'C', code: 'CustPymt:C' },
      ...{ words: 'Customer Payment : Deposited', method: 'Check', otherrefnum: '77', foreigntotal: '20' },
      ...{ used: '15', unused: '5', subsidiary: '1', account: 'Operating Bank' },
    })
    const links =
      'SELECT previousdoc, previoustype, nextdoc, nexttype, linktype, foreignamount FROM nexttransactionlinelink WHERE nextdoc = 10001'
    expect(await caller.rows(links)).toEqual([
      {
        previousdoc: '5001',
        previoustype: 'CustInvc',
        nextdoc: '10001',
        nexttype: 'CustPymt',
        linktype: 'Payment',
        foreignamount: '15',
      },
    ])
  })

  it('follow every change at once', async () => {
    const balance = async (id: string) =>
      (await caller.rows('SELECT consolbalancesearch AS b FROM customer WHERE id = ?', [id]))[0]!['b']
    expect(await balance('457')).toBe('685')
    const { newId } = await caller.record('POST', 'customerPayment', {
      customer: '458',
      payment: 20,
      account: '10',
      autoApply: false,
    })
    expect(await balance('457')).toBe('665')
    await caller.record('DELETE', `customerPayment/${newId}`)
    expect(await balance('457')).toBe('685')
    await caller.record('PATCH', 'customer/458', { parent: null })
    expect(await balance('457')).toBe('565')
    expect(await caller.rows('SELECT id FROM transaction WHERE id = ?', [newId])).toEqual([])
    caller.sandbox.reset()
    expect(await balance('457')).toBe('685')
  })

  it('have addresses behind their keys', async () => {
    const query = `SELECT b.label, a.city, a.country FROM customeraddressbook b
      INNER JOIN entityaddress a ON a.nkey = b.addressbookaddress WHERE b.entity = 456 AND b.defaultbilling = 'T'`
    expect(await caller.rows(query)).toEqual([{ label: 'Main Office', city: 'San Francisco', country: 'US' }])
    const keys = `SELECT b.internalid, b.addressbookaddress - c.defaultbillingaddress AS same FROM customer c
      INNER JOIN customeraddressbook b ON b.entity = c.id WHERE c.id = 456 AND b.addressbookaddress <> b.internalid`
    expect(await caller.rows(keys)).toEqual([{ internalid: '701', same: '0' }])
  })
})
