/** The steps that writes to NetSuite are made of: plain JSON that any process can send, or look for, days later. */
import { parseExactJson, stringifyJson } from '../../wire/json.ts'
import type { WriteStep } from '../provider.ts'
import type { Line } from './addresses.ts'
import { linesBody, type PlannedLine } from './payment-lines.ts'
import type { RecordType } from './record-types.ts'

type Body = Readonly<Record<string, unknown>>

/** A new record, by itself or by the transform of another; its external id is the fence. */
export interface CreateStep extends WriteStep {
  readonly kind: 'create'
  readonly type: RecordType
  readonly source: { readonly type: RecordType; readonly id: string } | null
  /** Wire JSON as text, so that amounts keep their digits; the fence takes the place of its `externalId`. */
  readonly body: string
  /** The caller's, which no record had when this was planned; null: the gateway's own. */
  readonly externalId: string | null
  /** What a record with the caller's external id must have to be this write's; in wire JSON, as text. */
  readonly identity: string
}

/** A PATCH of absolute values, with what it finds and what it leaves. */
export interface ChangeStep extends WriteStep {
  /** `addresses`: it may add lines, which have no key yet. */
  readonly kind: 'change' | 'addresses'
  readonly type: RecordType
  readonly id: string
  readonly query: string
  /** Wire JSON as text. */
  readonly body: string
  /** The header fields of the body, as they read before. */
  readonly before: Body
  readonly lines: { readonly before: readonly PlannedLine[]; readonly wanted: readonly PlannedLine[] } | null
  readonly addresses: { readonly before: readonly Line[]; readonly wanted: readonly Line[] } | null
  /** What a refusal leaves half done: told as applied, with this record. */
  readonly continues?: string
}

export interface RemoveStep extends WriteStep {
  readonly kind: 'remove'
  readonly type: RecordType
  readonly id: string
  /** It was read when this was planned: where it is gone, it was removed. */
  readonly seen: boolean
  /** What it means that NetSuite says it is used by other records; null: what NetSuite says. */
  readonly inUse: string | null
  readonly continues?: string
}

/** Reads a payment that was written, and patches once what NetSuite did not honour. */
export interface SettleStep extends WriteStep {
  readonly kind: 'settle'
  /** Null: the record that the step before made. */
  readonly id: string | null
  readonly before: readonly PlannedLine[]
  readonly wanted: readonly PlannedLine[]
  readonly currency: string
}

/** The account's own script that voids. */
export interface ScriptStep extends WriteStep {
  readonly kind: 'script'
  readonly id: string
  readonly how: { readonly date?: string; readonly memo?: string }
}

export type Step = CreateStep | ChangeStep | RemoveStep | SettleStep | ScriptStep

const json = (value: unknown): string => stringifyJson(value)
/** The body as it is sent: numbers with their own digits. */
export const bodyOf = (step: { readonly body: string }): Record<string, unknown> =>
  parseExactJson(step.body) as Record<string, unknown>

export const createStep = (
  type: RecordType,
  body: Body,
  more: { source?: CreateStep['source']; externalId?: string | null; identity?: Body; otherwise?: WriteStep } = {},
): CreateStep => ({
  kind: 'create',
  type,
  source: more.source ?? null,
  body: json({ ...(!('externalId' in body) && { externalId: null }), ...body }),
  externalId: more.externalId ?? null,
  identity: json(more.identity ?? {}),
  ...(more.otherwise && { otherwise: more.otherwise }),
})

/** Lists and switches: compared by themselves, or not kept as they were sent. */
const NOT_COMPARED = new Set(['apply', 'credit', 'deposit', 'addressBook', 'autoApply', 'autoName'])
export const headerOf = (body: Body): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([name]) => !NOT_COMPARED.has(name)))

const EMPTY: Pick<ChangeStep, 'query' | 'lines' | 'addresses'> = { query: '', lines: null, addresses: null }

export const changeStep = (
  type: RecordType,
  id: string,
  body: Body,
  raw: Body,
  more: Partial<Pick<ChangeStep, 'kind' | 'query' | 'lines' | 'addresses' | 'continues'>> = {},
): ChangeStep => ({
  kind: 'change',
  type,
  id,
  ...EMPTY,
  body: json(body),
  before: Object.fromEntries(Object.keys(headerOf(body)).map((name) => [name, raw[name] ?? null])),
  ...more,
})

/** Only lines change: from all of `before` to all of `wanted`; `sent` are those that differ, with zero for what is to go. */
export const linesStep = (
  type: RecordType,
  id: string,
  lines: NonNullable<ChangeStep['lines']>,
  sent: { readonly changed: readonly PlannedLine[]; readonly dropped: readonly PlannedLine[] },
  more: Pick<ChangeStep, 'continues'> = {},
): ChangeStep => {
  // Deposit applications have no such switch.
  const manual = type === 'depositApplication' ? {} : { autoApply: false }
  return changeStep(type, id, { ...manual, ...linesBody(sent.changed, sent.dropped) }, {}, { lines, ...more })
}

export const removeStep = (
  type: RecordType,
  id: string,
  more: Partial<Pick<RemoveStep, 'seen' | 'inUse' | 'continues'>> = {},
): RemoveStep => ({ kind: 'remove', type, id, seen: false, inUse: null, ...more })

export const settleStep = (
  id: string | null,
  before: readonly PlannedLine[],
  wanted: readonly PlannedLine[],
  currency: string,
): SettleStep => ({ kind: 'settle', id, before, wanted, currency })
