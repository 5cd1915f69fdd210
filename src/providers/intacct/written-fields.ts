/** What the functions of a write say of each record, compared with how the record reads afterwards. */
import { compare, isDecimal } from '../../mapping/money.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Desk } from './account.ts'
import type { AnswerRecord } from './answer.ts'
import { CONTACT_LIST, CONTACT_ROLES, contactList } from './contacts.ts'
import { TEMPLATE_LIST, wholeTemplatesOf } from './email-template.ts'
import type { FunctionCall } from './envelope.ts'

/** One record, and the values that it is to have. */
export interface Written {
  readonly object: 'CUSTOMER' | 'CONTACT'
  /** CUSTOMERID or CONTACTNAME. */
  readonly key: string
  /** By dotted path. */
  readonly fields: ReadonlyMap<string, string>
  /** The contact list and the templates; the last one of a name counts. */
  readonly lists: ReadonlyMap<string, readonly XmlNode[]>
}

const KEYS = { CUSTOMER: 'CUSTOMERID', CONTACT: 'CONTACTNAME' } as const
const LISTS: ReadonlySet<string> = new Set([CONTACT_LIST, TEMPLATE_LIST])

/** Records in the order in which they are written; several functions on one count together. */
export function writtenBy(functions: readonly FunctionCall[]): Written[] {
  const records = new Map<
    string,
    { object: Written['object']; fields: Map<string, string>; lists: Map<string, readonly XmlNode[]> }
  >()
  for (const [, content] of functions) {
    const [object, nodes] = (typeof content === 'string' ? [] : content[0]) ?? []
    if ((object !== 'CUSTOMER' && object !== 'CONTACT') || typeof nodes === 'string' || !nodes) continue
    const key = String(nodes.find(([name]) => name === KEYS[object])?.[1] ?? '')
    const name = `${object} ${key}`
    const record = records.get(name) ?? { object, fields: new Map(), lists: new Map() }
    records.set(name, record)
    for (const node of nodes) collect(node, '', record)
  }
  return [...records.values()].map((record) => ({ ...record, key: record.fields.get(KEYS[record.object]) ?? '' }))
}

function collect(
  [name, content]: XmlNode,
  prefix: string,
  into: { fields: Map<string, string>; lists: Map<string, readonly XmlNode[]> },
): void {
  if (LISTS.has(name)) into.lists.set(name, typeof content === 'string' ? [] : content)
  else if (typeof content === 'string') into.fields.set(`${prefix}${name}`.toUpperCase(), content)
  else for (const node of content) collect(node, `${prefix}${name}.`, into)
}

/** Whether the record has what was written. A field that cannot be read says nothing; one that can has to be there. */
export async function shows(desk: Desk, written: Written, record: AnswerRecord | null): Promise<boolean> {
  if (record === null) return false
  for (const [path, value] of written.fields) {
    const now = record.fields[path]
    if (now !== undefined && !isSame(value, String(now ?? ''))) return false
  }
  for (const [name, entries] of written.lists) {
    const same =
      name === CONTACT_LIST ? showsContacts(entries, record) : await showsTemplates(desk, written.key, entries)
    if (!same) return false
  }
  return true
}

/** Numbers and flags have several spellings. */
function isSame(written: string, read: string): boolean {
  if (written === read) return true
  if (isDecimal(written) && isDecimal(read)) return compare(written, read) === 0
  return /^(true|false)$/.test(written) && read.toLowerCase() === written[0]
}

const textIn = (node: XmlNode | undefined): string => (typeof node?.[1] === 'string' ? node[1] : '')
const partOf = (nodes: readonly XmlNode[], name: string): XmlNode | undefined => nodes.find((node) => node[0] === name)

/** Linked contacts stand in the list by themselves. */
function showsContacts(entries: readonly XmlNode[], record: AnswerRecord): boolean {
  const listed = contactList(record).filter(
    ({ category }) => !CONTACT_ROLES.some((role) => role.category.test(category ?? '')),
  )
  const wanted = entries.map(([, content]) => {
    const parts = typeof content === 'string' ? [] : content
    const contact = partOf(parts, 'CONTACT')?.[1]
    const name = textIn(partOf(typeof contact === 'string' || !contact ? [] : contact, 'NAME'))
    return { name, category: textIn(partOf(parts, 'CATEGORYNAME')) }
  })
  const has = (name: string, category: string) =>
    listed.some((one) => one.name === name && (one.category ?? '') === category)
  return listed.length === wanted.length && wanted.every(({ name, category }) => has(name, category))
}

async function showsTemplates(desk: Desk, customerId: string, entries: readonly XmlNode[]): Promise<boolean> {
  const now = await wholeTemplatesOf(desk, customerId)
  return entries.every(([, content]) => {
    const parts = typeof content === 'string' ? [] : content
    const key = textIn(partOf(parts, 'RECORDNO'))
    const template = textIn(partOf(parts, 'EMAILTEMPLATENAME'))
    const document = textIn(partOf(parts, 'DOCPARID'))
    return now.some(
      ({ nativeId, record }) =>
        (key === '' || nativeId === key) && record.template === template && (record.documentType ?? '') === document,
    )
  })
}
