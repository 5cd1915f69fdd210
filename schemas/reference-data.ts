/** Reference data: the short lists of an ERP that fields of customers and payments refer to. */
import { type Static, Type } from 'typebox'
import { Warning } from './common.ts'
import { Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const REFERENCE_KINDS = [
  'terms',
  'currencies',
  'payment-methods',
  'accounts',
  'bank-accounts',
  'undeposited-accounts',
  'entities',
  'departments',
  'classes',
  'locations',
  'customer-categories',
  'customer-stages',
  'sales-reps',
  'partners',
  'territories',
  'price-levels',
  'tax-codes',
  'billing-schedules',
  'discount-items',
  'items',
  'shipping-methods',
  'contact-roles',
  'message-templates',
  'email-templates',
] as const
export const ReferenceKind = StringEnum(REFERENCE_KINDS, {
  $id: 'ReferenceKind',
  description: 'A list of the ERP. One that the ERP lacks answers 501 with the reason.',
})
export type ReferenceKind = (typeof REFERENCE_KINDS)[number]

export const ReferenceEntry = Strict(
  {
    id: Type.String({ description: "The ERP's id: what reference fields take.", examples: ['2'] }),
    name: Nullable(Type.String(), { description: 'The name the ERP shows.', examples: ['Net 30'] }),
    code: Type.Optional(
      Type.String({ description: 'A short sign beside the id: ISO code, account number …', examples: ['USD'] }),
    ),
    active: Nullable(Type.Boolean(), {
      description: 'Whether the ERP still offers it; null where that cannot be read.',
    }),
  },
  { $id: 'ReferenceEntry', description: 'One entry of a list.' },
)
export type ReferenceEntry = Static<typeof ReferenceEntry>

export const ReferenceData = Strict(
  {
    kind: Ref(ReferenceKind),
    data: Type.Array(Ref(ReferenceEntry), { description: 'All entries, also the inactive ones.' }),
    warnings: Type.Optional(
      Type.Array(Ref(Warning), { description: 'What could not be read of single entries, by their place in `data`.' }),
    ),
  },
  { $id: 'ReferenceData', description: 'A whole list of the ERP.' },
)
export type ReferenceData = Static<typeof ReferenceData>

export const referenceDataSchemas = [ReferenceKind, ReferenceEntry, ReferenceData]
