/** Looking for what a write of payments did: by its mark in the receipts it made, and by the state of those it changed. */
import { compare } from '../../mapping/money.ts'
import type { XmlNode } from '../../wire/xml.ts'
import type { Probe } from '../provider.ts'
import type { Desk } from './account.ts'
import { type AnswerRecord, rawOf } from './answer.ts'
import { MEMO_COLUMN } from './memo.ts'
import { idOf, KEY } from './payment-history.ts'
import { isNoReceipt, isReversal, statusOf } from './payment-states.ts'
import { compareNode } from './query.ts'
import { keyOf } from './record-keys.ts'
import {
  type ChangeDraftStep,
  type DeleteDraftStep,
  type MakeStep,
  type Prior,
  type ReverseStep,
  stampOf,
} from './step.ts'

const ABSENT: Probe = { outcome: 'absent' }
const done = (nativeId: string): Probe => ({ outcome: 'done', result: { nativeId } })
const unclear = (detail: string): Probe => ({ outcome: 'unclear', detail })

/** All functions are one transaction: what was made proves that what was reversed is reversed. */
export async function probeMade(desk: Desk, step: MakeStep): Promise<Probe> {
  const { object, nativeId } = step
  const keys = await markedKeys(desk, step)
  const made = step.functions.filter(([name]) => name === 'create').length
  if (keys.length === made) return done(nativeId ?? idOf(object, keys[0] as string))
  if (keys.length > 0) return unclear(`${keys.length} records of ${object} have the mark of this write, not ${made}.`)
  return (await stateOf(desk, step.reversed)) === 'before'
    ? ABSENT
    : unclear('What was to be reversed has changed since, and the new record is not there.')
}

async function markedKeys(desk: Desk, { object, customerId, mark }: MakeStep): Promise<string[]> {
  const marked: XmlNode =
    mark.field === MEMO_COLUMN
      ? [
          'like',
          [
            ['field', mark.field],
            ['value', `%${mark.value}`],
          ],
        ]
      : compareNode('equals', mark.field, mark.value)
  const page = await desk.client.query({
    object,
    select: [KEY, 'STATE', 'RECORDTYPE', 'TRX_TOTALENTERED'],
    filter: ['and', [compareNode('equals', 'CUSTOMERID', customerId), marked]],
    pageSize: 100,
  })
  return page.records.filter((record) => isMade(object, record)).map(keyOf)
}

/** The record of a reversal repeats the texts of what it reverses, and so may an overpayment that was split off. */
function isMade(object: string, { fields }: AnswerRecord): boolean {
  const amount = fields['TRX_TOTALENTERED']
  const isNegative = typeof amount === 'string' && amount !== '' && compare(amount, '0') < 0
  return !isNegative && !(object === 'ARPYMT' ? isNoReceipt : isReversal)(fields)
}

export async function probeReversed(desk: Desk, { nativeId, reversed }: ReverseStep): Promise<Probe> {
  const state = await stateOf(desk, reversed)
  if (state === 'reversed') return done(nativeId)
  return state === 'before' ? ABSENT : unclear('What was to be reversed has been changed by somebody else.')
}

/** All as they were, all reversed, or neither. */
async function stateOf(desk: Desk, priors: readonly Prior[]): Promise<'before' | 'reversed' | 'other'> {
  const states = new Set<string>()
  for (const object of ['ARPYMT', 'ARADVANCE'] as const) {
    const own = priors.filter((prior) => prior.object === object)
    if (own.length === 0) continue
    const records = await desk.client.read(
      object,
      own.map(({ key }) => key),
    )
    for (const { key, stamp } of own) {
      const record = records.find(({ fields }) => fields[KEY] === key)
      if (record && statusOf(record.fields) === 'voided') states.add('reversed')
      else states.add(record && stampOf(rawOf(record.content)) === stamp ? 'before' : 'other')
    }
  }
  if (states.size === 0) return 'before'
  const [state] = states
  return states.size === 1 ? (state as 'before' | 'reversed' | 'other') : 'other'
}

export async function probeChangedDraft(desk: Desk, { nativeId, draft, mark }: ChangeDraftStep): Promise<Probe> {
  const record = await draftNow(desk, draft)
  if (!record) return unclear('The draft is not there any more.')
  const text = String(record.fields[mark.field.toUpperCase()] ?? '')
  if (mark.field === MEMO_COLUMN ? text.endsWith(mark.value) : text === mark.value) return done(nativeId)
  return stampOf(rawOf(record.content)) === draft.stamp ? ABSENT : unclear('Somebody else has changed the draft.')
}

export async function probeDeletedDraft(desk: Desk, { nativeId, draft }: DeleteDraftStep): Promise<Probe> {
  const record = await draftNow(desk, draft)
  if (!record) return done(nativeId)
  return stampOf(rawOf(record.content)) === draft.stamp ? ABSENT : unclear('Somebody else has changed the draft.')
}

const draftNow = async (desk: Desk, { object, key }: Prior): Promise<AnswerRecord | undefined> =>
  (await desk.client.read(object, [key]))[0]
