/** How NetSuite writes values in record JSON, and how SuiteQL has to treat the column of each. */
import type { Reference } from '../../../schemas/common.ts'
import { fieldError } from '../../errors.ts'
import {
  type Codec,
  isoDate,
  choice as plainChoice,
  decimal as plainDecimal,
  instant as plainInstant,
  money as plainMoney,
  text as plainText,
} from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { type CustomRow, custom } from '../../mapping/mapping.ts'
import { exactNumber } from '../../wire/json.ts'
import { dateOf, idOf, isObject, isTrue, nameOf, recordIdOf, textOf } from './values.ts'

/** Why accounts without OneWorld have no entities. */
export const NO_SUBSIDIARIES = 'The account has no subsidiaries (it is not OneWorld).'

/** What a column is to SuiteQL: how it is selected, compared and turned back into record JSON. */
export type SqlKind = 'text' | 'number' | 'flag' | 'reference' | 'enum' | 'date' | 'instant' | 'currency'

export interface ListedCodec<T> extends Codec<T> {
  readonly sql: SqlKind
}
const listed = <T>(codec: Codec<T>, sql: SqlKind): ListedCodec<T> => ({ ...codec, sql })

/** Decimal text as a JSON number with its own digits; leading zeros are no JSON. */
export const jsonNumber = (value: string): object => exactNumber(value.replace(/^(-?)0+(?=\d)/, '$1'))

export const text = listed(plainText, 'text')
export const date = listed({ ...isoDate, decode: (value) => dateOf(value) ?? garbledValue('a date', value) }, 'date')
export const instant = listed(plainInstant, 'instant')
export const money = listed({ ...plainMoney, encode: jsonNumber }, 'number')
export const decimal = listed({ ...plainDecimal, encode: jsonNumber }, 'number')
export const choice = <const K extends string>(words: Readonly<Record<K, boolean>>): ListedCodec<K> => {
  const codec = plainChoice(words)
  return listed({ ...codec, decode: (value, context) => codec.decode(isTrue(value), context) }, 'flag')
}

export const flag: ListedCodec<boolean> = listed(
  { title: 'boolean', decode: isTrue, encode: (value: boolean) => value },
  'flag',
)

/** Another record: `{links, id, refName}`. Names are resolved to ids before anything is written. */
export const reference = (referenceKind: string): ListedCodec<Reference> => ({
  title: 'reference',
  referenceKind,
  sql: 'reference',
  decode: (value) => {
    const id = recordIdOf(value)
    return id === null ? garbledValue('a reference', value) : { id, name: nameOf(value) }
  },
  encode: (value) => ({ id: value.id }),
})

const HOLDS: Readonly<Record<string, boolean>> = {
  ...{ ON: true, OFF: false, AUTO: false },
  // The column of lists is a flag.
  ...{ T: true, F: false },
}

/** ON, OFF or AUTO; only ON holds whatever the balance says. */
export const creditHold: ListedCodec<boolean> = {
  title: 'boolean',
  sql: 'flag',
  decode: (value) => {
    const word = typeof value === 'boolean' ? (value ? 'ON' : 'OFF') : idOf(value)
    const known = word === null ? undefined : HOLDS[word]
    return known ?? garbledValue('ON, OFF or AUTO', value)
  },
  encode: (value) => ({ id: value ? 'ON' : 'AUTO' }),
}

/** What reading adds to a currency: its ISO code. */
export const symbolOf = (currency: unknown): string | null => (isObject(currency) ? textOf(currency['symbol']) : null)

/** An ISO code. NetSuite names currencies by internal id; reading adds `symbol`, writing gets the id (see references.ts). */
export const currencyCode: ListedCodec<string> = {
  title: 'currency',
  sql: 'currency',
  decode: (value) => {
    return symbolOf(value) ?? garbledValue('a currency that the account knows', value)
  },
  encode: (value) => value,
}

/**
 * The id the gateway writes where the caller has none: proof of who made the record, not an external id of the
 * caller's. One for each step of a write, so that none is taken for another.
 */
const FENCE_PREFIX = 'gw_'
export const fenceOf = (intentId: string, step: number): string =>
  step === 0 ? `${FENCE_PREFIX}${intentId}` : `${FENCE_PREFIX}${intentId}_${step}`
const isFence = (externalId: string): boolean => externalId.startsWith(FENCE_PREFIX)
/** An id of the caller's that looks like a fence would read back as none. */
export function refuseFence(externalId: string | null | undefined): void {
  if (externalId && isFence(externalId)) {
    throw fieldError('rejected', '/externalId', 'Ids that begin with gw_ are kept for the gateway itself.')
  }
}

/** What lists need to know of a row that is more than one place. */
export interface Listing {
  readonly sql?: SqlKind
  /** The rows whose columns its decode reads. */
  readonly needs?: readonly string[]
  /** The column is only for filters and sorting. */
  readonly selected?: false
  /** What a filter on the name of the reference compares, where that is not what NetSuite displays. */
  readonly nameColumn?: string
  /** The property that `q` compares with the same values, where there is one. */
  readonly word?: string
}
export type ComputedRow<T> = CustomRow<T> & Listing
export const computed = <T>(
  row: Pick<CustomRow<T>, 'title' | 'paths' | 'decode'> & Partial<CustomRow<T>> & Listing,
): ComputedRow<T> => custom<T>({ encode: () => ({}), access: row.encode ? 'read-write' : 'read-only', ...row })

export const externalId = (column: string): ComputedRow<string> =>
  computed<string>({
    title: 'text; letters, digits, _ and -',
    paths: ['externalId'],
    column,
    sql: 'text',
    word: 'externalId',
    decode: (record) => {
      if (record['externalId'] === undefined) return undefined
      const value = textOf(record['externalId'])
      return value === null || isFence(value) ? null : value
    },
    encode: (value) => {
      // Oracle help section_156334828635: other characters break `eid:` in URLs.
      if (value !== null && !/^[A-Za-z0-9_-]+$/.test(value)) {
        throw fieldError('rejected', '/externalId', 'External ids of NetSuite have only letters, digits, _ and -.')
      }
      return { externalId: value }
    },
  })
