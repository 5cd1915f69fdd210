/** `read` by record number, `readByName` by the object's name, and `lookup` of an object's fields. */
import { unprocessable } from '../errors.ts'
import { element, leaf } from '../markup.ts'
import { objectType } from '../objects/index.ts'
import type { Field, Row } from '../objects/object-type.ts'
import { textOf, type XmlElement } from '../xml.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { columnsOf } from './read-by-query.ts'
import { bareRows, nestedMarkup, rowMarkup } from './selection.ts'

/** The SDK allows no more. */
const KEY_LIMIT = 100

/** A missing key is silently left out; only `read` shows owned lines (developer docs). */
export function read(call: XmlElement, context: CallContext): FunctionResult {
  return readWith(call, context, true)
}

export function readByName(call: XmlElement, context: CallContext): FunctionResult {
  return readWith(call, context, false)
}

function readWith(call: XmlElement, context: CallContext, byRecordNumber: boolean): FunctionResult {
  const { company } = context
  const object = objectType(textOf(call, 'object')!)
  const asked = textOf(call, 'fields')
  const columns = columnsOf(company, object, asked)
  // Commas separate, so a name with a comma cannot be read.
  const keys = textOf(call, 'keys')!
    .split(',')
    .map((key) => key.trim())
  if (keys.length > KEY_LIMIT) throw unprocessable(`More than ${KEY_LIMIT} keys.`)
  const find = byRecordNumber ? object.byRecordNumber : object.byName
  const rows = keys.map((key) => find(company, key)).filter((row): row is Row => row !== undefined)
  const format = textOf(call, 'returnFormat') ?? 'xml'
  if (format === 'csv' || format === 'json') return bareRows(format, columns, rows)
  if (format !== 'xml' && format !== '') throw unprocessable(`Invalid return format ${format}.`)
  const wholeRecord = asked === undefined || ['', '*'].includes(asked.trim())
  const markup = company.options.nestedContacts ? nestedMarkup : rowMarkup
  const data = rows.map((row) =>
    markup(object.name, columns, row, byRecordNumber && wholeRecord && object.lines ? object.lines(company, row) : []),
  )
  return { data: element('data', data, { listtype: object.name, count: String(data.length) }) }
}

const DATA_TYPES: Readonly<Record<Field['type'], string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  decimal: 'DECIMAL',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOLEAN',
  enum: 'ENUM',
}

export function lookup(call: XmlElement): FunctionResult {
  const object = objectType(textOf(call, 'object')!)
  const fields = [...object.fields.values()].filter((field) => field.queryable).map(fieldMarkup)
  const relationships = Object.entries(object.relations).map(([name, relation]) =>
    element('Relationship', [
      leaf('OBJECTPATH', name),
      leaf('OBJECTNAME', relation.object),
      leaf('LABEL', relation.label),
      leaf('RELATIONSHIPTYPE', 'MANY2ONE'),
      leaf('RELATEDBY', relation.label),
    ]),
  )
  const type = element('Type', [element('Fields', fields), element('Relationships', relationships)], {
    Name: object.name,
    DocumentType: textOf(call, 'docparid') ?? '',
  })
  return { data: element('data', [type], { listtype: 'All', count: '1' }) }
}

function fieldMarkup(field: Field): string {
  const values = Object.keys(field.values).map((value) => leaf('VALIDVALUE', value))
  return element('Field', [
    leaf('ID', field.name),
    leaf('LABEL', field.label),
    leaf('DESCRIPTION', field.label),
    leaf('REQUIRED', String(field.required)),
    leaf('READONLY', String(field.readOnly)),
    leaf('DATATYPE', DATA_TYPES[field.type]),
    ...(values.length > 0 ? [element('VALIDVALUES', values)] : []),
    leaf('ISCUSTOM', String(field.custom)),
  ])
}
