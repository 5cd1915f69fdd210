/** What a NetSuite connection needs to know: account, login, defaults. */
import { type Static, Type } from 'typebox'
import { Strict, StringEnum } from '../../../schemas/kit.ts'
import { PAYMENT_METHODS } from '../../../schemas/payment.ts'
import { DATE_FORMAT } from './account-date.ts'

/** Sandboxes and release previews have a word behind the number: `1234567_SB2`, `1234567_RP`. */
const ACCOUNT_ID = '^[A-Za-z0-9]+([_-]([Ss][Bb]\\d+|[Rr][Pp]\\d*))?$'

const word = (description: string) => Type.String({ minLength: 1, description })
/** `writeOnly` marks what the gateway keeps out of every text of the ERP. */
const secret = (description: string) => Type.String({ minLength: 1, description, writeOnly: true })
const internalId = (description: string) => Type.String({ pattern: '^-?\\d{1,18}$', description })

const OAuth2 = Strict(
  {
    type: StringEnum(['oauth2']),
    clientId: word('The client id of the integration record (its consumer key).'),
    certificateId: word(
      'The certificate id that NetSuite shows for the uploaded certificate; the `kid` of the assertion.',
    ),
    privateKey: secret('The private key of the certificate as PEM (PKCS #8).'),
    algorithm: StringEnum(['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'], {
      description: 'How the assertion is signed: PS… for RSA keys, ES… for elliptic curves.',
    }),
  },
  { description: 'OAuth 2.0 client credentials (machine to machine).' },
)

const TokenBased = Strict(
  {
    type: StringEnum(['tba']),
    consumerKey: secret('Consumer key of the integration record.'),
    consumerSecret: secret('Consumer secret of the integration record.'),
    tokenId: secret('Token id of the access token.'),
    tokenSecret: secret('Token secret of the access token.'),
  },
  { description: 'Token-based authentication (OAuth 1.0a); Oracle ends it with 2027.1 for new integrations.' },
)
export type OAuth2 = Static<typeof OAuth2>
export type TokenBased = Static<typeof TokenBased>

/** `if` instead of `anyOf`: a wrong entry is then reported by its own path only. */
const Authentication = Type.Unsafe<OAuth2 | TokenBased>({
  type: 'object',
  description: 'How the gateway logs in.',
  required: ['type'],
  properties: { type: { type: 'string', enum: ['oauth2', 'tba'] } },
  if: { properties: { type: { const: 'tba' } } },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: TokenBased,
  else: OAuth2,
})

const Restlet = Strict(
  {
    restlet: Type.String({ pattern: '^https?://', description: 'The URL of the script, with `script` and `deploy`.' }),
  },
  { description: 'An account\'s own script that voids: it gets `{action: "void", id, date?, memo?}` by POST.' },
)
const Void = Type.Unsafe<'delete' | 'refund' | Static<typeof Restlet>>({
  description: 'What voiding a payment does: delete it (the default), refund it, or call a RESTlet.',
  if: { type: 'string' },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { enum: ['delete', 'refund'] },
  else: Restlet,
})

export const Settings = Strict({
  accountId: Type.String({
    pattern: ACCOUNT_ID,
    description:
      'The account id as NetSuite shows it, e.g. `1234567_SB1`, or as its host names have it: `1234567-sb1`.',
  }),
  baseUrl: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+(/[^?#]*)?$',
      description: 'The REST service URL; derived from `accountId` when left away.',
    }),
  ),
  auth: Authentication,
  concurrency: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 100,
      description: 'Requests at a time (4). The account shares its limit with all its integrations.',
    }),
  ),
  timeZone: Type.Optional(
    Type.String({
      format: 'time-zone',
      description: 'IANA zone of the timestamps that SuiteQL writes without one (UTC).',
    }),
  ),
  metadataHours: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 8760,
      description: "How long the account's field names, read from its metadata catalog, are believed (24 hours).",
    }),
  ),
  dateFormat: Type.Optional(
    Type.String({
      pattern: DATE_FORMAT,
      description:
        "The date format of the gateway's user in NetSuite, e.g. `DD.MM.YYYY` (`M/D/YYYY`). Only accounts without SuiteQL need it: their filters take no ISO dates.",
    }),
  ),
  void: Type.Optional(Void),
  allowInsecureHttp: Type.Optional(
    Type.Boolean({ description: '`http://` is meant: logins may be read on their way to another machine.' }),
  ),
  defaults: Type.Optional(
    Strict(
      {
        arAccountId: Type.Optional(internalId('Receivables account of payments that name none.')),
        depositAccountId: Type.Optional(internalId('Bank account of payments that name none.')),
        subsidiaryId: Type.Optional(internalId('Subsidiary of new customers that name none (OneWorld).')),
        currency: Type.Optional(
          Type.String({
            pattern: '^[A-Z]{3}$',
            description: 'Currency (ISO 4217) of payments whose customer has none: the base currency.',
          }),
        ),
        paymentMethods: Type.Optional(
          Strict(
            Object.fromEntries(
              PAYMENT_METHODS.map((word) => [word, Type.Optional(internalId(`Payment method for \`${word}\`.`))]),
            ),
            {
              description: 'Our words for payment methods and the internal ids of this account.',
            },
          ),
        ),
      },
      { description: 'What is sent when the caller says nothing.' },
    ),
  ),
})
export type Settings = Omit<Static<typeof Settings>, 'defaults'> & { defaults?: Defaults }

export interface Defaults {
  currency?: string
  arAccountId?: string
  depositAccountId?: string
  subsidiaryId?: string
  paymentMethods?: Partial<Record<(typeof PAYMENT_METHODS)[number], string>>
}

/** The account's own spelling, which signatures name (Oracle help section_1534941088): `1234567_SB1`. */
export const realmOf = ({ accountId }: Settings): string => accountId.toUpperCase().replaceAll('-', '_')

/** `1234567_SB1` lives at `1234567-sb1.suitetalk.api.netsuite.com` (Oracle help section_1498251763; keep it configurable). */
export const baseUrlOf = (settings: Settings): string =>
  (
    settings.baseUrl ?? `https://${realmOf(settings).toLowerCase().replaceAll('_', '-')}.suitetalk.api.netsuite.com`
  ).replace(/\/+$/, '')

export const timeZoneOf = (settings: Settings): string => settings.timeZone ?? 'UTC'
