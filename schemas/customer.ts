/** Customers: who owes us money. */
import { type Static, Type } from 'typebox'
import { CurrencyCode, CustomFields, Instant, listOf, Money, Reference, text, VendorFields, Warning } from './common.ts'
import {
  Aging,
  CustomerContact,
  CustomerCurrency,
  CustomerRestriction,
  customerPartSchemas,
  DeliveryOption,
  ItemPrice,
} from './customer-parts.ts'
import { CustomerEmailTemplate } from './email-template.ts'
import { Constant, Nullable, Ref, Strict, StringEnum, writable } from './kit.ts'

export const CustomerType = StringEnum(['company', 'person'], {
  $id: 'CustomerType',
  description: 'Company by default; person where `lastName` is given.',
})
export const CustomerStatus = StringEnum(['active', 'inactive'], {
  $id: 'CustomerStatus',
  description: 'Whether the customer is in use.',
})

const addressFields = {
  id: text(
    100,
    "The address's id in the ERP (`display`, `primary`, `billTo`, `shipTo` on Intacct). Given in a write, the address keeps its identity.",
  ),
  label: text(150, 'A name for the address.', 'Headquarters'),
  isDefaultBilling: Type.Boolean({ description: 'Invoices go there.' }),
  isDefaultShipping: Type.Boolean({ description: 'Goods go there.' }),
  addressee: text(150, 'Who is addressed.'),
  line1: text(150, 'First line.', '123 Main Street'),
  line2: text(150, 'Second line.'),
  line3: text(150, 'Third line.'),
  city: text(80, 'City.', 'San Francisco'),
  region: text(80, 'State, province or region.', 'CA'),
  postalCode: text(40, 'Postal code.', '94102'),
  country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.', examples: ['US'] }),
  phone: text(60, 'Phone at this address.'),
}
export const AddressWrite = Strict(writable(addressFields), {
  $id: 'AddressWrite',
  description: 'A postal address to add or to replace.',
})
export type AddressWrite = Static<typeof AddressWrite>

export const Address = Strict(
  {
    ...writable(addressFields),
    contactName: Type.Optional(Nullable(Type.String({ description: 'The contact that holds the address (Intacct).' }))),
  },
  { $id: 'Address', description: 'A postal address of a customer.' },
)
export type Address = Static<typeof Address>

/** What callers may write; the same properties are in every answer. */
const customerFields = {
  number: text(
    100,
    "The customer's number. Left away, the ERP numbers automatically where it is set up to.",
    'ACME-001',
  ),
  externalId: Type.String({ minLength: 1, maxLength: 200, description: "The caller's own id." }),
  type: CustomerType,
  name: text(400, 'The name the ERP displays.', 'Acme Corporation'),
  companyName: text(400, "The company's name."),
  firstName: text(200, 'First name of a person.'),
  middleName: text(200, 'Middle name of a person.'),
  lastName: text(200, 'Last name of a person.'),
  salutation: text(100, 'Mr., Ms., Dr. …'),
  status: CustomerStatus,
  stage: Ref(Reference, { description: 'Where the customer stands in the sales process.' }),
  onHold: Type.Boolean({ description: 'No further sales on credit.' }),
  email: Type.String({ minLength: 3, maxLength: 254, description: 'E-mail address.', examples: ['ap@acme.example'] }),
  altEmail: Type.String({ minLength: 3, maxLength: 254, description: 'Another e-mail address.' }),
  phone: text(60, 'Phone.', '555-0100'),
  altPhone: text(60, 'Another phone.'),
  mobile: text(60, 'Mobile phone.'),
  fax: text(60, 'Fax.'),
  website: text(400, 'Web address.', 'https://acme.example'),
  parent: Ref(Reference, { description: 'The customer that this one belongs to; its `id` is a `cus_…` id.' }),
  entity: Ref(Reference, {
    description: 'The company of the group that the customer belongs to (NetSuite: subsidiary).',
  }),
  currency: Ref(CurrencyCode, { description: "The customer's currency." }),
  terms: Ref(Reference, { description: 'When invoices are due.' }),
  category: Ref(Reference, { description: "The customer's kind." }),
  salesRep: Ref(Reference, { description: 'Who sells to the customer.' }),
  partner: Ref(Reference, { description: 'The partner that brought the customer.' }),
  territory: Ref(Reference, { description: 'The sales territory.' }),
  priceLevel: Ref(Reference, { description: 'The price list.' }),
  shippingMethod: Ref(Reference, { description: 'How goods are sent.' }),
  department: Ref(Reference, { description: 'The department.' }),
  class: Ref(Reference, { description: 'The class.' }),
  location: Ref(Reference, { description: 'The location.' }),
  taxable: Type.Boolean({ description: 'Whether sales are taxed.' }),
  tax: Ref(Reference, { description: 'The tax item or group.' }),
  taxId: text(100, 'Tax registration number.'),
  resaleNumber: text(100, 'Resale certificate number.'),
  creditLimit: Ref(Money, { description: 'How much the customer may owe.' }),
  receivablesAccount: Ref(Reference, { description: 'The receivables account.' }),
  billingSchedule: Ref(Reference, { description: 'The billing schedule.' }),
  discountItem: Ref(Reference, { description: 'The discount item.' }),
  contacts: Type.Array(Ref(CustomerContact), {
    maxItems: 200,
    description:
      'Who is at the customer; a write replaces the list, and what is left out has that role no more. Not in lists.',
  }),
  emailTemplates: Type.Array(Ref(CustomerEmailTemplate), {
    maxItems: 200,
    description:
      'E-mail templates chosen for the customer: with an id one changes, without it one is added. Not in lists.',
  }),
  delivery: Type.Array(Ref(DeliveryOption), {
    maxItems: 2,
    uniqueItems: true,
    description: 'How transactions reach the customer.',
  }),
  emailOptIn: Type.Boolean({ description: 'Whether the customer accepts invoices by e-mail.' }),
  restriction: Ref(CustomerRestriction, { description: 'Which parts of the company may use the customer.' }),
  comments: text(4000, 'Free text.'),
  customFields: CustomFields,
  vendorFields: VendorFields,
}

