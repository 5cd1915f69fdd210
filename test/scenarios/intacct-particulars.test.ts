/** What is particular to Sage Intacct, through the whole gateway, with a look at the wire: sessions, envelope, contacts, Order Entry. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Answer, newKey, OPERATOR_KEY, startGateway, type TestGateway } from '../support/gateway.ts'

const IN_ENTITY = 'intacct-entity'
let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    customers: 3,
    more: { [IN_ENTITY]: { like: 'intacct', settings: { entityId: '100', title: 'One entity' } } },
  })
})
afterAll(() => gateway.close())
const erp = () => gateway.erps.intacct
beforeEach(() => {
  erp().reset()
  erp().proxy.forget()
})

const request: TestGateway['request'] = (method, path, options = {}) =>
  gateway.request(method, path, { as: OPERATOR_KEY, ...options })
const ok = (answer: Answer, status = 200) => {
  expect({ status: answer.status, detail: answer.body?.detail }).toEqual({ status, detail: undefined })
  return answer.body
}
const sent = () => erp().proxy.exchanges.map(({ body }) => body)
const logins = () => sent().filter((body) => body.includes('<getAPISession'))
const writes = () =>
  erp()
    .proxy.exchanges.filter(erp().isWrite)
    .map(({ body }) => body)
const XML = { 'content-type': 'text/xml; encoding="UTF-8"' }

describe('a session', () => {
  const sessionsUsed = () => new Set(sent().flatMap((body) => /<sessionid>(.*?)<\/sessionid>/.exec(body)?.[1] ?? []))

  it('belongs to a company, a user and an entity, and is shared by all calls there', async () => {
    const paths = ['intacct', IN_ENTITY].flatMap((name) => [1, 2, 3].map(() => `/v1/customers?connection=${name}`))
    for (const answer of await Promise.all(paths.map((path) => request('GET', path)))) ok(answer)
    expect(logins()).toHaveLength(2)
    expect(logins().filter((body) => body.includes('<locationid>100</locationid>'))).toHaveLength(1)
    expect(logins().every((body) => body.match(/<function /g)?.length === 1)).toBe(true)
    expect(sessionsUsed().size).toBe(2)
    for (const name of ['intacct', IN_ENTITY]) ok(await request('GET', `/v1/customers?connection=${name}`))
    expect(logins()).toHaveLength(2)
  })

  it('that ended is opened again once, also for a write, which happens once', async () => {
    ok(await request('GET', '/v1/customers/cus_intacct_ACME'))
    erp().proxy.forget()
    erp().proxy.fail(erp().isWrite, { kind: 'answer', answer: erp().says.loginEnded })
    ok(await request('PATCH', '/v1/customers/cus_intacct_ACME', { body: { comments: 'twice tried' } }))
    expect([logins().length, writes().length]).toEqual([1, 2])
    expect(erp().books.customer('ACME').details['COMMENTS']).toBe('twice tried')
  })
})

describe('the envelope', () => {
  beforeEach(async () => {
    ok(await request('GET', '/v1/customers/cus_intacct_ACME'))
    erp().proxy.forget()
  })

  it('asks several things in one request', async () => {
    ok(await request('GET', '/v1/customers/cus_intacct_ACME/open-items'))
    const [asked = ''] = sent().filter((body) => body.includes('<object>ARINVOICE</object>'))
    for (const object of ['ARADJUSTMENT', 'ARADVANCE', 'ARPYMT']) expect(asked).toContain(`<object>${object}</object>`)
    expect(asked.match(/<function controlid="/g)).toHaveLength(4)
  })

  it('bears the intent in both control ids of a write, once only, and nothing of it in a read', async () => {
    ok(await request('PATCH', '/v1/customers/cus_intacct_ACME', { body: { comments: 'once' } }))
    const [write = ''] = writes()
    const intent = /<controlid>([a-z0-9]{26})<\/controlid><uniqueid>true<\/uniqueid>/.exec(write)?.[1]
    expect(write).toContain(`<function controlid="${intent}">`)
    const reads = sent().filter((body) => body !== write)
    expect(reads.length).toBeGreaterThan(0)
    for (const read of reads) expect(read).toContain('<controlid>read</controlid><uniqueid>false</uniqueid>')
  })

  it.each([
    ['a document type', '<!DOCTYPE response><response><control><status>success</status></control></response>'],
    [
      'an entity of its own',
      '<!DOCTYPE response [<!ENTITY x SYSTEM "file:///etc/hostname">]><response><control><status>&x;</status></control></response>',
    ],
    ['half a document', '<?xml version="1.0"?><response><control><status>success</status></control><operation>'],
  ])('with %s is garbled', async (_what, body) => {
    const fault = erp().proxy.fail(erp().isRead, { kind: 'answer', answer: { status: 200, headers: XML, body } }, 100)
    const answer = await request('GET', '/v1/customers/cus_intacct_ACME')
    fault.disarm()
    expect(answer.body).toMatchObject({ status: 502, code: 'provider_garbled' })
  })

  it('that says GW-0010 is a limit, with 429 and with 200', async () => {
    for (const status of [429, 200]) {
      erp().proxy.forget()
      erp().proxy.fail(erp().isWrite, { kind: 'answer', answer: { ...erp().says.tooMany, status } })
      ok(await request('PATCH', '/v1/customers/cus_intacct_ACME', { body: { comments: `after ${status}` } }))
      expect(writes()).toHaveLength(2)
      expect(erp().books.customer('ACME').details['COMMENTS']).toBe(`after ${status}`)
    }
  })
})

describe('a contact', () => {
  it('whose name is taken gets a clear conflict, and no customer', async () => {
    const contact = { CONTACT: { CONTACTNAME: 'Ring Ltd(CRING)', PRINTAS: 'Somebody else' } }
    const made = await request('POST', '/v1/connections/intacct/passthrough', {
      body: { function: 'create', body: contact },
    })
    expect(made.body).toMatchObject({ body: { status: 'success' } })
    const answer = await request('POST', '/v1/customers', {
      body: { connection: 'intacct', number: 'RING', name: 'Ring Ltd' },
    })
    expect(answer.body).toMatchObject({ status: 409, code: 'conflict', applied: 'no', errors: [{ pointer: '/name' }] })
    expect(answer.body.detail).toMatch(/Another Contact with the given value\(s\) Ring Ltd\(CRING\) already exists/)
    expect(erp().books.getCustomer('RING')).toBeUndefined()
  })

  it('keeps its other fields when one changes; null clears with an empty element', async () => {
    const fields = { phone: '1', altPhone: '2', mobile: '3', fax: '4', email: 'a@b.example', companyName: 'Keep & Co' }
    const made = ok(
      await request('POST', '/v1/customers', { body: { connection: 'intacct', name: 'Keep', ...fields } }),
      201,
    )
    erp().proxy.forget()
    const path = `/v1/customers/${made.id}`
    expect(ok(await request('PATCH', path, { body: { phone: '11' } }))).toMatchObject({ ...fields, phone: '11' })
    expect(writes()[0]).toContain('<DISPLAYCONTACT><PHONE1>11</PHONE1></DISPLAYCONTACT>')
    erp().proxy.forget()
    const cleared = { fax: null, altPhone: null, comments: null, creditLimit: null }
    expect(ok(await request('PATCH', path, { body: cleared }))).toMatchObject({ ...fields, ...cleared, phone: '11' })
    for (const name of ['FAX', 'PHONE2', 'COMMENTS', 'CREDITLIMIT']) expect(writes()[0]).toContain(`<${name}/>`)
  })
})

describe('an invoice of Order Entry', () => {
  /** As the ERP does it when the document is edited: deleted, and made anew with another RECORDNO and the same number. */
  function post(number: string, total: string): string {
    const { books } = erp()
    const id = books.nextId('intacct-record')
    const line = { RECORDNO: books.nextId('intacct-line'), LINE_NO: '1', ACCOUNTNO: '4000', TRX_AMOUNT: total }
    books.post({
      ...{
        id,
        kind: 'invoice',
        number,
        customerId: 'ACME',
        date: '2026-04-01',
        dueDate: '2026-05-01',
        currency: 'USD',
      },
      ...{ total, details: { DESCRIPTION: '', MODULEKEY: '8.SO', EXCHANGE_RATE: '1', lines: [line] } },
    })
    return id
  }
  const pay = (application: object) =>
    request('POST', '/v1/payments', {
      key: newKey(),
      body: {
        ...{ customer: { id: 'cus_intacct_ACME' }, date: '2026-04-10', amount: '80.00' },
        applications: [{ ...application, amount: '80.00' }],
      },
    })

  it('is looked up by its number just before it is paid, whatever its id is now', async () => {
    const before = post('SI-77', '80.00')
    const shown = ok(await request('GET', '/v1/customers/cus_intacct_ACME/open-items'))
    expect(JSON.stringify(shown)).toContain(`inv_intacct_${before}`)
    erp().books.remove(before)
    const after = post('SI-77', '80.00')
    const stale = await pay({ invoiceId: `inv_intacct_${before}` })
    expect(stale.body).toMatchObject({ status: 422, applied: 'no', errors: [{ pointer: '/applications/0/invoiceId' }] })
    erp().proxy.forget()
    const made = ok(await pay({ invoiceNumber: 'SI-77' }), 201)
    expect(made.applications).toMatchObject([{ invoiceId: `inv_intacct_${after}`, invoiceNumber: 'SI-77' }])
    expect(erp().books.openAmount(after)).toBe('0')
    const created = sent().findIndex((body) => body.includes('<create><ARPYMT>'))
    expect(sent()[created - 1]).toContain('<object>ARINVOICE</object>')
    expect(sent()[created]).toContain(`<RECORDKEY>${after}</RECORDKEY>`)
  })
})

