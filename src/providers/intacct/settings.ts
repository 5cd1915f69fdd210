/** What a connection to Sage Intacct needs to know. */
import { type Static, Type } from 'typebox'
import { Defaulted, Strict } from '../../../schemas/kit.ts'

const word = (description: string, examples?: string[]) =>
  Type.String({ minLength: 1, maxLength: 400, description, ...(examples && { examples }) })
/** `writeOnly` marks what the gateway keeps out of every text of the ERP. */
const secret = (description: string) => Type.String({ minLength: 1, maxLength: 400, description, writeOnly: true })
const optionalWord = (description: string, examples?: string[]) => Type.Optional(word(description, examples))
const fieldName = (description: string) =>
  Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 80, description }))

export const Defaults = Strict(
  {
    bankAccountId: optionalWord('Checking or savings account that receives payments without `depositTo`.', ['BOA']),
    undepositedAccountNo: optionalWord('GL account of undeposited funds.', ['1090']),
    advanceAccountNo: optionalWord('GL account that payments without applications are booked to.', ['2100']),
    locationId: optionalWord('Location of advances and overpayments; multi-entity companies need one.', ['100']),
    currency: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{3}$',
        description: 'Currency (ISO 4217) of payments whose customer has none: the base currency.',
      }),
    ),
    externalIdField: fieldName(
      "Custom field (integration name) that holds the caller's `externalId`; it has to exist on CUSTOMER, ARPYMT and ARADVANCE.",
    ),
    intentField: fieldName(
      "Custom text field (integration name) that takes the gateway's intent id, so that a write can be found again; it has to exist on CUSTOMER, ARPYMT and ARADVANCE. Without it the id stands behind the memo in DESCRIPTION.",
    ),
  },
  { description: 'What is used where a caller does not say.' },
)
export type Defaults = Static<typeof Defaults>

export const Settings = Strict({
  endpoint: Defaulted(
    Type.String({
      format: 'uri',
      pattern: '^https?://',
      default: 'https://api.intacct.com/ia/xml/xmlgw.phtml',
      description: 'Where to send: the XML gateway (the default), a proxy or a simulator.',
    }),
  ),
  senderId: word('Web Services sender id; case-sensitive.'),
  senderPassword: secret('Password of the sender id.'),
  companyId: word('Company id.'),
  userId: word('Web Services user.'),
  userPassword: secret('Password of the user.'),
  entityId: optionalWord('Entity (location id) to work in; the top level without it.', ['100']),
  concurrency: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 50, description: 'Requests at the same time; 2 by default.' }),
  ),
  timeZone: Type.Optional(
    Type.String({
      format: 'time-zone',
      description: 'IANA zone of WHENMODIFIED and WHENCREATED, which carry none; UTC by default.',
      examples: ['Europe/London'],
    }),
  ),
  customDiscounts: Type.Optional(
    Type.Boolean({
      description: 'The company has custom discounts enabled (2024 R3); without it a `discount` is refused.',
    }),
  ),
  inlineCredits: Type.Optional(
    Type.Boolean({
      description:
        'The company applies negative lines of invoices as credits. Each reading of open items then reads the open invoices one by one.',
    }),
  ),
  additionalErrorInfo: Type.Optional(
    Type.Boolean({
      description:
        'Ask for the stable ids of errors (`showadditionalerrorinfo`). Its place in a request is newer than the published schema.',
    }),
  ),
  allowInsecureHttp: Type.Optional(
    Type.Boolean({ description: '`http://` is meant: logins may be read on their way to another machine.' }),
  ),
  defaults: Type.Optional(Defaults),
})
export type Settings = Static<typeof Settings>

/** Intacct runs about two requests of a company at a time; a third waits and may end in GW-0010. */
export const DEFAULT_CONCURRENCY = 2