/** What only the ERP writes. */
const customerReadOnly = {
  balance: Nullable(Money, {
    description: 'What the ERP reports as owed; its definition differs by ERP, see the guide.',
  }),
  overdueBalance: Nullable(Money, { description: 'What the ERP reports as overdue.' }),
  aging: Nullable(Aging),
  currencies: Nullable(Type.Array(Ref(CustomerCurrency)), { description: 'What is owed in each currency.' }),
  itemPricing: Nullable(Type.Array(Ref(ItemPrice)), {
    description: 'Prices of the customer for single items; not in lists.',
  }),
  createdAt: Nullable(Instant, { description: 'When the ERP created it.' }),
  updatedAt: Nullable(Instant, { description: 'When it was last changed in the ERP.' }),
}
const optional = <P extends Record<string, Parameters<typeof Type.Optional>[0]>>(properties: P) =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, Type.Optional(schema)])) as {
    [K in keyof P]: ReturnType<typeof Type.Optional<P[K]>>
  }

const addressList = Type.Array(Ref(AddressWrite), {
  maxItems: 500,
  description: 'All addresses; a write replaces the list.',
})

export const CustomerCreate = Strict(
  {
    connection: Type.Optional(
      Type.String({ description: 'Where to create it; the configured default otherwise.', examples: ['netsuite'] }),
    ),
    ...writable(customerFields),
    addresses: Type.Optional(Nullable(addressList)),
  },
  { $id: 'CustomerCreate', description: 'A new customer. The smallest one has a connection and a name.' },
)
export type CustomerCreate = Static<typeof CustomerCreate>

export const CustomerPatch = Strict(
  { ...writable(customerFields), addresses: Type.Optional(Nullable(addressList)) },
  {
    $id: 'CustomerPatch',
    minProperties: 1,
    description: 'JSON Merge Patch: absent keeps, null clears, arrays and references are replaced.',
  },
)
export type CustomerPatch = Static<typeof CustomerPatch>

export const Customer = Strict(
  {
    object: Constant('customer', { description: 'What it is.' }),
    id: Type.String({ description: '`cus_<connection>_<native id>`', examples: ['cus_netsuite_456'] }),
    connection: Type.String({ description: 'The connection that has it.', examples: ['netsuite'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['netsuite'] }),
    nativeId: Type.String({ description: "The ERP's own id.", examples: ['456'] }),
    ...writable(customerFields),
    addresses: Type.Optional(
      Nullable(Type.Array(Ref(Address)), {
        description:
          'All addresses. In lists of NetSuite where `fields` names them: one query more for a page; not in lists of Sage Intacct.',
      }),
    ),
    ...optional(customerReadOnly),
    raw: Type.Optional(Type.Unknown({ description: 'The untouched ERP record, with `include=raw`.' })),
    warnings: Type.Optional(
      Type.Array(Ref(Warning), { description: 'What the ERP did differently from what was asked.' }),
    ),
  },
  { $id: 'Customer', description: 'A customer as the ERP has it now.' },
)
export type Customer = Static<typeof Customer>

/** A customer before the gateway gave it an id: what a provider's mapping speaks of. */
export type CustomerRecord = Omit<
  Customer,
  'object' | 'id' | 'connection' | 'provider' | 'nativeId' | 'raw' | 'warnings'
>

export const CustomerList = listOf('CustomerList', Customer, 'A page of customers.')
export const customerSchemas = [
  CustomerType,
  CustomerStatus,
  AddressWrite,
  Address,
  ...customerPartSchemas,
  CustomerCreate,
  CustomerPatch,
  Customer,
  CustomerList,
]
