/** CUSTOMER as it is read: own fields, its four contacts under a dotted prefix, and what the books know. */
import type { BookCustomer } from '../../books.ts'
import { sum } from '../../decimal.ts'
import { BASE_CURRENCY, type Company, type Fields } from '../company.ts'
import { times } from '../formats.ts'
import { CONTACT_FIELDS } from './contact.ts'
import {
  byName,
  type Field,
  FieldsRow,
  fields,
  type ObjectType,
  type OwnedLines,
  prefixed,
  type Row,
} from './object-type.ts'

/** Prefix of the fields, and the field that holds the contact's name. */
export const CONTACT_PREFIXES = ['DISPLAYCONTACT', 'CONTACTINFO', 'BILLTO', 'SHIPTO'] as const
const CONTACT_KEYS: Readonly<Record<string, string>> = {
  DISPLAYCONTACTKEY: 'DISPLAYCONTACT',
  CONTACTKEY: 'CONTACTINFO',
  BILLTOKEY: 'BILLTO',
  SHIPTOKEY: 'SHIPTO',
}
export const RESTRICTIONS = { Unrestricted: 'U', RootOnly: 'T', Restricted: 'R' }

/** Custom fields that the sandbox's company has defined, as examples of what `lookup` shows. */
const CUSTOM: readonly Field[] = fields('REGION EXTERNALID GATEWAY_INTENT').map((field) => ({ ...field, custom: true }))

export const CUSTOMER_FIELDS: ReadonlyMap<string, Field> = byName([
  ...fields('RECORDNO:integer* CUSTOMERID NAME! ENTITY* PARENTKEY:integer* PARENTID PARENTNAME*'),
  ...CONTACT_PREFIXES.flatMap((prefix) => prefixed(prefix, CONTACT_FIELDS, prefix !== 'DISPLAYCONTACT')),
  ...fields(
    `TERMNAME TERMVALUE* CUSTREPID CUSTREPNAME* RESALENO TAXID CREDITLIMIT:decimal TOTALDUE:decimal* COMMENTS ACCOUNTLABEL
    ARACCOUNT ARACCOUNTTITLE* LAST_INVOICEDATE:date* LAST_STATEMENTDATE:date* DELIVERY_OPTIONS TERRITORYID SHIPPINGMETHOD
    CUSTTYPE GLGROUP PRICELIST CURRENCY STATUS:enum ONETIME:boolean HIDEDISPLAYCONTACT:boolean CUSTMESSAGEID ONHOLD:boolean
    ARINVOICEPRINTTEMPLATEID OEQUOTEPRINTTEMPLATEID OEORDERPRINTTEMPLATEID OELISTPRINTTEMPLATEID OEINVOICEPRINTTEMPLATEID
    OEADJPRINTTEMPLATEID OEOTHERPRINTTEMPLATEID ENABLEONLINECARDPAYMENT:boolean* ENABLEONLINEACHPAYMENT:boolean*
    OBJECTRESTRICTION:enum RESTRICTEDLOCATIONS RESTRICTEDDEPARTMENTS DISPLAYCONTACTKEY:integer* CONTACTKEY:integer*
    SHIPTOKEY:integer* BILLTOKEY:integer* OFFSETGLACCOUNTNO ADVBILLBY:integer ADVBILLBYTYPE:enum SUPDOCID
    RETAINAGEPERCENTAGE:decimal EMAILOPTIN:boolean WHENCREATED:timestamp* WHENMODIFIED:timestamp* CREATEDBY:integer*
    MODIFIEDBY:integer* MEGAENTITYKEY:integer* MEGAENTITYID* MEGAENTITYNAME* RECORD_URL*`,
    { OBJECTRESTRICTION: RESTRICTIONS, ADVBILLBYTYPE: { days: 'D', months: 'M' } },
  ),
  ...CUSTOM,
])

export class CustomerRow implements Row {
  readonly customer: BookCustomer
  readonly #company: Company

  constructor(company: Company, customer: BookCustomer) {
    this.#company = company
    this.customer = customer
  }

  value(field: string): string {
    const own = this.customer.details[field]
    if (typeof own === 'string') return own
    const dot = field.indexOf('.')
    if (dot > 0) return this.#contact(field.slice(0, dot))[field.slice(dot + 1)] ?? ''
    if (field in CONTACT_KEYS) return this.#contact(CONTACT_KEYS[field]!)['RECORDNO'] ?? ''
    return this.#derived(field)
  }

  #contact(prefix: string): Fields {
    const name = this.customer.details[`${prefix}.CONTACTNAME`]
    return (typeof name === 'string' && this.#company.contacts.get(name)) || {}
  }

