/** CUSTOMEREMAILTEMPLATE: which e-mail template a customer gets. It is read by itself and written through the customer. */
import type { CustomerEmailTemplate, EmailTemplateRecord } from '../../../schemas/email-template.ts'
import { fieldError, GatewayError } from '../../errors.ts'
import { type Context, isEmpty, text } from '../../mapping/codec.ts'
import { garbledValue } from '../../mapping/garbled.ts'
import { custom, type Mapping, readOnly, toUnified, type VendorRecord } from '../../mapping/mapping.ts'
import { readPart } from '../../mapping/reading.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Condition, Found, FoundSet, ListQuery, RecordPage } from '../provider.ts'
import { contextOf, type Desk, isKey, notFound } from './account.ts'
import { allRecords } from './all-records.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import { listRecords } from './listing.ts'
import { comparison, compileFilter, type Predicate, selectColumns } from './query.ts'
import { hasKey, keyOf, withoutId } from './record-keys.ts'
import { customerOf } from './references.ts'

const OBJECT = 'CUSTOMEREMAILTEMPLATE'
const KEY = 'RECORDNO'
export const TEMPLATE_LIST = 'CUSTOMEREMAILTEMPLATES'

export const emailTemplateMapping: Mapping<EmailTemplateRecord> = {
  customer: custom<NonNullable<EmailTemplateRecord['customer']>>({
    title: 'customer',
    paths: ['CUSTOMERID'],
    column: 'CUSTOMERID',
    access: 'read-only',
    decode: (record, context) => customerOf(record, context),
    encode: () => ({}),
  }),
  template: readOnly('EMAILTEMPLATENAME', text),
  documentType: readOnly('DOCPARID', text),
}
const COLUMNS = [KEY, ...selectColumns(emailTemplateMapping, Object.keys(emailTemplateMapping))]

function found(
  desk: Desk,
  record: AnswerRecord,
  wanted: ReadonlySet<string> | null = null,
): Found<EmailTemplateRecord> {
  return {
    nativeId: keyOf(record),
    ...toUnified(emailTemplateMapping, record.fields, contextOf(desk), wanted),
    raw: rawOf(record.content),
  }
}

export async function listEmailTemplates(desk: Desk, query: ListQuery): Promise<RecordPage<EmailTemplateRecord>> {
  const context = contextOf(desk)
  const filter = compileFilter(query.filter, { mapping: emailTemplateMapping, context, special: byId })
  const source = { object: OBJECT, prefix: '', select: COLUMNS, filter }
  const page = await listRecords(desk.client, { mapping: emailTemplateMapping, context, sources: [source] }, query)
  return {
    ...page,
    items: page.items.map(({ record, position }) => ({ ...found(desk, record, query.fields), position })),
  }
}

const byId = (condition: Condition): Predicate | undefined =>
  condition.field === 'id' ? comparison(condition, KEY, (value) => value) : undefined

export async function getEmailTemplate(desk: Desk, id: string): Promise<Found<EmailTemplateRecord>> {
  const record = isKey(id) ? (await desk.client.read(OBJECT, [id]))[0] : undefined
  if (!record) throw notFound('e-mail template', id)
  return found(desk, record)
}

/** All that a customer has chosen. */
export async function templatesOf(desk: Desk, customerId: string): Promise<FoundSet<EmailTemplateRecord>> {
  const records = await allRecords(desk.client, {
    object: OBJECT,
    select: COLUMNS,
    filter: [
      'equalto',
      [
        ['field', 'CUSTOMERID'],
        ['value', customerId],
      ],
    ],
  })
  const keyed = records.filter(hasKey)
  const warnings = withoutId(OBJECT, records.length - keyed.length)
  return { items: keyed.map((record) => found(desk, record)), ...(warnings.length > 0 && { warnings }) }
}

/** The same where something is told from it: nothing of them may be missing. */
export async function wholeTemplatesOf(desk: Desk, customerId: string): Promise<readonly Found<EmailTemplateRecord>[]> {
  const { items, warnings = [] } = await templatesOf(desk, customerId)
  const [unread] = [...warnings, ...items.flatMap((item) => item.warnings ?? [])]
  if (unread) throw new GatewayError('provider_garbled', unread.detail, { applied: 'no' })
  return items
}

/** The lines of `CUSTOMEREMAILTEMPLATES` as a customer shows them; one without its name is left out with a warning. */
export const templatesOfLines = (lines: readonly VendorRecord[], context: Context): CustomerEmailTemplate[] =>
  lines.flatMap((line, index) => readPart(context, `/${index}`, TEMPLATE_LIST, () => templateOfLine(line)) ?? [])

const templateOfLine = (line: VendorRecord): CustomerEmailTemplate => ({
  id: recordNumber(line[KEY]),
  template: present(line['EMAILTEMPLATENAME']),
  documentType: isEmpty(line['DOCPARID']) ? null : present(line['DOCPARID']),
})
const recordNumber = (value: unknown): string =>
  typeof value === 'string' && isKey(value) ? value : garbledValue('a record number', value)
const present = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : garbledValue('text', value)

/**
 * What a write of the customer says: selections with RECORDNO change, others are added. How one is taken away is not
 * documented, so leaving one out is refused. Null when nothing changes.
 */
export function templateNode(
  wanted: readonly CustomerEmailTemplate[],
  current: readonly Found<EmailTemplateRecord>[],
  pointer: string,
): XmlNode | null {
  const kept = new Set(wanted.map(({ id }) => id ?? null))
  const left = current.find(({ nativeId }) => !kept.has(nativeId))
  if (left) {
    const detail = `${left.record.template} is left out: how Sage Intacct takes a template away from a customer is not documented.`
    throw fieldError('field_not_supported', pointer, detail)
  }
  const nodes = wanted.flatMap((one, index) => {
    const before = current.find(({ nativeId }) => nativeId === one.id)
    if (one.id != null && !before)
      throw fieldError('invalid_reference', `${pointer}/${index}/id`, 'The customer has no such e-mail template.')
    if (one.id != null && wanted.findIndex(({ id }) => id === one.id) < index)
      throw fieldError('invalid_request', `${pointer}/${index}/id`, 'It stands there twice.', 'duplicate')
    return templateChange(one, before)
  })
  return nodes.length === 0 ? null : [TEMPLATE_LIST, nodes]
}

function templateChange(one: CustomerEmailTemplate, before: Found<EmailTemplateRecord> | undefined): XmlNode[] {
  const { template = null, documentType = null } = before?.record ?? {}
  const type = one.documentType ?? null
  if (before && one.template === template && type === documentType) return []
  const key: XmlNode[] = before ? [[KEY, before.nativeId]] : []
  const document: XmlNode[] = type !== null ? [['DOCPARID', type]] : documentType !== null ? [['DOCPARID', '']] : []
  return [['customeremailtemplate', [...key, ['EMAILTEMPLATENAME', one.template], ...document]]]
}
