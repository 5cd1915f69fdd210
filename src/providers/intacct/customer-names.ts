/** Names of a customer: which one is displayed, and what makes it a person. */
import type { CustomerPatch } from '../../../schemas/customer.ts'
import { fieldError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { CustomerInput } from '../provider.ts'

const NAME = 'NAME'
const PRINT_AS = 'DISPLAYCONTACT.PRINTAS'
const COMPANY = 'DISPLAYCONTACT.COMPANYNAME'
const FIRST = 'DISPLAYCONTACT.FIRSTNAME'
const LAST = 'DISPLAYCONTACT.LASTNAME'

/** NAME and DISPLAYCONTACT.PRINTAS are required, and a caller who gives any name has given them. */
export function createdNames(input: CustomerInput): Record<string, string> {
  const person = [input.firstName, input.lastName].filter((part) => part != null).join(' ')
  const name = input.name ?? input.companyName ?? person
  if (name === '')
    throw fieldError(
      'field_required',
      '/name',
      'Sage Intacct needs a name: `name`, `companyName`, or `firstName` and `lastName`.',
    )
  if (input.type === 'person') checkPerson(input.companyName, person)
  const printAs = input.vendorFields?.[PRINT_AS]
  return {
    [NAME]: name,
    [PRINT_AS]: typeof printAs === 'string' && printAs !== '' ? printAs : name,
    // As on other ERPs a name alone is a company's; and without a company name a first or last name would make a person.
    ...(input.companyName == null && (person === '' || input.type === 'company') && { [COMPANY]: name }),
  }
}

function checkPerson(companyName: string | null | undefined, person: string): void {
  if (companyName != null)
    throw fieldError(
      'field_not_supported',
      '/companyName',
      'At Sage Intacct a person is a customer without a company name.',
    )
  if (person === '') throw fieldError('field_required', '/lastName', 'A person needs a first or a last name.')
}

export function updatedNames(changes: CustomerPatch, current: VendorRecord): Record<string, string> {
  if (changes.name === null) throw fieldError('field_required', '/name', 'A customer of Sage Intacct needs a name.')
  if (changes.type === undefined || changes.type === null) return {}
  const after = (field: 'firstName' | 'lastName' | 'companyName' | 'name', path: string): string => {
    const value = changes[field] === undefined ? current[path] : changes[field]
    return typeof value === 'string' ? value : ''
  }
  const person = `${after('firstName', FIRST)}${after('lastName', LAST)}`
  if (changes.type === 'person') {
    checkPerson(changes.companyName, person)
    return { [COMPANY]: '' }
  }
  return person !== '' && after('companyName', COMPANY) === '' ? { [COMPANY]: after('name', NAME) } : {}
}
