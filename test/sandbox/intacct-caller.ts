/** Talks to the Intacct sandbox as any client would: request texts over HTTP, answers read by another parser than its own. */
import { XMLParser } from 'fast-xml-parser'
import {
  type IntacctSandbox,
  type IntacctSandboxOptions,
  startIntacctSandbox,
} from '../../src/sandbox/intacct/index.ts'

export interface Answer {
  readonly status: number
  readonly text: string
  /** `response`, every value an array of texts or objects. */
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document of any shape
  readonly xml: any
}

export interface RequestParts {
  readonly uniqueId?: boolean
  readonly transaction?: boolean
  readonly session?: string
  readonly login?: string
  readonly control?: string
  readonly whitespace?: boolean
}

const PARSER = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
})

export class Caller {
  readonly sandbox: IntacctSandbox
  constructor(sandbox: IntacctSandbox) {
    this.sandbox = sandbox
  }

  static async start(options: IntacctSandboxOptions = {}): Promise<Caller> {
    return new Caller(await startIntacctSandbox({ customers: 20, ...options }))
  }

  async post(body: string, headers: Record<string, string> = { 'content-type': 'application/xml' }): Promise<Answer> {
    const response = await fetch(this.sandbox.url, { method: 'POST', headers, body })
    const text = await response.text()
    const isXml = (response.headers.get('content-type') ?? '').includes('xml')
    return { status: response.status, text, xml: isXml ? PARSER.parse(text).response : null }
  }

  /** The whole request around finished `<function>` elements. */
  envelope(functions: string, parts: RequestParts = {}): string {
    const { credentials } = this.sandbox
    const login =
      parts.login ??
      `<userid>${credentials.userId}</userid><companyid>${credentials.companyId}</companyid><password>${credentials.userPassword}</password>`
    const control =
      parts.control ??
      `<senderid>${credentials.senderId}</senderid><password>${credentials.senderPassword}</password><controlid>req</controlid>` +
        `<uniqueid>${parts.uniqueId ?? false}</uniqueid><dtdversion>3.0</dtdversion><includewhitespace>${parts.whitespace ?? false}</includewhitespace>`
    const means = parts.session === undefined ? `<login>${login}</login>` : `<sessionid>${parts.session}</sessionid>`
    return (
      `<?xml version="1.0" encoding="UTF-8"?><request><control>${control}</control><operation transaction="${parts.transaction ?? false}">` +
      `<authentication>${means}</authentication><content>${functions}</content></operation></request>`
    )
  }

  /** One function; its result. */
  async call(markup: string, parts: RequestParts & { controlId?: string } = {}): Promise<Result> {
    const answer = await this.post(
      this.envelope(`<function controlid="${parts.controlId ?? 'f'}">${markup}</function>`, parts),
    )
    const result = answer.xml?.operation?.result
    if (!result) throw new Error(`No result: ${answer.text}`)
    return new Result(result)
  }

  async session(entity?: string): Promise<string> {
    const inner =
      entity === undefined ? '<getAPISession/>' : `<getAPISession><locationid>${entity}</locationid></getAPISession>`
    return (await this.call(inner)).xml.data.api.sessionid
  }

  /** Fields of the records that a query finds. */
  async query(object: string, fields: string, filter = '', more = ''): Promise<Record<string, string>[]> {
    const select = fields.split(' ').map((name) => `<field>${name}</field>`)
    const condition = filter === '' ? '' : `<filter>${filter}</filter>`
    const result = await this.call(
      `<query><object>${object}</object><select>${select.join('')}</select>${condition}${more}</query>`,
    )
    if (result.status !== 'success') throw new Error(JSON.stringify(result.xml))
    return list(result.xml.data[object])
  }

  // biome-ignore lint/suspicious/noExplicitAny: a record of any object
  async readOne(object: string, key: string): Promise<Record<string, any>> {
    const result = await this.call(`<read><object>${object}</object><keys>${key}</keys><fields>*</fields></read>`)
    return result.xml.data[object]
  }
}

