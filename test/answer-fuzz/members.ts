/** The members of an answer, JSON or XML alike: each can be taken away, doubled, renamed, or get another value. */
import type { Random } from './random.ts'

/** What becomes of one member. `null` values are JSON's null, and an empty element in XML. */
export type Edit =
  | { readonly kind: 'remove' }
  | { readonly kind: 'double'; readonly second: unknown }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'value'; readonly value: unknown }

export interface Member {
  readonly name: string
  readonly value: unknown
  /** Where it is, for people. */
  readonly place: string
  /** It belongs to one record of several. */
  readonly ofRecord: boolean
  /** The whole text with this member edited. */
  readonly edited: (edit: Edit) => string
}

export function membersOf(body: string): Member[] {
  const text = body.trimStart()
  if (text.startsWith('<')) return xmlMembers(body)
  try {
    return jsonMembers(JSON.parse(body))
  } catch {
    return []
  }
}

/** Links are addresses of the answer itself. */
const SKIPPED = new Set(['links', 'rel', 'href', 'method'])

function jsonMembers(root: unknown): Member[] {
  const members: Member[] = []
  const walk = (value: unknown, place: string, ofRecord: boolean): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (SKIPPED.has(name)) continue
      const here = `${place}.${name}`
      const inList = ofRecord || Array.isArray(value)
      members.push({
        ...{ name, value: inner, place: here, ofRecord: inList },
        edited: (edit) => textOf(root, value, name, edit),
      })
      walk(inner, here, inList)
    }
  }
  walk(root, '$', false)
  return members
}

const TWICE = '\u0001twice'
function textOf(root: unknown, at: object, name: string, edit: Edit): string {
  const replace = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) {
      if (value !== at) return value.map(replace)
      const place = Number(name)
      if (edit.kind === 'remove' || edit.kind === 'rename') return value.toSpliced(place, 1)
      if (edit.kind === 'double') return value.toSpliced(place, 0, value[place])
      return value.toSpliced(place, 1, edit.value)
    }
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
        if (value !== at || key !== name) return [[key, replace(inner)]]
        if (edit.kind === 'remove') return []
        if (edit.kind === 'rename') return [[edit.name, inner]]
        if (edit.kind === 'value') return [[key, edit.value]]
        return [
          [key, inner],
          [`${key}${TWICE}`, edit.second],
        ]
      }),
    )
  }
  return JSON.stringify(replace(root)).replaceAll(JSON.stringify(TWICE).slice(1, -1), '')
}

const LEAF = /<([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>([^<]*)<\/\1>/g
const ATTRIBUTE = /\s([a-z]+)="([^"]*)"/g
const RECORD = /<data\b[^>]*>[\s\S]*?<\/data>/g

function xmlMembers(body: string): Member[] {
  const records = [...body.matchAll(RECORD)].map((match) => [match.index, match.index + match[0].length] as const)
  const ofRecord = (index: number) => records.some(([from, to]) => index > from && index < to)
  const leaves = [...body.matchAll(LEAF)].map((match): Member => {
    const [whole, name = '', attributes = '', value = ''] = match
    const put = (text: string) => body.slice(0, match.index) + text + body.slice(match.index + whole.length)
    const element = (tag: string, content: unknown) => `<${tag}${attributes}>${contentOf(content)}</${tag}>`
    return {
      ...{ name, value, place: `<${name}>@${match.index}`, ofRecord: ofRecord(match.index) },
      edited: (edit) => {
        if (edit.kind === 'remove') return put('')
        if (edit.kind === 'rename') return put(element(edit.name, value).replace(contentOf(value), value))
        if (edit.kind === 'double') return put(whole + element(name, edit.second))
        return put(element(name, edit.value))
      },
    }
  })
  const attributes = [...body.matchAll(/<data\b[^>]*>/g)].flatMap((tag) =>
    [...tag[0].matchAll(ATTRIBUTE)].map((match): Member => {
      const [whole, name = '', value = ''] = match
      const from = tag.index + match.index
      const put = (text: string) => body.slice(0, from) + text + body.slice(from + whole.length)
      return {
        ...{ name, value, place: `@${name}@${from}`, ofRecord: false },
        edited: (edit) => {
          if (edit.kind === 'remove' || edit.kind === 'double') return put('')
          if (edit.kind === 'rename') return put(` ${edit.name}="${value}"`)
          return put(` ${name}="${contentOf(edit.value).replaceAll('"', '')}"`)
        },
      }
    }),
  )
  return [...leaves, ...attributes]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** Objects and lists become elements, as another version of the vendor might nest them. */
function contentOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map((one) => `<item>${contentOf(one)}</item>`).join('')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => `<${name}>${contentOf(inner)}</${name}>`)
      .join('')
  return escaped(String(value))
}

export const oneOf = (random: Random, members: readonly Member[], fits: (member: Member) => boolean): Member | null => {
  const found = members.filter(fits)
  return found.length === 0 ? null : random.of(found)
}
