/** The small tables around receivables (terms, bank accounts, locations, …): read only. */
import type { Company } from '../company.ts'
import { byName, type Field, FieldsRow, fields, type ObjectType } from './object-type.ts'

function referenceTable(name: string, nameField: string, list: string): ObjectType {
  const table = byName(fields(`RECORDNO:integer* ${list} STATUS:enum WHENCREATED:timestamp* WHENMODIFIED:timestamp*`))
  const one = (company: Company, key: string) => {
    const row = company.reference.get(name)?.get(key)
    return row && new FieldsRow(row)
  }
  const byRecordNumber = (company: Company, recordNumber: string) => {
    for (const row of company.reference.get(name)?.values() ?? []) {
      if (row['RECORDNO'] === recordNumber) return new FieldsRow(row)
    }
    return undefined
  }
  return {
    name,
    fields: table as ReadonlyMap<string, Field>,
    relations: {},
    nameField,
    *rows(company) {
      for (const row of company.reference.get(name)?.values() ?? []) yield new FieldsRow(row)
    },
    byRecordNumber,
    byName: one,
  }
}

/** The first field is the id that other records use. */
export const REFERENCE_OBJECTS: readonly ObjectType[] = [
  referenceTable('ARTERM', 'NAME', 'NAME DESCRIPTION VALUE*'),
  referenceTable('TRXCURRENCIES', 'CODE', 'CODE DESCRIPTION BASE:boolean'),
  referenceTable('CHECKINGACCOUNT', 'BANKACCOUNTID', 'BANKACCOUNTID BANKNAME CURRENCY GLACCOUNTNO LOCATIONID'),
  referenceTable('SAVINGSACCOUNT', 'BANKACCOUNTID', 'BANKACCOUNTID BANKNAME CURRENCY GLACCOUNTNO LOCATIONID'),
  referenceTable('CUSTTYPE', 'NAME', 'NAME'),
  referenceTable('TERRITORY', 'TERRITORYID', 'TERRITORYID NAME'),
  referenceTable('LOCATION', 'LOCATIONID', 'LOCATIONID NAME CURRENCY'),
  referenceTable('LOCATIONENTITY', 'LOCATIONID', 'LOCATIONID NAME CURRENCY'),
  referenceTable('DEPARTMENT', 'DEPARTMENTID', 'DEPARTMENTID TITLE'),
  referenceTable('CLASS', 'CLASSID', 'CLASSID NAME'),
  referenceTable('EMPLOYEE', 'EMPLOYEEID', 'EMPLOYEEID PERSONALINFO.CONTACTNAME TITLE'),
  referenceTable('GLACCOUNT', 'ACCOUNTNO', 'ACCOUNTNO TITLE ACCOUNTTYPE NORMALBALANCE'),
  // As the vendor's SDK names its members.
  referenceTable('ITEM', 'ITEMID', 'ITEMID NAME ITEMTYPE'),
  referenceTable('SHIPMETHOD', 'NAME', 'NAME'),
  referenceTable('SOPRICELIST', 'NAME', 'NAME'),
  referenceTable('CUSTGLGROUP', 'NAME', 'NAME'),
  referenceTable('CONTACTTAXGROUP', 'NAME', 'NAME'),
  referenceTable('EMAILTEMPLATE', 'NAME', 'NAME DESCRIPTION TEMPLATETYPE'),
]
