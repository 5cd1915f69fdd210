/** Which columns a query needs, and which it only shows. */
import type { XmlNode } from '../../wire/xml.ts'
import type { QueryCall } from './client.ts'

/** Only what is shown can be left out; not the key, by which records are told apart. */
export function withoutColumns(call: QueryCall, hidden: ReadonlySet<string>): QueryCall {
  if (hidden.size === 0) return call
  const needed = neededBy(call)
  return { ...call, select: call.select.filter((column) => needed.has(column) || !hidden.has(column.toUpperCase())) }
}

/** The columns of a refusal that this query shows and can do without. */
export function refusedOf(call: QueryCall, refused: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const names = refused.get(call.object.toLowerCase()) ?? refused.get('') ?? new Set()
  const needed = neededBy(call)
  const shown = [...new Set(call.select)].filter((column) => names.has(column.toUpperCase()))
  return shown.some((column) => needed.has(column)) ? [] : shown.map((column) => column.toUpperCase())
}

const neededBy = ({ filter, orderBy = [] }: QueryCall): ReadonlySet<string> =>
  new Set(['RECORDNO', ...orderBy.map(({ field }) => field), ...(filter ? fieldsIn(filter) : [])])

const fieldsIn = ([name, content]: XmlNode): string[] => {
  if (typeof content === 'string') return name === 'field' ? [content] : []
  return content.flatMap(fieldsIn)
}
