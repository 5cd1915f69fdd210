/** CUSTOMER of the Intacct sandbox: create, update, and what is refused. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Caller, equal } from './intacct-caller.ts'

let caller: Caller

beforeAll(async () => {
  caller = await Caller.start({ clock: () => new Date('2026-02-01T10:00:00Z') })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const create = (inner: string) => caller.call(`<create><CUSTOMER>${inner}</CUSTOMER></create>`)
const update = (inner: string) => caller.call(`<update><CUSTOMER>${inner}</CUSTOMER></update>`)
const NEW = '<CUSTOMERID>N1</CUSTOMERID><NAME>New One</NAME><DISPLAYCONTACT><PRINTAS>New One</PRINTAS></DISPLAYCONTACT>'

async function value(id: string, field: string): Promise<string> {
  return (await caller.query('CUSTOMER', field, equal('CUSTOMERID', id)))[0]![field]!
}

describe('create', () => {
  it('answers the keys in a lower-case element and keeps every value', async () => {
    const made = await create(
      '<CUSTOMERID>N1</CUSTOMERID><NAME>A &amp; B &lt;C&gt; "D" \'E\' 😀 </NAME><DISPLAYCONTACT><PRINTAS>x</PRINTAS><EMAIL1>a@b.example</EMAIL1>' +
        '<MAILADDRESS><ADDRESS1>1 <![CDATA[<St>]]></ADDRESS1><COUNTRY>United States</COUNTRY><ISOCOUNTRYCODE>US</ISOCOUNTRYCODE></MAILADDRESS></DISPLAYCONTACT>' +
        '<STATUS>active</STATUS><TERMNAME>Net 30</TERMNAME><CREDITLIMIT>5000.00</CREDITLIMIT><CURRENCY>EUR</CURRENCY><COMMENTS> ]]&gt; &#13; </COMMENTS><REGION>West</REGION>',
    )
    expect(made.xml.data).toEqual({
      '@listtype': 'objects',
      '@count': '1',
      customer: { RECORDNO: '1021', CUSTOMERID: 'N1' },
    })
    const read = await caller.readOne('CUSTOMER', '1021')
    expect(read).toMatchObject({
      RECORDNO: '1021',
      NAME: 'A & B <C> "D" \'E\' 😀 ',
      ENTITY: 'CN1',
      'DISPLAYCONTACT.CONTACTNAME': 'A & B <C> "D" \'E\' 😀 (CN1)',
      'DISPLAYCONTACT.EMAIL1': 'a@b.example',
      'DISPLAYCONTACT.MAILADDRESS.ADDRESS1': '1 <St>',
      'DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE': 'US',
      'DISPLAYCONTACT.PHONE1': '',
      TERMNAME: 'Net 30',
      TERMVALUE: '::#30#:O:',
      CREDITLIMIT: '5000',
      CURRENCY: 'EUR',
      COMMENTS: ' ]]> \r ',
      REGION: 'West',
      ONHOLD: 'false',
      STATUS: 'active',
      TOTALDUE: '0',
      WHENCREATED: '02/01/2026 10:00:00',
    })
  })

  it('numbers by itself when no id is given', async () => {
    const made = await create(NEW.replace('<CUSTOMERID>N1</CUSTOMERID>', ''))
    expect(made.xml.data.customer.CUSTOMERID).toBe('CUST-00021')
  })

  it('takes what the vendor’s own SDK writes', async () => {
    const made = await create(
      '<CUSTOMERID>S1</CUSTOMERID><NAME>Sdk</NAME><DISPLAYCONTACT><PRINTAS /><MAILADDRESS><COUNTRY>Germany</COUNTRY><COUNTRYCODE>DE</COUNTRYCODE></MAILADDRESS></DISPLAYCONTACT><DELIVERYOPTIONS>Print</DELIVERYOPTIONS>',
    )
    expect(made.status).toBe('success')
    expect(await value('S1', 'DISPLAYCONTACT.PRINTAS')).toBe('Sdk')
    expect((await update('<CUSTOMERID>S1</CUSTOMERID><DISPLAYCONTACT /><CREDITLIMIT>1</CREDITLIMIT>')).status).toBe(
      'success',
    )
    expect(await value('S1', 'DISPLAYCONTACT.MAILADDRESS.COUNTRYCODE')).toBe('DE')
  })

  const refusals: [string, string, string, RegExp][] = [
    ['no name', NEW.replace('<NAME>New One</NAME>', ''), 'BL01001973', /NAME/],
    ['no display contact', '<CUSTOMERID>N1</CUSTOMERID><NAME>N</NAME>', 'BL01001973', /PRINTAS/],
    ['no PRINTAS', NEW.replace(/<PRINTAS>.*?<\/PRINTAS>/, ''), 'BL01001973', /PRINTAS/],
    ['an unknown field', `${NEW}<EMAIL>a@b.example</EMAIL>`, 'DL02000001', /processing the request/],
    ['lower case', NEW.replaceAll('NAME>', 'name>'), 'DL02000001', /processing the request/],
    [
      'an unknown contact field',
      NEW.replace('<PRINTAS>', '<EMAIL>x</EMAIL><PRINTAS>'),
      'DL02000001',
      /processing the request/,
    ],
    [
      'a dotted name',
      `${NEW}<DISPLAYCONTACT.EMAIL1>a@b.example</DISPLAYCONTACT.EMAIL1>`,
      'DL02000001',
      /processing the request/,
    ],
    ['a read-only field', `${NEW}<TOTALDUE>1</TOTALDUE>`, 'DL02000001', /processing the request/],
    ['RECORDNO', `${NEW}<RECORDNO>5</RECORDNO>`, 'DL02000001', /processing the request/],
    ['a field twice', `${NEW}<NAME>b</NAME>`, 'DL02000001', /processing the request/],
    ['a boolean in another word', `${NEW}<ONHOLD>yes</ONHOLD>`, 'BL03000018', /Onhold/],
    ['an amount with a separator', `${NEW}<CREDITLIMIT>5,000</CREDITLIMIT>`, 'BL03000018', /Creditlimit/],
    ['an amount with an exponent', `${NEW}<CREDITLIMIT>5e3</CREDITLIMIT>`, 'BL03000018', /5e3/],
    [
      'no e-mail address',
      NEW.replace('<PRINTAS>', '<EMAIL1>nobody</EMAIL1><PRINTAS>'),
      'BL03000018',
      /Illegal format for Contactversion : Primary Email Address/,
    ],
    ['a bill in advance without its period', `${NEW}<ADVBILLBY>3</ADVBILLBY>`, 'BL01001973', /ADVBILLBYTYPE/],
    [
      'a tax schedule without its solution',
      NEW.replace('<PRINTAS>', '<TAXSCHEDULE>Standard</TAXSCHEDULE><PRINTAS>'),
      'BL01001973',
      /TAXSOLUTIONID/,
    ],
    ['an unknown term', `${NEW}<TERMNAME>Net 31</TERMNAME>`, 'BL01001973', /Invalid term 'Net 31'/],
    ['an inactive term', `${NEW}<TERMNAME>Net 90</TERMNAME>`, 'BL01001973', /^Activate the term Net 90/],
    ['an unknown currency', `${NEW}<CURRENCY>ZZZ</CURRENCY>`, 'BL01001973', /currency/],
    ['an unknown parent', `${NEW}<PARENTID>NOBODY</PARENTID>`, 'BL01001973', /^Invalid Parent customer 'NOBODY'/],
    ['an unknown contact', `${NEW}<BILLTO><CONTACTNAME>Nobody</CONTACTNAME></BILLTO>`, 'BL03000019', /Nobody/],
    ['a too long id', NEW.replace('N1', 'N'.repeat(21)), 'BL03000018', /^Illegal format for CUSTOMER/],
    [
      'a duplicate',
      NEW.replace('N1', 'ACME'),
      'BL34000061',
      /Another Customer with the given value\(s\) ACME {2}already exists/,
    ],
  ]
  it.each(refusals)('refuses %s', async (_name, inner, number, text) => {
    const made = await create(inner)
    expect([made.status, made.errorNumber]).toEqual(['failure', number])
    expect(made.errorText).toMatch(text)
    expect(made.xml.data['@count']).toBe('0')
    expect(caller.sandbox.books.getCustomer('N1')).toBeUndefined()
  })

  it('tells the effect after the cause', async () => {
    const made = await create(NEW.replace('N1', 'ACME'))
    expect(made.errors.map((error) => error.errorno)).toEqual(['BL34000061', 'BL01001973'])
    expect(made.errors[1]!.description2).toMatch(/^Could not create customer record!/)
    expect(made.errors[0]!.description2).toMatch(/\[Support ID: .+\]$/)
  })

  it('fails on a contact whose name is taken, whoever has it', async () => {
    await create(NEW)
    const made = await create(
      '<CUSTOMERID>N2</CUSTOMERID><NAME>Two</NAME><DISPLAYCONTACT><CONTACTNAME>New One(CN1)</CONTACTNAME><PRINTAS>x</PRINTAS></DISPLAYCONTACT>',
    )
    expect(made.errorText).toMatch(/Another Contact with the given value\(s\) New One\(CN1\)/)
    expect(caller.sandbox.books.getCustomer('N2')).toBeUndefined()
  })

  it('makes what it can of several objects', async () => {
    const two = `<CUSTOMER>${NEW.replace('N1', 'ACME')}</CUSTOMER><CUSTOMER>${NEW}</CUSTOMER>`
    const made = await caller.call(`<create>${two}</create>`)
    expect(made.status).toBe('failure')
    expect(made.xml.data).toMatchObject({ '@count': '1', customer: { CUSTOMERID: 'N1' } })
    expect(made.errorNumber).toBe('BL34000061')
  })
})

describe('update', () => {
  it('leaves what is absent, clears what is empty', async () => {
    const done = await update(
      '<CUSTOMERID>ACME</CUSTOMERID><CREDITLIMIT/><ONHOLD>true</ONHOLD><DISPLAYCONTACT><PHONE1></PHONE1><FAX>1</FAX></DISPLAYCONTACT>',
    )
    expect(done.xml.data.customer).toEqual({ RECORDNO: '33', CUSTOMERID: 'ACME' })
    const read = await caller.readOne('CUSTOMER', '33')
    expect(read).toMatchObject({
      CREDITLIMIT: '',
      ONHOLD: 'true',
      TERMNAME: 'Net 30',
      'DISPLAYCONTACT.PHONE1': '',
      'DISPLAYCONTACT.FAX': '1',
      'DISPLAYCONTACT.EMAIL1': 'ap@acme.example',
      'DISPLAYCONTACT.MAILADDRESS.CITY': 'Austin',
      WHENMODIFIED: '02/01/2026 10:00:00',
    })
  })

  it('finds by RECORDNO, keeps CUSTOMERID for good', async () => {
    expect((await update('<RECORDNO>33</RECORDNO><NAME>Acme Ltd</NAME>')).status).toBe('success')
    expect(await value('ACME', 'NAME')).toBe('Acme Ltd')
    expect((await update('<RECORDNO>33</RECORDNO><CUSTOMERID>OTHER</CUSTOMERID>')).errorText).toMatch(
      /cannot be changed/,
    )
    expect((await update('<CUSTOMERID>NOBODY</CUSTOMERID><NAME>x</NAME>')).errorText).toMatch(/Cannot find customer/)
    expect((await update('<CUSTOMERID>ACME</CUSTOMERID><NAME/>')).errorText).toMatch(/NAME/)
  })

  it('does nothing at all when one part is refused', async () => {
    await update(
      '<CUSTOMERID>ACME</CUSTOMERID><DISPLAYCONTACT><FAX>9</FAX></DISPLAYCONTACT><CUSTOMEREMAILTEMPLATES><customeremailtemplate><EMAILTEMPLATENAME>None</EMAILTEMPLATENAME></customeremailtemplate></CUSTOMEREMAILTEMPLATES>',
    )
    expect(await value('ACME', 'DISPLAYCONTACT.FAX')).toBe('')
  })

  it('makes contacts, refers to them, and keeps a list of them', async () => {
    const contact =
      '<CONTACTNAME>Ship, Acme</CONTACTNAME><PRINTAS>Ship</PRINTAS><MAILADDRESS><CITY>Leeds</CITY></MAILADDRESS>'
    expect((await caller.call(`<create><CONTACT>${contact}</CONTACT></create>`)).status).toBe('success')
    const entry =
      '<CUSTOMERENTITYCONTACTS><CATEGORYNAME>Work</CATEGORYNAME><CONTACT><NAME>Ship, Acme</NAME></CONTACT></CUSTOMERENTITYCONTACTS>'
    const refer = '<SHIPTO><CONTACTNAME>Ship, Acme</CONTACTNAME></SHIPTO>'
    const change = `<CUSTOMERID>ACME</CUSTOMERID>${refer}<CUSTOMERCONTACTS>${entry}</CUSTOMERCONTACTS>`
    await update(change)
    await update(change)
    const read = await caller.readOne('CUSTOMER', '33')
    expect(read['SHIPTO.MAILADDRESS.CITY']).toBe('Leeds')
    // A ship-to contact is appended by itself.
    expect(read['CUSTOMERCONTACTS'].CUSTOMERENTITYCONTACTS).toEqual([
      { CATEGORYNAME: 'Work', 'CONTACT.NAME': 'Ship, Acme' },
      { CATEGORYNAME: 'Ship to Contact', 'CONTACT.NAME': 'Ship, Acme' },
    ])
    expect(await value('ACME', 'SHIPTOCONTACT.CONTACTNAME')).toBe('Ship, Acme')
    await update('<CUSTOMERID>ACME</CUSTOMERID><SHIPTO><CONTACTNAME/></SHIPTO><CUSTOMERCONTACTS></CUSTOMERCONTACTS>')
    expect((await caller.readOne('CUSTOMER', '33'))['CUSTOMERCONTACTS']).toBe('')
    expect(await value('ACME', 'SHIPTO.CONTACTNAME')).toBe('')
  })

  it('changes and adds e-mail templates through the customer only', async () => {
    await update(
      '<CUSTOMERID>ACME</CUSTOMERID><CUSTOMEREMAILTEMPLATES><customeremailtemplate><RECORDNO>170</RECORDNO><EMAILTEMPLATENAME>ARStmtEmailTemplate</EMAILTEMPLATENAME></customeremailtemplate>' +
        '<customeremailtemplate><EMAILTEMPLATENAME>SOInvEmailTemplate</EMAILTEMPLATENAME><DOCPARID>Sales Invoice</DOCPARID></customeremailtemplate></CUSTOMEREMAILTEMPLATES>',
    )
    const order = '<orderby><order><field>RECORDNO</field></order></orderby>'
    expect(
      await caller.query(
        'CUSTOMEREMAILTEMPLATE',
        'RECORDNO EMAILTEMPLATENAME DOCPARID',
        equal('CUSTOMERID', 'ACME'),
        order,
      ),
    ).toEqual([
      { RECORDNO: '170', EMAILTEMPLATENAME: 'ARStmtEmailTemplate', DOCPARID: '' },
      { RECORDNO: '200', EMAILTEMPLATENAME: 'SOInvEmailTemplate', DOCPARID: 'Sales Invoice' },
    ])
    const byName = await caller.call('<readByName><object>CUSTOMEREMAILTEMPLATE</object><keys>170</keys></readByName>')
    expect(byName.xml.data['@count']).toBe('1')
    const direct = await caller.call(
      '<create><CUSTOMEREMAILTEMPLATE><EMAILTEMPLATENAME>x</EMAILTEMPLATENAME></CUSTOMEREMAILTEMPLATE></create>',
    )
    expect(direct.status).toBe('failure')
  })
})
