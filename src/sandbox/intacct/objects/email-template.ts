/** CUSTOMEREMAILTEMPLATE: which e-mail template a customer gets; written only through CUSTOMER (developer docs). */
import { byName, FieldsRow, fields, type ObjectType } from './object-type.ts'

const FIELDS = byName(
  fields(`RECORDNO:integer* CUSTOMERKEY:integer* CUSTOMERID* EMAILTEMPLATEKEY:integer* EMAILTEMPLATENAME DOCPARKEY:integer*
  DOCPARID WHENCREATED:timestamp* WHENMODIFIED:timestamp* CREATEDBY:integer* MODIFIEDBY:integer*`),
)

export const CUSTOMER_EMAIL_TEMPLATE: ObjectType = {
  name: 'CUSTOMEREMAILTEMPLATE',
  fields: FIELDS,
  relations: {},
  // Its name is its record number (developer docs, "Get customer email template by ID").
  nameField: 'RECORDNO',
  *rows(company) {
    for (const row of company.emailTemplates.values()) yield new FieldsRow(row)
  },
  byRecordNumber: (company, recordNumber) => {
    const row = company.emailTemplates.get(recordNumber)
    return row && new FieldsRow(row)
  },
  byName: (company, name) => {
    const row = company.emailTemplates.get(name)
    return row && new FieldsRow(row)
  },
}
