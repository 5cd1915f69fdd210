/** The small shapes that every resource uses: money, dates, references, lists. */
import { type Static, type TSchema, Type } from 'typebox'
import { Constant, Dictionary, Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const MONEY_PATTERN = '^-?\\d{1,15}(\\.\\d{1,6})?$'
/** Above zero. */
export const RATE_PATTERN = '^(?=.*[1-9])\\d{1,10}(\\.\\d{1,10})?$'

export const Money = Type.String({
  $id: 'Money',
  pattern: MONEY_PATTERN,
  description:
    "A decimal amount as text, in the record's currency. Written with at most the currency's minor digits (never rounded), read with exactly those.",
  examples: ['1500.00'],
})

export const PositiveMoney = Type.String({
  $id: 'PositiveMoney',
  // One pattern, because client generators make nothing useful of `allOf` and `not`.
  pattern: '^(?!0+(\\.0+)?$)\\d{1,15}(\\.\\d{1,6})?$',
  description: "A decimal amount above zero as text, with at most the currency's minor digits.",
  examples: ['1500.00'],
})

export const CurrencyCode = Type.String({
  $id: 'CurrencyCode',
  pattern: '^[A-Z]{3}$',
  description: 'A currency as ISO 4217 code.',
  examples: ['USD'],
})

export const AccountingDate = Type.String({
  $id: 'AccountingDate',
  format: 'date',
  description: 'A calendar date `YYYY-MM-DD`, without a time zone.',
  examples: ['2026-03-31'],
})

export const Instant = Type.String({
  $id: 'Instant',
  format: 'date-time',
  description: 'A moment, RFC 3339 in UTC.',
  examples: ['2026-03-31T09:30:00Z'],
})

/** Free text with a length that both ERPs and a database can hold; stricter limits are the ERP's own. */
export const text = (maxLength: number, description: string, example?: string) =>
  Type.String({ minLength: 1, maxLength, description, ...(example ? { examples: [example] } : {}) })

export const Reference = Strict(
  {
    id: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 300, description: "The ERP's id." }))),
    name: Type.Optional(
      Nullable(Type.String({ minLength: 1, maxLength: 300, description: 'The name the ERP shows.' })),
    ),
  },
  {
    $id: 'Reference',
    minProperties: 1,
    description: 'Another record of the ERP. On write the id or the name is enough; both must agree.',
    examples: [{ id: '2', name: 'Net 30' }],
  },
)
export type Reference = Static<typeof Reference>

export const CustomFields = Dictionary(Type.Unknown(), {
  $id: 'CustomFields',
  description: "Custom fields by the ERP's own name.",
  examples: [{ custentity_region: 'West' }],
})
export const VendorFields = Dictionary(Type.Unknown(), {
  $id: 'VendorFields',
  description: "Standard fields without a neutral name, by the ERP's own name, dotted when nested.",
  examples: [{ RECORDNO: '33' }],
})

export const Warning = Strict(
  {
    pointer: Nullable(Type.String(), {
      description: "JSON Pointer to the caller's field, where there is one.",
      examples: ['/method'],
    }),
    code: Type.String({
      description: [
        'A word for programs. `differs`: the ERP has another value than was asked. `not_shown`: it does not show what',
        'it has. `not_kept`: there is no place for it any more. `changed`: it books another word for it. `not_applied`,',
        '`applied_unasked`: what the ERP made of the applications.',
        '`field_not_supported`: left out, as `handling=lenient` allows. `garbled`: the value, or a part of it, cannot be',
        'read. `unknown_word`: a word that the gateway does not know. `not_available`: hidden from the role, or not in',
        'this account. `record_unreadable`: the record is left out of its list. Others may come.',
      ].join(' '),
      examples: ['differs'],
    }),
    detail: Type.String({ description: 'A sentence for people.' }),
  },
  {
    $id: 'Warning',
    description:
      'Something the ERP did differently from what was asked, or something of its answer that could not be read.',
  },
)
export type Warning = Static<typeof Warning>

export const ConnectionOutcomeStatus = StringEnum(['ok', 'error', 'timeout'], {
  $id: 'ConnectionOutcomeStatus',
  description: 'Whether the connection answered the list.',
})

export const ConnectionOutcome = Strict(
  {
    id: Type.String({ description: 'The connection.' }),
    status: Ref(ConnectionOutcomeStatus),
    problem: Type.Optional(Type.Unsafe<unknown>({ $ref: 'Problem#', description: 'Why it did not answer.' })),
    warnings: Type.Optional(
      Type.Array(Ref(Warning), {
        description:
          'What is missing of its page: records that could not be read at all, and parts that it cannot show.',
      }),
    ),
  },
  { $id: 'ConnectionOutcome', description: 'How one connection answered a list.' },
)

export const PageInfo = Strict(
  {
    nextCursor: Nullable(Type.String(), { description: 'Send it as `cursor` for the next page; null on the last.' }),
    hasMore: Type.Boolean({ description: 'Whether there is a next page.' }),
    total: Nullable(Type.Integer(), { description: 'How many records fit the filters, where the ERPs say so.' }),
  },
  { $id: 'PageInfo', description: 'Where the page stands in its list.' },
)

/** A list answer of one kind of record. */
export const listOf = <T extends TSchema>(id: string, item: T, description: string) =>
  Strict(
    {
      object: Constant('list', { description: 'What it is.' }),
      data: Type.Array(Ref(item), { description: 'The records, in the wanted order.' }),
      page: Ref(PageInfo),
      connections: Type.Array(Ref(ConnectionOutcome), { description: 'How each connection that was asked answered.' }),
    },
    { $id: id, description },
  )

export const commonSchemas = [
  Money,
  PositiveMoney,
  CurrencyCode,
  AccountingDate,
  Instant,
  Reference,
  CustomFields,
  VendorFields,
  ConnectionOutcomeStatus,
  ConnectionOutcome,
  PageInfo,
  Warning,
]
