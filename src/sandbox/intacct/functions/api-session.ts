/** getAPISession: a session id and the URL to go on with. */
import { refuse } from '../errors.ts'
import { element, leaf } from '../markup.ts'
import { textOf, type XmlElement } from '../xml.ts'
import type { CallContext, FunctionResult } from './context.ts'

/** Must be the only function of its request (developer docs, API sessions); the errno as words is recorded. */
export function getApiSession(call: XmlElement, context: CallContext): FunctionResult {
  if (context.functionCount > 1) throw refuse('noSession')
  // Absent: the entity stays as it is; empty: back to the top level.
  const locationId = textOf(call, 'locationid') ?? context.session.locationId
  if (!context.sessions.knowsEntity(locationId)) throw refuse('noSession')
  const session = context.sessions.open(context.session, locationId)
  const api = [
    leaf('sessionid', session.id),
    leaf('endpoint', context.endpoint),
    leaf('locationid', session.locationId),
  ]
  return { data: element('data', [element('api', api)]) }
}
