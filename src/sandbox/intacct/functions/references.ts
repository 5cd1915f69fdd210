/** Checks that what a record refers to exists. */
import { BASE_CURRENCY, type Company, type Fields } from '../company.ts'
import { refuse } from '../errors.ts'

/** Field, table, and the word the error text uses. */
const CUSTOMER_REFERENCES: readonly (readonly [string, string, string])[] = [
  ['TERMNAME', 'ARTERM', 'term'],
  ['CUSTREPID', 'EMPLOYEE', 'employee'],
  ['TERRITORYID', 'TERRITORY', 'territory'],
  ['CUSTTYPE', 'CUSTTYPE', 'customer type'],
  ['SHIPPINGMETHOD', 'SHIPMETHOD', 'shipping method'],
  ['PRICELIST', 'SOPRICELIST', 'price list'],
  ['GLGROUP', 'CUSTGLGROUP', 'GL group'],
  ['ARACCOUNT', 'GLACCOUNT', 'account'],
  ['OFFSETGLACCOUNTNO', 'GLACCOUNT', 'account'],
  ['CURRENCY', 'TRXCURRENCIES', 'currency'],
  ['DISPLAYCONTACT.TAXGROUP', 'CONTACTTAXGROUP', 'contact tax group'],
]

export function checkCustomerReferences(company: Company, values: Fields): void {
  for (const [field, table, word] of CUSTOMER_REFERENCES) {
    if (values[field]) requireReference(company, table, word, values[field])
  }
  if (values['RESTRICTEDLOCATIONS']) eachReference(company, 'LOCATION', 'location', values['RESTRICTEDLOCATIONS'])
  if (values['RESTRICTEDDEPARTMENTS']) {
    eachReference(company, 'DEPARTMENT', 'department', values['RESTRICTEDDEPARTMENTS'])
  }
  const unknown = (values['DELIVERY_OPTIONS'] ?? '').split('#~#').find((one) => !['', 'Print', 'E-Mail'].includes(one))
  if (unknown) throw refuse('invalid', { field: 'DELIVERY_OPTIONS', value: unknown })
  if (values['ADVBILLBY'] && !/^\d$/.test(values['ADVBILLBY'])) {
    throw refuse('invalid', { field: 'ADVBILLBY', value: values['ADVBILLBY'] })
  }
}

/** Several ids are joined by `#~#`. */
function eachReference(company: Company, table: string, word: string, ids: string): void {
  for (const id of ids.split('#~#')) requireReference(company, table, word, id)
}

export function requireReference(company: Company, table: string, word: string, id: string): Fields {
  const found = company.reference.get(table)?.get(id)
  if (!found) throw refuse('invalid', { field: word, value: id })
  if (found['STATUS'] === 'inactive') throw refuse('inactive', { field: word, value: id })
  return found
}

/** Where money goes: exactly one of a bank account and an undeposited-funds account. */
export function checkDestination(company: Company, values: Fields): void {
  const given = ['FINANCIALENTITY', 'UNDEPOSITEDACCOUNTNO', 'PRBATCH', 'PRBATCHKEY'].filter((name) => values[name])
  if (given.length !== 1) {
    throw given.length === 0
      ? refuse('required', { field: 'Bank account' })
      : refuse('invalid', { field: 'Bank account', value: values['FINANCIALENTITY'] })
  }
  // This company posts summaries by itself, as the documentation assumes.
  if (given[0]!.startsWith('PRBATCH')) throw refuse('invalid', { field: 'Summary', value: values[given[0]!] })
  const bank = values['FINANCIALENTITY']
  if (
    bank &&
    !company.reference.get('CHECKINGACCOUNT')?.has(bank) &&
    !company.reference.get('SAVINGSACCOUNT')?.has(bank)
  ) {
    throw refuse('invalid', { field: 'Bank account', value: bank })
  }
  const undeposited = values['UNDEPOSITEDACCOUNTNO']
  if (!undeposited) return
  requireReference(company, 'GLACCOUNT', 'undeposited funds account', undeposited)
  if (values['CURRENCY'] !== BASE_CURRENCY) {
    throw refuse('undeposited', { value: values['PAYMENTMETHOD'] })
  }
}

/** The company has several entities: what is not on an invoice needs a location of its own. */
export function requireLocation(company: Company, location: string | undefined): string {
  if (!location) throw refuse('noLocation')
  requireReference(company, 'LOCATION', 'location', location)
  return location
}
