/** Lists of a customer that are read from sublists or put together from flags: contacts, item prices, delivery. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import type { CustomerContact, ItemPrice } from '../../../schemas/customer-parts.ts'
import { isEmpty } from '../../mapping/codec.ts'
import { itemsOf, type Line } from './addresses.ts'
import { computed, symbolOf } from './codecs.ts'
import { idOf, isTrue, moneyOf, nameOf, textOf } from './values.ts'

/** The standard role of a primary contact; other roles are an account's own. */
const PRIMARY = '-10'

function readContact(line: Line): CustomerContact[] {
  const name = textOf(line['contactName']) ?? nameOf(line['contact'])
  if (name === null) return []
  const role = idOf(line['role']) === PRIMARY ? 'primary' : 'other'
  return [{ name, role, category: nameOf(line['role']), email: textOf(line['email']), phone: null }]
}

export const contacts = computed<CustomerContact[]>({
  title: 'contact roles',
  paths: ['contactRoles'],
  // Oracle help article_161581923822.
  reason: 'NetSuite shows the contacts of a customer over REST, but cannot create them there.',
  decode: (record) => itemsOf(record['contactRoles'])?.flatMap(readContact),
})

const reference = (value: unknown) => {
  const id = idOf(value)
  return id === null ? null : { id, name: nameOf(value) }
}

/** A line without a currency is in the customer's own. */
function readPrice(line: Line, own: string | null): ItemPrice {
  const currency = symbolOf(line['currency']) ?? own
  return {
    item: reference(line['item']),
    level: reference(line['level']),
    price: moneyOf(line['price'], currency),
    currency,
  }
}

export const itemPricing = computed<ItemPrice[]>({
  title: 'item pricing',
  paths: ['itemPricing'],
  decode: (record, context) => itemsOf(record['itemPricing'])?.map((line) => readPrice(line, context.currency)),
})

type Delivery = NonNullable<CustomerRecord['delivery']>
const FLAGS = { print: 'printTransactions', email: 'emailTransactions' } as const
const OPTIONS = Object.keys(FLAGS) as (keyof typeof FLAGS)[]

export const delivery = computed<Delivery>({
  title: 'print, email',
  paths: Object.values(FLAGS),
  decode: (record) =>
    OPTIONS.every((option) => record[FLAGS[option]] === undefined)
      ? undefined
      : OPTIONS.filter((option) => !isEmpty(record[FLAGS[option]]) && isTrue(record[FLAGS[option]])),
  encode: (options) => Object.fromEntries(OPTIONS.map((option) => [FLAGS[option], options?.includes(option) ?? false])),
})