it('takes each negative invoice, and each other credit, in a detail of its own beside the cash', async () => {
  const { books } = erp()
  const negative = (number: string, total: string): string => {
    const id = books.nextId('intacct-record')
    const line = { RECORDNO: books.nextId('intacct-line'), LINE_NO: '1', ACCOUNTNO: '4000', TRX_AMOUNT: `-${total}` }
    const details = { DESCRIPTION: '', MODULEKEY: '4.AR', EXCHANGE_RATE: '1', object: 'ARINVOICE', lines: [line] }
    books.post({
      ...{ id, kind: 'credit-memo', number, customerId: 'ACME', date: '2026-04-01', dueDate: null, currency: 'USD' },
      ...{ total, details },
    })
    return id
  }
  const credits = [negative('NI-1', '10.00'), negative('NI-2', '20.00')]
  const memo = erp().creditMemo('ACME', { total: '5.00' })
  const made = ok(
    await request('POST', '/v1/payments', {
      key: newKey(),
      body: {
        ...{ customer: { id: 'cus_intacct_ACME' }, date: '2026-04-10', amount: '65.00' },
        applications: [{ invoiceId: 'inv_intacct_101', amount: '100.00' }],
        credits: [
          ...credits.map((id, place) => ({
            creditId: `crd_intacct_negative-invoice-${id}`,
            amount: place === 0 ? '10.00' : '20.00',
          })),
          { creditId: memo.id, amount: '5.00' },
        ],
      },
    }),
    201,
  )
  const details =
    writes()
      .at(-1)
      ?.match(/<ARPYMTDETAIL>.*?<\/ARPYMTDETAIL>/g) ?? []
  const money = (detail: string) => detail.match(/<(?:TRX_PAYMENTAMOUNT|NEGATIVEINVOICEKEY|ADJUSTMENTKEY)>/g)
  expect(details.map(money)).toEqual([
    ['<TRX_PAYMENTAMOUNT>'],
    ['<NEGATIVEINVOICEKEY>'],
    ['<NEGATIVEINVOICEKEY>'],
    ['<ADJUSTMENTKEY>'],
  ])
  for (const detail of details) expect(detail).toContain('<RECORDKEY>101</RECORDKEY>')
  expect(made).toMatchObject({ appliedAmount: '65.00', applications: [{ cashAmount: '65.00', creditAmount: '35.00' }] })
  expect(['101', ...credits].map((id) => books.openAmount(id))).toEqual(['0', '0', '0'])
})
