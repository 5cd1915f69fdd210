/** `readByQuery` and `readMore` of the Intacct sandbox. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Caller, cash, list, payment } from './intacct-caller.ts'

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

describe('readByQuery and readMore', () => {
  const by = (text: string, more = '') =>
    caller.call(
      `<readByQuery><object>CUSTOMER</object><fields>CUSTOMERID</fields><query>${text}</query>${more}</readByQuery>`,
    )
  const ids = async (text: string) => {
    const result = await by(text)
    if (result.status !== 'success') throw new Error(result.errorText)
    return (list(result.xml.data.customer) as Record<string, string>[]).map((row) => row['CUSTOMERID']!).sort()
  }

  it.each([
    ["NAME = 'Jane\\'s Deli'", ['Q0']],
    ["CUSTOMERID like 'Q%' AND CREDITLIMIT &gt; 100", ['Q0', 'Q1']],
    ["customerid LIKE 'Q%'", 'fails'],
    ["CUSTOMERID LIKE 'Q_' AND NOT CUSTOMERID IN ('Q0','Q1')", ['Q2', 'Q3']],
    ["CUSTOMERID not in ('Q0') AND CUSTOMERID like 'Q%' and CREDITLIMIT IS NOT NULL", ['Q1', 'Q2']],
    ["CUSTOMERID = 'Q0' OR CUSTOMERID = 'Q1' AND NAME = 'none'", ['Q0']],
    ["(CUSTOMERID = 'Q0' OR CUSTOMERID = 'Q1') AND NAME not like '%Foods'", ['Q0']],
    ["STATUS = 'F' AND CUSTOMERID like 'Q%'", []],
    ["STATUS = 'T' AND ONHOLD = 'F' AND CUSTOMERID like 'Q%'", ['Q0', 'Q1', 'Q2', 'Q3']],
  ])('%s', async (text, expected) => {
    if (expected === 'fails') await expect(ids(text)).rejects.toThrow(/processing the request/)
    else expect(await ids(text)).toEqual(expected)
  })

  it.each([
    "NAME = 'x' ORDER BY NAME",
    "NAME = 'Jane's Deli'",
    "NAME = ''Jane''",
    "WHENMODIFIED &gt; '2026-01-31'",
    "NAME == 'x'",
    "(NAME = 'x'",
    "PARENT.NAME = 'x'",
    "NOPE = 'x'",
    'NAME = x',
    'ONHOLD = true',
    "NAME = 'x' AND",
  ])('refuses %s', async (text) => {
    const result = await by(text)
    expect([result.status, result.errorNumber]).toEqual(['failure', 'DL02000001'])
  })

  it('goes on to the end within its session', async () => {
    const session = await caller.session()
    const first = await caller.call(
      '<readByQuery><object>CUSTOMER</object><fields>CUSTOMERID</fields><query/><pagesize>30</pagesize></readByQuery>',
      { session },
    )
    const { data } = first.xml
    expect([data['@listtype'], data['@count'], data['@totalcount'], data['@numremaining']]).toEqual([
      'customer',
      '30',
      '66',
      '36',
    ])
    const more = `<readMore><resultId>${data['@resultId']}</resultId></readMore>`
    expect((await caller.call(more, { session: await caller.session() })).status).toBe('failure')
    const second = await caller.call(more, { session })
    const third = await caller.call(more, { session })
    const all = [first, second, third].flatMap((result) => list(result.xml.data.customer) as Record<string, string>[])
    expect(new Set(all.map((row) => row['CUSTOMERID'])).size).toBe(66)
    expect(third.xml.data['@numremaining']).toBe('0')
    expect((await by('', '<pagesize>1001</pagesize>')).status).toBe('failure')
  })

  it('finds payments by their record type, as the documentation does for overpayments', async () => {
    await caller.call(payment(cash('101', '10')))
    const found = await caller.call(
      "<readByQuery><object>ARPYMT</object><fields>*</fields><query>RECORDTYPE = 'rp' AND CUSTOMERID = 'ACME'</query></readByQuery>",
    )
    expect(found.xml.data.arpymt).toMatchObject({ CUSTOMERID: 'ACME', TRX_TOTALENTERED: '10', RAWSTATE: 'C' })
    const byLetter = await caller.call(
      "<readByQuery><object>ARPYMT</object><fields>RECORDNO</fields><query>STATE = 'C' AND CUSTOMERID = 'ACME'</query></readByQuery>",
    )
    expect(byLetter.xml.data['@count']).toBe('1')
  })
})
