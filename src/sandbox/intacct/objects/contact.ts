/** CONTACT: persons and addresses, each with a name that is unique in the whole company. */
import type { Company } from '../company.ts'
import { byName, type Field, FieldsRow, fields, type ObjectType } from './object-type.ts'

/** In the order of a recorded `lookup` of CUSTOMER, without the prefix. */
export const CONTACT_FIELDS: readonly Field[] = fields(`
  CONTACTNAME COMPANYNAME PREFIX FIRSTNAME LASTNAME INITIAL PRINTAS! TAXABLE:boolean TAXGROUP TAXSOLUTIONID TAXSCHEDULE
  TAXID PHONE1 PHONE2 CELLPHONE PAGER FAX EMAIL1 EMAIL2 URL1 URL2 VISIBLE:boolean STATUS:enum
  MAILADDRESS.ADDRESS1 MAILADDRESS.ADDRESS2 MAILADDRESS.ADDRESS3 MAILADDRESS.CITY MAILADDRESS.STATE MAILADDRESS.ZIP
  MAILADDRESS.COUNTRY MAILADDRESS.COUNTRYCODE MAILADDRESS.LATITUDE MAILADDRESS.LONGITUDE`)

const OWN_FIELDS = byName([
  ...fields('RECORDNO:integer*'),
  ...CONTACT_FIELDS,
  ...fields('WHENCREATED:timestamp* WHENMODIFIED:timestamp* MEGAENTITYID*'),
])

function byContactName(company: Company, name: string): FieldsRow | undefined {
  const found = company.contacts.get(name)
  return found && new FieldsRow(found)
}

export const CONTACT: ObjectType = {
  name: 'CONTACT',
  fields: OWN_FIELDS,
  relations: {},
  nameField: 'CONTACTNAME',
  *rows(company) {
    for (const contact of company.contacts.values()) yield new FieldsRow(contact)
  },
  byRecordNumber(company, recordNumber) {
    for (const contact of company.contacts.values()) {
      if (contact['RECORDNO'] === recordNumber) return new FieldsRow(contact)
    }
    return undefined
  },
  byName: byContactName,
  rowsWhere: (company, field, value) => {
    if (field !== 'CONTACTNAME') return null
    const row = byContactName(company, value)
    return row ? [row] : []
  },
}
