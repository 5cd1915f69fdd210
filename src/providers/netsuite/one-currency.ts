/** Accounts without Multiple Currencies: no record and no column names a currency, because everything is in the one of the books. */
import { fieldError, GatewayError } from '../../errors.ts'
import type { Mapping } from '../../mapping/mapping.ts'
import { computed, symbolOf } from './codecs.ts'
import type { Session } from './session.ts'

const LISTS = ['customers', 'payments', 'invoices', 'open items']
const KINDS = ['customer', 'payment', 'invoice'] as const

/** Whether the account has said that it has no field, no column or no table of currencies. */
export async function hasOneCurrency(session: Session): Promise<boolean> {
  return isWithoutField(session) || !(await session.currencies.hasCurrencies())
}
const isWithoutField = (session: Session): boolean =>
  KINDS.some((kind) => session.shapeOf(kind)?.types['currency'] === undefined && session.shapeOf(kind) !== null) ||
  LISTS.some((list) => session.missing.of(list).has('currency'))

/** The settings' own word before the account's; null where neither tells. */
export const ownCurrency = async (session: Session): Promise<string | null> =>
  session.defaults.currency ?? (await session.currencies.baseCurrency())

/** The one currency, for a record that names none; null in an account with several. Its table is not asked for only to know. */
export const currencyOfAll = async (session: Session): Promise<string | null> =>
  isWithoutField(session) || session.currencies.areKnownToBeNone ? ownCurrency(session) : null

/** The same where nothing can be done without it. */
export async function neededCurrency(session: Session): Promise<string> {
  const currency = await ownCurrency(session)
  if (currency !== null) return currency
  const detail =
    'The NetSuite account shows no currencies; set defaults.currency of the connection to the one of its books.'
  throw new GatewayError('not_supported', detail, { applied: 'no' })
}

/** The id to write; null where the account has one currency, which is then not written. Another one is refused. */
export async function currencyIdToWrite(session: Session, code: string, pointer: string): Promise<string | null> {
  if (!(await hasOneCurrency(session))) return session.currencies.currencyId(code, pointer)
  const own = await ownCurrency(session)
  if (own === null || own === code) return null
  throw fieldError('invalid_reference', pointer, `The NetSuite account has one currency, ${own}.`)
}

/** Read as the one currency; what is written has been compared with it. */
const CURRENCY = computed<string>({
  title: 'the one currency of the account',
  paths: ['currency'],
  reason: 'The account has one currency (no Multiple Currencies): another one is refused.',
  decode: ({ currency }) => symbolOf(currency),
  encode: () => ({}),
})
export const withOneCurrency = <T>(mapping: Mapping<T>): Mapping<T> =>
  'currency' in mapping ? { ...mapping, currency: CURRENCY } : mapping