/** Payments of ACME, and what the books say about them. */
export class Payer extends Caller {
  static override async start(options: IntacctSandboxOptions = {}): Promise<Payer> {
    return new Payer(
      await startIntacctSandbox({ customers: 20, clock: () => new Date('2026-02-01T10:00:00Z'), ...options }),
    )
  }

  open(id: string): string {
    return this.sandbox.books.openAmount(id)
  }

  /** Answers the RECORDNO. */
  async pay(details: string, more = ''): Promise<string> {
    const result = await this.call(payment(details, more))
    if (result.status !== 'success') throw new Error(result.errors.map((error) => error.description2).join(' '))
    return result.xml.data.arpymt.RECORDNO
  }

  async payIn(amount: string): Promise<string> {
    const result = await this.call(advance(amount))
    if (result.status !== 'success') throw new Error(result.errorText)
    return result.xml.data.aradvance.RECORDNO
  }

  async totalDue(): Promise<string> {
    return (await this.query('CUSTOMER', 'TOTALDUE', equal('CUSTOMERID', 'ACME')))[0]!['TOTALDUE']!
  }
}

export class Result {
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document of any shape
  readonly xml: any
  // biome-ignore lint/suspicious/noExplicitAny: a parsed document of any shape
  constructor(xml: any) {
    this.xml = xml
  }
  get status(): string {
    return this.xml.status
  }
  get errors(): { errorno: string; description2: string }[] {
    return list(this.xml.errormessage?.error)
  }
  get errorNumber(): string {
    return this.errors[0]?.errorno ?? ''
  }
  get errorText(): string {
    return this.errors[0]?.description2 ?? ''
  }
}

export function list<Item>(value: Item | Item[] | undefined | ''): Item[] {
  return value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]
}

export function equal(field: string, value: string): string {
  return `<equalto><field>${field}</field><value>${value}</value></equalto>`
}

/** A payment of ACME into the bank account; `details` and `more` are markup. */
export function payment(details: string, more = ''): string {
  return (
    '<create><ARPYMT><FINANCIALENTITY>BOA</FINANCIALENTITY><PAYMENTMETHOD>Printed Check</PAYMENTMETHOD>' +
    `<CUSTOMERID>ACME</CUSTOMERID><RECEIPTDATE>01/31/2026</RECEIPTDATE><CURRENCY>USD</CURRENCY>${more}` +
    `<ARPYMTDETAILS>${details}</ARPYMTDETAILS></ARPYMT></create>`
  )
}

export function cash(invoice: string, amount: string): string {
  return `<ARPYMTDETAIL><RECORDKEY>${invoice}</RECORDKEY><TRX_PAYMENTAMOUNT>${amount}</TRX_PAYMENTAMOUNT></ARPYMTDETAIL>`
}

export function advance(amount: string): string {
  return (
    '<create><ARADVANCE><CUSTOMERID>ACME</CUSTOMERID><PAYMENTDATE>01/31/2026</PAYMENTDATE><RECEIPTDATE>01/31/2026</RECEIPTDATE>' +
    '<PAYMENTMETHOD>EFT</PAYMENTMETHOD><FINANCIALENTITY>BOA</FINANCIALENTITY><CURRENCY>USD</CURRENCY><ARADVANCEITEMS>' +
    `<ARADVANCEITEM><ACCOUNTNO>2100</ACCOUNTNO><TRX_AMOUNT>${amount}</TRX_AMOUNT><LOCATIONID>100</LOCATIONID></ARADVANCEITEM>` +
    '</ARADVANCEITEMS></ARADVANCE></create>'
  )
}

export function detail(inner: string): string {
  return `<ARPYMTDETAIL>${inner}</ARPYMTDETAIL>`
}

export const OVERPAYMENT =
  '<OVERPAYMENTAMOUNT>20.00</OVERPAYMENTAMOUNT><OVERPAYMENTLOCATIONID>100</OVERPAYMENTLOCATIONID>'
