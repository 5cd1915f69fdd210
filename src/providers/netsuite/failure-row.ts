/** One row of the closed list of refusals: a whole message, what it means, and where that is written. */
import type { Applied, FailureCode } from '../../errors.ts'
import { type Places, type Template, template } from './failure-template.ts'
import { pathsOfField, pathsOfLabels } from './field-labels.ts'

export interface Row {
  readonly template: Template
  readonly code: FailureCode
  /** `no` only where the message is of the platform's own checks, which come before the record is saved. */
  readonly applied: Applied
  /** With which it counts; with another status the message is not where it belongs. */
  readonly statuses: readonly number[]
  readonly paths: (places: Places) => readonly string[]
  readonly source: string
}

interface Particulars {
  readonly paths?: readonly string[]
  readonly statuses?: readonly number[]
}

/** NetSuite's list of errors, with the words of each (SOAP's; that REST says them as USER_ERROR is seen for some, uncertain for most). */
export const LIST = 'Oracle help section_N3539978'

/**
 * A message whose beginning may be anything is never a "no": something else may have spoken before. The places `field`, `textField`
 * and `labels` name the refused fields.
 */
export function rows(code: FailureCode, source: string, texts: readonly string[], more: Particulars = {}): Row[] {
  return texts.map((text) => ({
    template: template(text),
    code,
    applied: text.startsWith('{') ? 'unknown' : 'no',
    statuses: more.statuses ?? [400],
    paths: (places) => [
      ...pathsOfField(places['field'] ?? places['textField'] ?? ''),
      ...pathsOfLabels(places['labels'] ?? ''),
      ...(more.paths ?? []),
    ],
    source,
  }))
}
