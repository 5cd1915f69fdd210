/** Parts of a customer: what is owed and since when, contacts, delivery, restriction, prices. */
import { type Static, Type } from 'typebox'
import { Money, Reference, text } from './common.ts'
import { Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const Aging = Strict(
  {
    current: Nullable(Money, { description: 'Not due yet.' }),
    days1To30: Nullable(Money, { description: 'Overdue by 1 to 30 days.' }),
    days31To60: Nullable(Money, { description: 'Overdue by 31 to 60 days.' }),
    days61To90: Nullable(Money, { description: 'Overdue by 61 to 90 days.' }),
    over90: Nullable(Money, { description: 'Overdue by more than 90 days.' }),
  },
  { $id: 'Aging', description: 'Open receivables by how long they are overdue.' },
)

export const CustomerCurrency = Strict(
  {
    currency: Type.String({ description: 'ISO 4217 code.', examples: ['USD'] }),
    balance: Nullable(Money, { description: 'What is owed.' }),
    overdueBalance: Nullable(Money, { description: 'What is overdue.' }),
    unbilledOrders: Nullable(Money, { description: 'Orders that are not invoiced yet.' }),
    depositBalance: Nullable(Money, { description: 'Deposits that are not used yet.' }),
  },
  { $id: 'CustomerCurrency', description: 'What the customer owes in one currency.' },
)

export const ContactRole = StringEnum(['primary', 'billTo', 'shipTo', 'other'], {
  $id: 'ContactRole',
  description: 'What the contact is for.',
})
export const CustomerContact = Strict(
  {
    name: text(200, 'The name of the contact; it identifies it.', 'Accounts payable desk'),
    role: Type.Optional(Ref(ContactRole, { description: 'What the contact is for; `other` by default.' })),
    category: Type.Optional(Nullable(text(100, 'What the ERP calls this kind of contact.', 'Work'))),
    email: Type.Optional(Nullable(Type.String({ minLength: 3, maxLength: 254, description: 'E-mail address.' }))),
    phone: Type.Optional(Nullable(text(60, 'Phone.'))),
  },
  { $id: 'CustomerContact', description: 'A person or desk at the customer.' },
)
export type CustomerContact = Static<typeof CustomerContact>

export const DeliveryOption = StringEnum(['print', 'email'], {
  $id: 'DeliveryOption',
  description: 'A way in which transactions reach the customer.',
})
export const RestrictionType = StringEnum(['unrestricted', 'rootOnly', 'restricted'], {
  $id: 'RestrictionType',
  description: 'Who may use the customer: everybody, the top level only, or some locations and departments.',
})
const restricted = (what: string) =>
  Type.Optional(
    Nullable(Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 500 }), {
      description: `Ids of the ${what} that may use it; only with the type \`restricted\`.`,
    }),
  )
export const CustomerRestriction = Strict(
  { type: Ref(RestrictionType), locations: restricted('locations'), departments: restricted('departments') },
  { $id: 'CustomerRestriction', description: 'Which parts of the company may use the customer.' },
)
export type CustomerRestriction = Static<typeof CustomerRestriction>

export const ItemPrice = Strict(
  {
    item: Nullable(Reference, { description: 'The item.' }),
    level: Nullable(Reference, { description: 'The price level that the price belongs to.' }),
    price: Nullable(Money, { description: 'The price of one unit.' }),
    currency: Nullable(Type.String({ description: 'ISO 4217 code.', examples: ['USD'] })),
  },
  { $id: 'ItemPrice', description: 'A price of the customer for one item.' },
)
export type ItemPrice = Static<typeof ItemPrice>

export const customerPartSchemas = [
  Aging,
  CustomerCurrency,
  ContactRole,
  CustomerContact,
  DeliveryOption,
  RestrictionType,
  CustomerRestriction,
  ItemPrice,
]
