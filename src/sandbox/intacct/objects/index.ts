/** All objects by name. */
import { unknownObject } from '../errors.ts'
import { CONTACT } from './contact.ts'
import { CUSTOMER } from './customer.ts'
import { CUSTOMER_EMAIL_TEMPLATE } from './email-template.ts'
import { ARADJUSTMENT, ARADJUSTMENTITEM, ARINVOICE, ARINVOICEITEM } from './invoice.ts'
import { byName, FieldsRow, fields, type ObjectType } from './object-type.ts'
import { ARADVANCE, ARADVANCEITEM, ARPYMT, ARPYMTDETAIL } from './payment.ts'
import { REFERENCE_OBJECTS } from './reference.ts'

/** `query` takes the letters here, `readByQuery` the words: the other way round than everywhere else (developer docs). */
const AUDITHISTORY: ObjectType = {
  name: 'AUDITHISTORY',
  fields: byName(fields('ID OBJECTTYPE* OBJECTKEY* ACCESSMODE* ACCESSTIME:timestamp* USERID*')),
  relations: {},
  nameField: 'ID',
  *rows(company) {
    for (const row of company.auditTrail.values()) yield new FieldsRow(row)
  },
  byRecordNumber: () => undefined,
  byName: () => undefined,
}

const OBJECTS: ReadonlyMap<string, ObjectType> = new Map(
  [
    CUSTOMER,
    CUSTOMER_EMAIL_TEMPLATE,
    CONTACT,
    ARINVOICE,
    ARINVOICEITEM,
    ARADJUSTMENT,
    ARADJUSTMENTITEM,
    ARPYMT,
    ARPYMTDETAIL,
    ARADVANCE,
    ARADVANCEITEM,
    AUDITHISTORY,
    ...REFERENCE_OBJECTS,
  ].map((object) => [object.name, object]),
)

/** Names are upper case; whether the vendor takes lower case too is uncertain, the sandbox does not. */
export function objectType(name: string): ObjectType {
  const found = OBJECTS.get(name)
  if (!found) throw unknownObject(name)
  return found
}
