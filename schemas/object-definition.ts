/** Object definitions: the fields that one ERP account really has, its custom fields among them. */
import { type Static, Type } from 'typebox'
import { Warning } from './common.ts'
import { Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const OBJECT_KINDS = ['customer', 'payment', 'invoice', 'email-template'] as const
export const ObjectKind = StringEnum(OBJECT_KINDS, { $id: 'ObjectKind', description: 'A kind of record.' })
export type ObjectKind = (typeof OBJECT_KINDS)[number]

export const FieldType = StringEnum(
  ['text', 'boolean', 'integer', 'decimal', 'date', 'instant', 'choice', 'reference', 'object', 'list', 'unknown'],
  {
    $id: 'FieldType',
    description:
      'What a field holds. `choice`: one of `values`; `list`: lines of the record; `unknown`: the ERP has a word for it that is on no list.',
  },
)
export type FieldType = Static<typeof FieldType>

export const ObjectField = Strict(
  {
    name: Nullable(Type.String(), {
      description:
        'The field of this API, where there is one: its name, `customFields.…` or `vendorFields.…`. Null: only `include=raw` shows it.',
      examples: ['creditLimit', 'customFields.custentity_region'],
    }),
    vendorName: Type.String({ description: "The ERP's own name, dotted when nested.", examples: ['creditLimit'] }),
    label: Nullable(Type.String(), { description: 'What people read.', examples: ['Credit Limit'] }),
    type: Ref(FieldType),
    required: Nullable(Type.Boolean(), {
      description: 'Whether the ERP asks for it; null where it does not say (NetSuite: it depends on the form).',
    }),
    readOnly: Type.Boolean({ description: 'Only the ERP writes it.' }),
    custom: Type.Boolean({ description: 'The account added it.' }),
    values: Type.Optional(Type.Array(Type.String(), { description: "The ERP's words that it can hold." })),
  },
  { $id: 'ObjectField', description: 'A field of the account.' },
)
export type ObjectField = Static<typeof ObjectField>

export const ObjectRelationship = Strict(
  {
    name: Type.String({ description: 'What the relation is called.', examples: ['TERM'] }),
    object: Nullable(Type.String(), {
      description: "The ERP's name of the kind of record it leads to, where it says so.",
      examples: ['ARTERM'],
    }),
    key: Nullable(Type.String(), { description: 'The field that holds it.', examples: ['TERMNAME'] }),
  },
  { $id: 'ObjectRelationship', description: 'Where a record leads to.' },
)
export type ObjectRelationship = Static<typeof ObjectRelationship>

export const ObjectDefinition = Strict(
  {
    kind: Ref(ObjectKind),
    fields: Type.Array(Ref(ObjectField), { description: "In the ERP's order." }),
    relationships: Type.Array(Ref(ObjectRelationship), { description: 'Other records that it refers to.' }),
    warnings: Type.Optional(Type.Array(Ref(Warning), { description: 'What could not be read of it.' })),
  },
  { $id: 'ObjectDefinition', description: 'The fields and relations that a kind of record has in this account.' },
)
export type ObjectDefinition = Static<typeof ObjectDefinition>

export const objectDefinitionSchemas = [ObjectKind, FieldType, ObjectField, ObjectRelationship, ObjectDefinition]
