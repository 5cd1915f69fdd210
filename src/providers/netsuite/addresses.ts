/** A customer's address book: lines with a nested address, keyed by their internal id. */
import type { Address, AddressWrite } from '../../../schemas/customer.ts'
import { type Context, isEmpty } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { readPart } from '../../mapping/reading.ts'
import { codeOrTextOf, idOf, isObject, isSaidTrue, recordIdOf, textOf } from './values.ts'

export type Line = Readonly<Record<string, unknown>>

/** The items of an expanded sublist; undefined when the record carries only its link. */
export function itemsOf(sublist: unknown): readonly Line[] | undefined {
  if (isEmpty(sublist)) return undefined
  if (typeof sublist !== 'object') return garbledValue('lines of a sublist', sublist)
  const items = isObject(sublist) ? sublist['items'] : sublist
  const total = isObject(sublist) ? sublist['totalResults'] : undefined
  if (Array.isArray(items)) {
    if (typeof total === 'number' && total > items.length) return garbledValue(`${total} lines of a sublist`, items)
    // A line that cannot be read may be the one that counts.
    return items.every(isObject) ? items : garbledValue('lines of a sublist', items)
  }
  if (items !== undefined) return garbledValue('lines of a sublist', items)
  // An expanded empty sublist may come without `items`, but says how many there are.
  return total === 0 ? [] : undefined
}

/** Our name and the place in `addressBookAddress`. */
const PLACES = {
  addressee: 'addressee',
  line1: 'addr1',
  line2: 'addr2',
  line3: 'addr3',
  city: 'city',
  region: 'state',
  postalCode: 'zip',
  phone: 'addrPhone',
} as const
type Place = keyof typeof PLACES

export const lineId = (line: Line): string | null => recordIdOf(line['internalId'] ?? line['id'])

/** The lines that are written back whole: one that nobody can name would take the place of another. */
export const keptLines = (addressBook: unknown): readonly Line[] =>
  (itemsOf(addressBook) ?? []).map((line) =>
    lineId(line) === null ? garbledValue('the id of an address', line) : line,
  )

const postalOf = (line: Line): Line => (isObject(line['addressBookAddress']) ? line['addressBookAddress'] : {})

/** A line without its address reads as an empty one; one whose address is anything else cannot be read. */
function readPostal(line: Line): Line {
  const { addressBookAddress: postal } = line
  if (isEmpty(postal)) return {}
  return isObject(postal) ? postal : garbledValue('an address', postal)
}

/** Nobody to tell of what cannot be read. */
const SILENT: Context = { currency: null, timeZone: 'UTC' }

/** `part` is the line's place in the list, for what cannot be read of it. */
export function readAddress(line: Line, context = SILENT, part = ''): Address {
  const postal = readPart(context, part === '' ? '/address' : part, 'addressBookAddress', () => readPostal(line)) ?? {}
  const read = <T>(field: string, place: string, from: (value: unknown) => T, value: unknown) =>
    readPart(context, `${part}/${field}`, place, () => from(value))
  const address: Record<string, unknown> = {
    id: read('id', 'addressBook id', () => lineId(line), line),
    label: read('label', 'addressBook label', textOf, line['label']),
    isDefaultBilling: read('isDefaultBilling', 'defaultBilling', isSaidTrue, line['defaultBilling']) ?? false,
    isDefaultShipping: read('isDefaultShipping', 'defaultShipping', isSaidTrue, line['defaultShipping']) ?? false,
  }
  for (const [field, place] of Object.entries(PLACES)) address[field] = read(field, place, codeOrTextOf, postal[place])
  address['country'] = read('country', 'country', countryOf, postal['country'])
  return address as Address
}

export const readAddresses = (lines: readonly Line[], context: Context): Address[] =>
  lines.map((line, place) => readAddress(line, context, `/${place}`))

/** Ids of countries are ISO codes in record JSON; an account that writes another word has no code for us. */
function countryOf(value: unknown): string | null {
  const id = idOf(value)
  return id === null || /^[A-Z]{2}$/.test(id) ? id : garbledValue('the code of a country', value)
}
const isForeign = (country: unknown): boolean => !/^([A-Z]{2})?$/.test(idOf(country) ?? '')

/** Whether a line has just what is to be written, and nothing else that we have a name for. */
export function saysTheSame(address: AddressWrite, line: Line): boolean {
  const { id: _, ...there } = readAddress(line) as unknown as Record<string, unknown>
  const wanted = address as Readonly<Record<string, unknown>>
  return Object.entries(there).every(([field, value]) => (wanted[field] ?? NOTHING[field] ?? null) === value)
}
const NOTHING: Readonly<Record<string, unknown>> = { isDefaultBilling: false, isDefaultShipping: false }

/** What the vendor keeps on a line that we have no name for; it survives a replacement of the line. */
const KEPT = ['isResidential'] as const
const KEPT_POSTAL = ['attention', 'override'] as const

/**
 * One line to write. A new line carries only what was given; a known one (`before`) is written whole, so that what
 * the caller left away is emptied while what we cannot name is kept.
 */
export function writeAddress(address: AddressWrite, before: Line | null): Record<string, unknown> {
  const whole = before !== null
  const line: Record<string, unknown> = {}
  const postal: Record<string, unknown> = {}
  const put = (target: Record<string, unknown>, name: string, value: unknown) => {
    if (value !== undefined && value !== null) target[name] = value
    else if (whole) target[name] = null
  }
  if (before) {
    Object.assign(line, keyOf(before), pick(before, KEPT))
    Object.assign(postal, pick(postalOf(before), KEPT_POSTAL))
  }
  put(line, 'label', address.label)
  line['defaultBilling'] = address.isDefaultBilling ?? false
  line['defaultShipping'] = address.isDefaultShipping ?? false
  for (const field of Object.keys(PLACES) as Place[]) put(postal, PLACES[field], address[field])
  const known = before === null ? null : idOf(postalOf(before)['country'])
  // What cannot be read as a country reads as none: writing that back leaves it where it is.
  if (isEmpty(address.country) && isForeign(known)) postal['country'] = { id: known }
  else put(postal, 'country', isEmpty(address.country) ? null : { id: address.country })
  line['addressBookAddress'] = postal
  return line
}

/** A line as it was read, ready to be written again when the list is replaced around it. */
export function sameLine(line: Line): Record<string, unknown> {
  const { country, ...postal } = postalOf(line)
  const id = idOf(country)
  return {
    ...keyOf(line),
    ...pick(line, ['label', 'defaultBilling', 'defaultShipping', ...KEPT]),
    addressBookAddress: {
      ...pick(postal, [...Object.values(PLACES), ...KEPT_POSTAL]),
      ...(id !== null && { country: { id } }),
    },
  }
}

/** Release 2026.1 has both names for a line's key, with the same value and both as whole numbers; written so even where one is read as text. */
const keyOf = (line: Line): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(pick(line, ['id', 'internalId'])).map(([name, key]) => [
      name,
      typeof key === 'string' && /^\d{1,15}$/.test(key) ? Number(key) : key,
    ]),
  )

function pick(line: Line, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => !isEmpty(line[name])).map((name) => [name, line[name]]))
}