  #derived(field: string): string {
    const { customer } = this
    switch (field) {
      case 'CUSTOMERID':
        return customer.id
      case 'ENTITY':
        return `C${customer.id}`
      case 'PARENTID':
        return customer.parentId ?? ''
      case 'PARENTKEY':
        return this.#parent('RECORDNO')
      case 'PARENTNAME':
        return this.#parent('NAME')
      case 'CURRENCY':
        return customer.currency ?? ''
      case 'STATUS':
        return customer.active ? 'active' : 'inactive'
      case 'TOTALDUE':
        return totalDue(this.#company, customer.id)
      case 'LAST_INVOICEDATE':
        return lastInvoiceDate(this.#company, customer.id)
      case 'TERMVALUE':
        return this.#referenced('ARTERM', 'TERMNAME', 'VALUE')
      case 'CUSTREPNAME':
        return this.#referenced('EMPLOYEE', 'CUSTREPID', 'PERSONALINFO.CONTACTNAME')
      case 'ARACCOUNTTITLE':
        return this.#referenced('GLACCOUNT', 'ARACCOUNT', 'TITLE')
      case 'MEGAENTITYKEY':
        return this.#referenced('LOCATION', 'MEGAENTITYID', 'RECORDNO')
      case 'MEGAENTITYNAME':
        return this.#referenced('LOCATION', 'MEGAENTITYID', 'NAME')
      // Which zone this is in at the vendor is uncertain (recorded answers disagree); the sandbox's company lives in UTC.
      case 'WHENCREATED':
        return `${customer.createdAt.slice(0, 19)}Z`
      case 'WHENMODIFIED':
        return `${customer.updatedAt.slice(0, 19)}Z`
      case 'CREATEDBY':
      case 'MODIFIEDBY':
        return '1'
      default:
        return ''
    }
  }

  #parent(field: string): string {
    const parent = this.customer.parentId && this.#company.books.getCustomer(this.customer.parentId)
    const value = parent ? parent.details[field] : ''
    return typeof value === 'string' ? value : ''
  }

  #referenced(table: string, via: string, field: string): string {
    const key = this.customer.details[via]
    return (typeof key === 'string' && this.#company.reference.get(table)?.get(key)?.[field]) || ''
  }
}

/**
 * Open invoices and debit memos less posted credit memos, in base currency. That advances and overpayments do not lower it
 * is uncertain: the documentation does not say.
 */
function totalDue(company: Company, customerId: string): string {
  const amounts = company.books
    .documents({ customerId, kind: ['invoice', 'debit-memo', 'credit-memo'] })
    .filter((document) => document.open !== '0')
    .map((document) => {
      const inBase =
        document.currency === BASE_CURRENCY
          ? document.open
          : times(document.open, String(document.details['EXCHANGE_RATE'] ?? '1'))
      return document.kind === 'credit-memo' ? `-${inBase}` : inBase
    })
  return sum(amounts)
}

function lastInvoiceDate(company: Company, customerId: string): string {
  const dates = company.books.documents({ customerId, kind: 'invoice' }).map((invoice) => invoice.date)
  return dates.sort().at(-1) ?? ''
}

function byId(company: Company, id: string): CustomerRow | undefined {
  const customer = company.books.getCustomer(id)
  return customer && new CustomerRow(company, customer)
}

function byRecordNumber(company: Company, recordNumber: string): CustomerRow | undefined {
  const id = company.customerIdOf(recordNumber)
  return id === undefined ? undefined : byId(company, id)
}

function contactRelation(prefix: string) {
  return {
    object: 'CONTACT',
    label: prefix,
    row: (company: Company, row: Row) => {
      const contact = company.contacts.get(row.value(`${prefix}.CONTACTNAME`))
      return contact && new FieldsRow(contact)
    },
  }
}

export function referenceRelation(object: string, via: string) {
  return {
    object,
    label: via,
    row: (company: Company, row: Row) => {
      const found = company.reference.get(object)?.get(row.value(via))
      return found && new FieldsRow(found)
    },
  }
}

export const CUSTOMER: ObjectType = {
  name: 'CUSTOMER',
  fields: CUSTOMER_FIELDS,
  // The documentation's own example selects SHIPTOCONTACT.CONTACTNAME where the field is SHIPTO.CONTACTNAME.
  relations: {
    PRIMARYCONTACT: contactRelation('CONTACTINFO'),
    BILLTOCONTACT: contactRelation('BILLTO'),
    SHIPTOCONTACT: contactRelation('SHIPTO'),
    PARENT: { object: 'CUSTOMER', label: 'Parent', row: (company, row) => byId(company, row.value('PARENTID')) },
    ARTERM: referenceRelation('ARTERM', 'TERMNAME'),
    CUSTREP: referenceRelation('EMPLOYEE', 'CUSTREPID'),
    TERRITORY: referenceRelation('TERRITORY', 'TERRITORYID'),
  },
  nameField: 'CUSTOMERID',
  *rows(company) {
    for (const customer of company.books.customers()) yield new CustomerRow(company, customer)
  },
  byRecordNumber,
  byName: byId,
  rowsWhere(company, field, value) {
    if (field !== 'CUSTOMERID' && field !== 'RECORDNO') return null
    const row = field === 'CUSTOMERID' ? byId(company, value) : byRecordNumber(company, value)
    return row ? [row] : []
  },
  lines: customerLines,
}

const CONTACT_LIST_FIELDS = fields('CATEGORYNAME CONTACT.NAME')
const TEMPLATE_FIELDS = fields('RECORDNO:integer EMAILTEMPLATENAME DOCPARID')

/** That `read` shows these lists, and in this form, is uncertain: written is nested, no recorded answer was found. */
function customerLines(company: Company, row: Row): OwnedLines[] {
  const customerId = row.value('CUSTOMERID')
  const contacts = (company.books.getCustomer(customerId)?.details['CUSTOMERCONTACTS'] ?? []) as readonly Fields[]
  const templates = [...company.emailTemplates.values()].filter((one) => one['CUSTOMERID'] === customerId)
  return [
    {
      list: 'CUSTOMERCONTACTS',
      item: 'CUSTOMERENTITYCONTACTS',
      fields: CONTACT_LIST_FIELDS,
      rows: contacts.map((one) => new FieldsRow(one)),
    },
    {
      list: 'CUSTOMEREMAILTEMPLATES',
      item: 'customeremailtemplate',
      fields: TEMPLATE_FIELDS,
      rows: templates.map((one) => new FieldsRow(one)),
    },
  ]
}
