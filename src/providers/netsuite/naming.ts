/** The rules for a customer's names: NetSuite displays the company's name, or a person's first and last name. */
import type { CustomerPatch } from '../../../schemas/customer.ts'
import { type FieldError, fieldError, GatewayError } from '../../errors.ts'

type Names = Pick<CustomerPatch, 'type' | 'name' | 'companyName' | 'firstName' | 'lastName'>
const given = (value: string | null | undefined): value is string =>
  value !== undefined && value !== null && value.trim() !== ''

/** A person where `lastName` is given, else a company. */
const typeOf = (names: Names): 'company' | 'person' => names.type ?? (given(names.lastName) ? 'person' : 'company')

/** What a new customer's names become; refuses, before anything is sent, what NetSuite would. */
export function namesOfNew(names: Names): Names {
  const type = typeOf(names)
  if (type === 'company') {
    const companyName = given(names.companyName) ? names.companyName : names.name
    if (!given(companyName)) throw fieldError('field_required', '/companyName', 'NetSuite needs the name of a company.')
    mustShow(names.name, companyName)
    return { type, companyName }
  }
  const missing = (['firstName', 'lastName'] as const).filter((field) => !given(names[field]))
  if (missing.length > 0) {
    const errors: FieldError[] = missing.map((field) => ({
      pointer: `/${field}`,
      code: 'field_required',
      detail: 'NetSuite needs it for a person.',
    }))
    throw new GatewayError('field_required', 'NetSuite needs the first and the last name of a person.', { errors })
  }
  mustShow(names.name, `${names.firstName} ${names.lastName}`)
  return { type }
}

/** What a change of `name` means for a customer whose names are `before`. */
export function namesOfChanged(changes: Names, before: Names): Names {
  const after = { ...before, ...changes }
  if (!given(changes.name))
    throw fieldError('field_required', '/name', 'NetSuite displays a customer by its name; it cannot be empty.')
  if ((changes.type ?? before.type) === 'person') {
    mustShow(changes.name, `${after.firstName ?? ''} ${after.lastName ?? ''}`.trim())
    return {}
  }
  if (given(changes.companyName)) mustShow(changes.name, changes.companyName)
  return { companyName: changes.name }
}

function mustShow(name: string | null | undefined, shown: string): void {
  if (!given(name) || name === shown) return
  throw fieldError(
    'field_not_supported',
    '/name',
    `NetSuite displays this customer as "${shown}"; it has no other name to display.`,
  )
}
