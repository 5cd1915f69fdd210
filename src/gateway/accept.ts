/** A customer as the caller wrote it, checked for what no ERP needs to be asked, with native ids. */
import type { CustomerCreate, CustomerPatch } from '../../schemas/customer.ts'
import type { CustomerEmailTemplate } from '../../schemas/email-template.ts'
import { fieldError } from '../errors.ts'
import { isCurrency } from '../mapping/money.ts'
import { checkDigits } from './allocation.ts'
import { keyOnConnection } from './open-items.ts'

const OURS = /^(cus|pay|inv|crd|emt|op)_/

/**
 * `parent.id` is a customer id (`cus_…`) or the ERP's own id; what looks like one of ours is read as ours.
 * Throws `invalid_request` for a currency that is none, and for more digits than the named currency has.
 */
export function acceptCustomer<T extends Omit<CustomerCreate, 'connection'> | CustomerPatch>(
  connection: string,
  body: T,
): T {
  const { currency } = body
  if (currency) {
    if (!isCurrency(currency))
      throw fieldError('invalid_request', '/currency', `${currency} is not an ISO 4217 currency.`)
    checkDigits(currency, [['/creditLimit', body.creditLimit]])
  }
  const ids = (body.addresses ?? []).map((address) => address.id)
  for (const [place, one] of ids.entries()) {
    if (one && ids.indexOf(one) !== place)
      throw fieldError('invalid_request', `/addresses/${place}/id`, 'This address stands here twice.', 'duplicate')
  }
  const id = body.parent?.id
  const { emailTemplates } = body
  return {
    ...body,
    ...(id &&
      OURS.test(id) && { parent: { ...body.parent, id: keyOnConnection(id, 'customer', connection, '/parent/id') } }),
    ...(emailTemplates && { emailTemplates: acceptEmailTemplates(connection, emailTemplates, '/emailTemplates') }),
  }
}

/** Ids of ours become native; the ERP's own stay. */
export const acceptEmailTemplates = (
  connection: string,
  templates: readonly CustomerEmailTemplate[],
  pointer: string,
): CustomerEmailTemplate[] =>
  templates.map((one, index) =>
    one.id && OURS.test(one.id)
      ? { ...one, id: keyOnConnection(one.id, 'emailTemplate', connection, `${pointer}/${index}/id`) }
      : one,
  )
