/** `query` of the Intacct sandbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Caller, equal, list } from './intacct-caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z'), customers: 60 })
  const names = ["Jane's Deli", 'Jane 100% Foods', 'jane lower', 'Bell & Howell <x>']
  for (const [index, name] of names.entries()) {
    const text = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
    const limit = index === 3 ? '' : `<CREDITLIMIT>${[900, 1000, 25.5][index]}</CREDITLIMIT>`
    await caller.call(
      `<create><CUSTOMER><CUSTOMERID>Q${index}</CUSTOMERID><NAME>${text}</NAME><DISPLAYCONTACT><PRINTAS>x</PRINTAS></DISPLAYCONTACT>${limit}</CUSTOMER></create>`,
    )
  }
})
afterAll(() => caller.sandbox.close())

const operator = (name: string, field: string, ...values: string[]) =>
  `<${name}><field>${field}</field>${values.map((value) => `<value>${value}</value>`).join('')}</${name}>`
const onlyOurs = (filter: string) => `<and>${operator('like', 'CUSTOMERID', 'Q_')}${filter}</and>`

async function ours(filter: string, options = ''): Promise<string[]> {
  return (await caller.query('CUSTOMER', 'CUSTOMERID', onlyOurs(filter), options))
    .map((row) => row['CUSTOMERID']!)
    .sort()
}

describe('operators', () => {
  const cases: [string, string, string[]][] = [
    ['equalto', operator('equalto', 'NAME', "Jane's Deli"), ['Q0']],
    ['equalto with markup', operator('equalto', 'NAME', 'Bell &amp; Howell &lt;x&gt;'), ['Q3']],
    ['equalto, another case', operator('equalto', 'NAME', 'JANE LOWER'), []],
    ['notequalto', operator('notequalto', 'NAME', 'jane lower'), ['Q0', 'Q1', 'Q3']],
    ['numbers as numbers', operator('lessthan', 'CREDITLIMIT', '1000.00'), ['Q0', 'Q2']],
    ['equal numbers of another form', operator('equalto', 'CREDITLIMIT', '25.50'), ['Q2']],
    ['lessthanorequalto', operator('lessthanorequalto', 'CREDITLIMIT', '1000'), ['Q0', 'Q1', 'Q2']],
    ['greaterthan', operator('greaterthan', 'CREDITLIMIT', '25.5'), ['Q0', 'Q1']],
    ['greaterthanorequalto', operator('greaterthanorequalto', 'CREDITLIMIT', '1000'), ['Q1']],
    ['between', operator('between', 'CREDITLIMIT', '25.5', '900'), ['Q0', 'Q2']],
    ['in', operator('in', 'CUSTOMERID', 'Q0', 'Q3', 'Q9'), ['Q0', 'Q3']],
    ['notin', operator('notin', 'CUSTOMERID', 'Q0', 'Q3'), ['Q1', 'Q2']],
    ['like', operator('like', 'NAME', 'Jane%'), ['Q0', 'Q1']],
    ['like with one character', operator('like', 'NAME', 'Jane_s Deli'), ['Q0']],
    ['notlike', operator('notlike', 'NAME', 'Jane%'), ['Q2', 'Q3']],
    ['isnull', '<isnull><field>CREDITLIMIT</field></isnull>', ['Q3']],
    ['isnotnull', '<isnotnull><field>CREDITLIMIT</field></isnotnull>', ['Q0', 'Q1', 'Q2']],
    ['an empty value', operator('equalto', 'CREDITLIMIT', ''), []],
    ['nothing in a comparison', operator('notequalto', 'CREDITLIMIT', '900'), ['Q1', 'Q2']],
    ['labels', operator('equalto', 'STATUS', 'active'), ['Q0', 'Q1', 'Q2', 'Q3']],
    ['letters are no labels', operator('equalto', 'STATUS', 'T'), []],
    ['timestamps', operator('greaterthanorequalto', 'WHENMODIFIED', '02/01/2026 10:00:00'), ['Q0', 'Q1', 'Q2', 'Q3']],
    ['later timestamps', operator('greaterthan', 'WHENMODIFIED', '02/01/2026 10:00:00'), []],
    [
      'or inside and',
      `<or>${equal('CUSTOMERID', 'Q1')}<and>${equal('CUSTOMERID', 'Q2')}${operator('like', 'NAME', 'jane%')}</and></or>`,
      ['Q1', 'Q2'],
    ],
  ]
  it.each(cases)('%s', async (_name, filter, expected) => {
    expect(await ours(filter)).toEqual(expected)
  })

  it('can ignore case', async () => {
    const options = '<options><caseinsensitive>true</caseinsensitive></options>'
    expect(await ours(operator('like', 'NAME', 'JANE%'), options)).toEqual(['Q0', 'Q1', 'Q2'])
    expect(await ours(operator('equalto', 'NAME', 'JANE LOWER'), options)).toEqual(['Q2'])
  })
})

describe('form and fields', () => {
  const raw = (inner: string) =>
    caller.post(caller.envelope(`<function controlid="f"><query>${inner}</query></function>`))
  const base = '<object>CUSTOMER</object><select><field>RECORDNO</field></select>'
  it.each([
    ['no select', '<object>CUSTOMER</object>'],
    ['an empty select', '<object>CUSTOMER</object><select/>'],
    ['two operators', `${base}<filter>${equal('NAME', 'a')}${equal('NAME', 'b')}</filter>`],
    ['an empty filter', `${base}<filter/>`],
    ['and of one', `${base}<filter><and>${equal('NAME', 'a')}</and></filter>`],
    ['between of one', `${base}<filter>${operator('between', 'NAME', 'a')}</filter>`],
    ['in of none', `${base}<filter>${operator('in', 'NAME')}</filter>`],
    ['in of 1001', `${base}<filter>${operator('in', 'NAME', ...Array.from({ length: 1001 }, () => 'a'))}</filter>`],
    ['isnull with a value', `${base}<filter>${operator('isnull', 'NAME', 'a')}</filter>`],
    ['value before field', `${base}<filter><equalto><value>a</value><field>NAME</field></equalto></filter>`],
    ['pagesize 0', `${base}<pagesize>0</pagesize>`],
    ['pagesize 2001', `${base}<pagesize>2001</pagesize>`],
    ['offset -1', `${base}<offset>-1</offset>`],
    [
      'options in another order',
      `${base}<options><showprivate>true</showprivate><caseinsensitive>true</caseinsensitive></options>`,
    ],
    ['an unknown element', `${base}<fields>*</fields>`],
    [
      'an order of two directions',
      `${base}<orderby><order><field>NAME</field><ascending/><descending/></order></orderby>`,
    ],
  ])('refuses %s', async (_name, inner) => {
    const answer = await raw(inner)
    expect(answer.xml.control.status).toBe('failure')
    expect(answer.xml.errormessage.error.errorno).toBe('XL03000003')
  })

  it('names the fields that cannot be queried', async () => {
    const result = await caller.call(
      '<query><object>ARINVOICE</object><select><field>RECORDNO</field><field>INVOICENO</field><field>DATEDUE</field></select></query>',
    )
    expect(result.errorNumber).toBe('XL03000006')
    expect(result.errorText).toBe('The following fields cannot be queried: INVOICENO, DATEDUE')
  })

  it('refuses ISO dates and what is no number', async () => {
    for (const [field, value] of [
      ['WHENMODIFIED', '2026-01-31'],
      ['WHENMODIFIED', '2026-01-31T00:00:00Z'],
      ['WHENMODIFIED', '31/01/2026'],
      ['WHENMODIFIED', '1/31/2026'],
      ['CREDITLIMIT', '1,000'],
      ['RECORDNO', 'ACME'],
    ]) {
      const filter = `<filter>${equal(field!, value!)}</filter>`
      const result = await caller.call(`<query>${base}${filter}</query>`)
      expect([value, result.errorNumber]).toEqual([value, 'DL02000001'])
    }
  })

  it('crosses relations, hierarchical ones once', async () => {
    const rows = await caller.query(
      'ARINVOICE',
      'RECORDID CUSTOMER.NAME CUSTOMER.DISPLAYCONTACT.EMAIL1',
      equal('RECORDNO', '101'),
    )
    expect(rows).toEqual([
      {
        RECORDID: 'INV-0101',
        'CUSTOMER.NAME': 'Acme Corporation',
        'CUSTOMER.DISPLAYCONTACT.EMAIL1': 'ap@acme.example',
      },
    ])
    const child = await caller.query(
      'CUSTOMER',
      'CUSTOMERID PARENT.NAME',
      '<isnotnull><field>PARENTID</field></isnotnull>',
    )
    expect(child.length).toBeGreaterThan(0)
    expect(child[0]!['PARENT.NAME']).not.toBe('')
    await expect(caller.query('CUSTOMER', 'PARENT.PARENT.NAME')).rejects.toThrow(/cannot be queried/)
  })

  it('answers empty elements for nothing, and success for no rows', async () => {
    const row = await caller.query(
      'CUSTOMER',
      'CREDITLIMIT PARENTID SHIPTOCONTACT.CONTACTNAME',
      equal('CUSTOMERID', 'Q3'),
    )
    expect(row).toEqual([{ CREDITLIMIT: '', PARENTID: '', 'SHIPTOCONTACT.CONTACTNAME': '' }])
    const none = await caller.call(`<query>${base}<filter>${equal('CUSTOMERID', 'NOBODY')}</filter></query>`)
    expect(none.xml.data).toEqual({
      '@listtype': 'CUSTOMER',
      '@totalcount': '0',
      '@offset': '0',
      '@count': '0',
      '@numremaining': '0',
    })
  })

  it('gives bare rows in csv and json', async () => {
    const body = (format: string) =>
      caller.envelope(
        `<function controlid="f"><query><object>CUSTOMER</object><select><field>CUSTOMERID</field></select><filter>${equal('CUSTOMERID', 'ACME')}</filter><options><returnformat>${format}</returnformat></options></query></function>`,
      )
    expect((await caller.post(body('json'))).text).toBe('[{"CUSTOMERID":"ACME"}]')
    expect((await caller.post(body('csv'))).text).toBe('"CUSTOMERID"\n"ACME"\n')
  })
})

describe('pages, order, aggregates', () => {
  it('pages without gaps in a given order', async () => {
    const order =
      '<orderby><order><field>CURRENCY</field><descending/></order><order><field>RECORDNO</field></order></orderby>'
    const seen: string[] = []
    for (let offset = 0; ; ) {
      const result = await caller.call(
        `<query><object>CUSTOMER</object><select><field>RECORDNO</field><field>CURRENCY</field></select>${order}<pagesize>7</pagesize><offset>${offset}</offset></query>`,
      )
      const { data } = result.xml
      expect([data['@totalcount'], data['@offset']]).toEqual(['66', String(offset)])
      const rows = list(data.CUSTOMER) as Record<string, string>[]
      seen.push(...rows.map((row) => row['RECORDNO']!))
      expect(Number(data['@numremaining'])).toBe(66 - seen.length)
      if (data['@numremaining'] === '0') break
      offset += rows.length
    }
    expect(new Set(seen).size).toBe(66)
  })

  it('orders numbers as numbers and puts nothing last', async () => {
    const rows = await caller.query(
      'CUSTOMER',
      'CUSTOMERID',
      operator('like', 'CUSTOMERID', 'Q_'),
      '<orderby><order><field>CREDITLIMIT</field><ascending/></order></orderby>',
    )
    expect(rows.map((row) => row['CUSTOMERID'])).toEqual(['Q2', 'Q0', 'Q1', 'Q3'])
  })

  it('counts, sums and groups', async () => {
    const result = await caller.call(
      `<query><object>CUSTOMER</object><select><count>RECORDNO</count><sum>CREDITLIMIT</sum><max>CREDITLIMIT</max></select><filter>${operator('like', 'CUSTOMERID', 'Q_')}</filter></query>`,
    )
    expect(result.xml.data.CUSTOMER).toEqual({
      'COUNT.RECORDNO': '4',
      CREDITLIMIT: '1925.5',
      'MAX.CREDITLIMIT': '1000',
    })
    const grouped = await caller.call(
      '<query><object>ARINVOICE</object><select><field>CUSTOMERID</field><sum>TRX_TOTALDUE</sum></select><filter><in><field>CUSTOMERID</field><value>ACME</value><value>EUROPA</value></in></filter></query>',
    )
    const rows = list(grouped.xml.data.ARINVOICE) as Record<string, string>[]
    expect(rows.sort((left, right) => (left['CUSTOMERID']! < right['CUSTOMERID']! ? -1 : 1))).toEqual([
      { CUSTOMERID: 'ACME', TRX_TOTALDUE: '225.5' },
      { CUSTOMERID: 'EUROPA', TRX_TOTALDUE: '170' },
    ])
  })
})
