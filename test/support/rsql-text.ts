/** A filter as RSQL text: the opposite of what the gateway reads. */
import type { Filter } from '../../src/providers/provider.ts'

const quoted = (value: string, quote: '"' | "'") => quote + value.replace(/[\\"']/g, '\\$&') + quote
const SIGNS: Record<string, string> = {
  equals: '==',
  like: '==',
  notEquals: '!=',
  in: '=in=',
  notIn: '=out=',
  greaterThan: '=gt=',
  greaterOrEqual: '=ge=',
  lessThan: '=lt=',
  lessOrEqual: '=le=',
}

export function written(filter: Filter, quote: '"' | "'", outer?: 'all'): string {
  if ('all' in filter) return filter.all.map((part) => written(part, quote, 'all')).join(';')
  if ('any' in filter) {
    const text = filter.any.map((part) => written(part, quote)).join(',')
    return outer === 'all' ? `(${text})` : text
  }
  const { field, operator, values } = filter
  if (operator === 'isNull' || operator === 'isNotNull') return `${field}=null=${operator === 'isNull'}`
  const list = values.map((value) => quoted(value, quote))
  return `${field}${SIGNS[operator]}${operator === 'in' || operator === 'notIn' ? `(${list.join(',')})` : list[0]}`
}
