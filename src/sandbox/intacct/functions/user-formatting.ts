/** readUserFormatting: how a user has dates and times written (developer docs, users). */
import { unprocessable } from '../errors.ts'
import { element, leaf } from '../markup.ts'
import { textOf, type XmlElement } from '../xml.ts'
import type { CallContext, FunctionResult } from './context.ts'

/** The sandbox has one user; what Intacct says of another one is uncertain. */
const RECORD_NUMBER = '48'

export function readUserFormatting(call: XmlElement, context: CallContext): FunctionResult {
  const { credentials, dateFormat } = context.company.options
  const isUser = textOf(call, 'key') === RECORD_NUMBER || textOf(call, 'userId') === credentials.userId
  if (!isUser) throw unprocessable('The user was not found.')
  const formatting = [
    leaf('recordno', RECORD_NUMBER),
    leaf('locale', 'en_US'),
    leaf('dateformat', dateFormat),
    leaf('gmtoffset', '+00:00'),
    leaf('clock', '24'),
  ]
  return { data: element('data', [element('userformatting', formatting)]) }
}
