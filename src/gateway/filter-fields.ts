/** What `filter=` may name, read off the components: every field of a record that has one value, with the type of that value. */
import type { TSchema } from 'typebox'
import { RATE_PATTERN } from '../../schemas/common.ts'
import { Customer, CustomerStatus, CustomerType } from '../../schemas/customer.ts'
import { EmailTemplate } from '../../schemas/email-template.ts'
import { Invoice, InvoiceStatus } from '../../schemas/invoice.ts'
import { Payment, PaymentMethod, PaymentStatus } from '../../schemas/payment.ts'
import type { RecordKind } from './ids.ts'

/** `reference` compares the ERP's ids, `id` ours, `vendor` is the ERP's own field and has a type that only the ERP knows. */
export type SearchType =
  | 'text'
  | 'money'
  | 'rate'
  | 'date'
  | 'instant'
  | 'boolean'
  | 'currency'
  | 'word'
  | 'reference'
  | 'id'
  | 'vendor'
export interface SearchField {
  /** As in a `Condition`. */
  readonly name: string
  readonly type: SearchType
  /** Of a closed list. */
  readonly words?: readonly string[]
  /** Of an id. */
  readonly kind?: RecordKind
}
export type SearchFields = ReadonlyMap<string, SearchField>

/** What the gateway adds to a record; the ERP knows nothing of it. */
const ENVELOPE: ReadonlySet<string> = new Set(['object', 'id', 'connection', 'provider', 'nativeId', 'raw', 'warnings'])
const BY_COMPONENT: Readonly<Record<string, Omit<SearchField, 'name'>>> = {
  Money: { type: 'money' },
  AccountingDate: { type: 'date' },
  Instant: { type: 'instant' },
  CurrencyCode: { type: 'currency' },
  Reference: { type: 'reference' },
  CustomerReference: { type: 'id', kind: 'customer' },
  ...Object.fromEntries(
    [CustomerType, CustomerStatus, PaymentMethod, PaymentStatus, InvoiceStatus].map((component) => {
      const { $id, enum: words } = component as unknown as { $id: string; enum: string[] }
      return [$id, { type: 'word' as const, words }]
    }),
  ),
}
interface Property {
  $id?: string
  $ref?: string
  anyOf?: readonly Property[]
  type?: string | readonly string[]
  pattern?: string
}
const CURRENCIES: ReadonlySet<string> = new Set(['currency', 'baseCurrency'])

/** Null for what has no single value: lists, addresses, custom fields. */
function searchedAs(name: string, property: Property): Omit<SearchField, 'name'> | null {
  const plain = property.anyOf?.find((one) => one.type !== 'null') ?? property
  const component = plain.$id ?? plain.$ref?.replace(/#$/, '')
  if (component !== undefined) return BY_COMPONENT[component] ?? null
  const types = [plain.type].flat()
  if (types.includes('boolean')) return { type: 'boolean' }
  if (!types.includes('string')) return null
  if (CURRENCIES.has(name)) return { type: 'currency' }
  return { type: plain.pattern === RATE_PATTERN ? 'rate' : 'text' }
}

function fieldsOf(kind: RecordKind, schema: TSchema, more: readonly SearchField[] = []): SearchFields {
  const { properties } = schema as unknown as { properties: Readonly<Record<string, Property>> }
  const own = Object.entries(properties).flatMap(([name, property]): SearchField[] => {
    const found = ENVELOPE.has(name) ? null : searchedAs(name, property)
    return found ? [{ name, ...found }] : []
  })
  const fields = new Map([{ name: 'id', type: 'id', kind } as const, ...own, ...more].map((one) => [one.name, one]))
  for (const field of [...fields.values()]) {
    if (field.name === 'id' || (field.type !== 'reference' && field.type !== 'id')) continue
    // `terms.id` and `terms` are the same.
    fields.set(`${field.name}.id`, field)
    for (const part of field.name === 'customer' ? ['name', 'number'] : ['name'])
      fields.set(`${field.name}.${part}`, { name: `${field.name}.${part}`, type: 'text' })
  }
  return fields
}

export const CUSTOMER_FIELDS = fieldsOf('customer', Customer, [{ name: 'parent', type: 'id', kind: 'customer' }])
export const PAYMENT_FIELDS = fieldsOf('payment', Payment, [{ name: 'undeposited', type: 'boolean' }])
export const INVOICE_FIELDS = fieldsOf('invoice', Invoice)
const EMAIL_TEMPLATE_FIELDS = fieldsOf('emailTemplate', EmailTemplate)

export const SEARCH_FIELDS = {
  customers: CUSTOMER_FIELDS,
  payments: PAYMENT_FIELDS,
  invoices: INVOICE_FIELDS,
  'email-templates': EMAIL_TEMPLATE_FIELDS,
} as const
