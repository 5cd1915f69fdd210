/** The e-mail templates of one customer, read and written as a set. */
import type { CustomerEmailTemplate, EmailTemplateRecord } from '../../../schemas/email-template.ts'
import type { FoundSet, WriteOnce } from '../provider.ts'
import { readBack } from '../read-back.ts'
import type { Desk } from './account.ts'
import { changeStep } from './customer-writing.ts'
import { readCustomer } from './customers.ts'
import { templateNode, templatesOf, wholeTemplatesOf } from './email-template.ts'
import { customerFunction } from './writing.ts'

export async function listCustomerEmailTemplates(
  desk: Desk,
  customerId: string,
): Promise<FoundSet<EmailTemplateRecord>> {
  const templates = await templatesOf(desk, customerId)
  // Nothing may mean that there is no such customer.
  if (templates.items.length === 0) await readCustomer(desk, customerId)
  return templates
}

export async function replaceCustomerEmailTemplates(
  desk: Desk,
  customerId: string,
  wanted: readonly CustomerEmailTemplate[],
  once: WriteOnce,
): Promise<FoundSet<EmailTemplateRecord>> {
  const current = await wholeTemplatesOf(desk, customerId)
  if (current.length === 0) await readCustomer(desk, customerId)
  const node = templateNode(wanted, current, '/data')
  if (node === null) return { items: current }
  const call = customerFunction('update', { CUSTOMERID: customerId }, [node])
  await once.run([changeStep(customerId, [call])])
  return readBack(customerId, () => templatesOf(desk, customerId))
}
