/** Whether a request to a NetSuite account of release 2026.1 uses only names that this release has, with their types. */
import { NAMES_2026_1 } from './netsuite-names.ts'

export interface Sent {
  readonly method: string
  readonly path: string
  readonly body: string
}

/** The public list does not have these records: what is sent of them, and no more (Oracle help article_0830101547, section_157901123882). */
const UNLISTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  depositApplication: { externalId: 'string', tranDate: 'date', autoApply: 'boolean', apply: 'sublist' },
  customerRefund: { externalId: 'string', tranDate: 'date', memo: 'string' },
}
/** Lines whose own list is not public have the names of their sisters. */
const LINES: Readonly<Record<string, string>> = {
  'creditMemo apply': 'customerPayment apply',
  'depositApplication apply': 'customerPayment apply',
}
const CUSTOM = /^cust(entity|body|col)/

/** What is wrong with it, in words; nothing for what is no write of a record. */
export function wrongNames({ method, path, body }: Sent): string[] {
  const [, record, target] =
    /\/record\/v1\/([A-Za-z]+)(?:\/[^/?]+)?(?:\/!transform\/([A-Za-z]+))?(?:\?.*)?$/.exec(path) ?? []
  if (!record || method === 'GET' || body === '') return []
  const type = target ?? record
  return wrongIn(type, JSON.parse(body), type)
}

function wrongIn(list: string, value: unknown, at: string): string[] {
  const names = typesOf(list)
  if (!names) return [`${at}: release 2026.1 has no list for it`]
  if (!isObject(value)) return [`${at}: no object`]
  return Object.entries(value).flatMap(([name, inner]) => {
    if (CUSTOM.test(name)) return []
    const type = names[name]
    if (type === undefined) return [`${at}.${name}: unknown`]
    return inner === null ? [] : wrongValue(type, inner, `${list} ${name}`, `${at}.${name}`)
  })
}

function wrongValue(type: string, value: unknown, list: string, at: string): string[] {
  if (type === 'subrecord') return wrongIn(list, value, at)
  if (type === 'sublist') {
    const items = isObject(value) ? value['items'] : undefined
    if (!Array.isArray(items)) return [`${at}: no items`]
    return items.flatMap((item, place) => wrongIn(list, item, `${at}[${place}]`))
  }
  return IS[type]?.(value) === true || (type.startsWith('one of ') && isOneOf(type, value))
    ? []
    : [`${at}: ${JSON.stringify(value)} is no ${type}`]
}

const idOf = (value: unknown): string | null =>
  isObject(value) && typeof value['id'] === 'string' && Object.keys(value).length === 1 ? value['id'] : null
const IS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isSafeInteger(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
  'date-time': (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value),
  reference: (value) => idOf(value) !== null,
  enum: (value) => idOf(value) !== null,
}
const isOneOf = (type: string, value: unknown): boolean =>
  type
    .slice(7)
    .split(' ')
    .includes(idOf(value) ?? '')

/** Type by name. */
function typesOf(list: string): Readonly<Record<string, string>> | undefined {
  const unlisted = UNLISTED[list]
  if (unlisted) return unlisted
  const names = NAMES_2026_1[LINES[list] ?? list]
  if (!names) return undefined
  const { values = {}, ...kinds } = names
  const plain = Object.entries(kinds).flatMap(([kind, text]) => text.split(/\s+/).map((name) => [name, kind]))
  return Object.fromEntries([...plain, ...Object.entries(values).map(([name, words]) => [name, `one of ${words}`])])
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
