/** One request from text to text: control, authentication, functions; and the three levels at which it can fail. */
import type { Company } from './company.ts'
import { SchemaError } from './content-model.ts'
import { AuthenticationFailure, ControlFailure, entryOf, errorMessage, FunctionFailure, refuse } from './errors.ts'
import { inFormat } from './formats.ts'
import type { CallContext, FunctionResult } from './functions/context.ts'
import { FUNCTIONS } from './functions/index.ts'
import type { ReadCursors } from './functions/read-by-query.ts'
import { element, leaf, spread } from './markup.ts'
import { isLegacyFunction, validateRequest } from './request-schema.ts'
import type { Session, Sessions } from './session.ts'
import { childOf, parseXml, textOf, type XmlElement, XmlError } from './xml.ts'

export interface Gateway {
  readonly company: Company
  readonly sessions: Sessions
  readonly cursors: ReadCursors
  readonly endpoint: () => string
}

export interface EnvelopeAnswer {
  readonly contentType: string
  readonly body: string
}

const XML_TYPE = 'text/xml; encoding="UTF-8"'
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** What `control` repeats in the answer. */
interface Control {
  readonly senderId: string
  readonly controlId: string
  readonly uniqueId: boolean
  readonly version: string
  readonly whitespace: boolean
  readonly underWay: ReadonlySet<string>
}

/** `underWay`: control ids of functions that an earlier request, still running, has. */
export function answerEnvelope(gateway: Gateway, body: string, underWay: ReadonlySet<string>): EnvelopeAnswer {
  let control: Control = { senderId: '', controlId: '', uniqueId: false, version: '', whitespace: false, underWay }
  try {
    const request = parseXml(body)
    control = { ...controlOf(childOf(request, 'control')), underWay }
    validateRequest(request)
    checkControl(gateway.company, childOf(request, 'control')!, control, request)
    const operations = request.children.slice(1).map((operation) => runOperation(gateway, operation, control))
    const bare = operations.find((operation) => 'bare' in operation)
    if (bare && 'bare' in bare) return bare.bare
    const markup = operations.map((operation) => ('markup' in operation ? operation.markup : ''))
    return response(control, 'success', markup)
  } catch (error) {
    if (error instanceof ControlFailure) return response(control, 'failure', [errorMessage([error.entry])])
    if (!(error instanceof XmlError) && !(error instanceof SchemaError)) throw error
    const number = error instanceof XmlError ? 'Fatal Error 76: ' : ''
    return response(control, 'failure', [errorMessage([entryOf('schema', { value: number + error.message })])])
  }
}

function response(control: Control, status: 'success' | 'failure', content: readonly string[]): EnvelopeAnswer {
  const controlMarkup = element('control', [
    leaf('status', status),
    leaf('senderid', control.senderId),
    leaf('controlid', control.controlId),
    leaf('uniqueid', String(control.uniqueId)),
    leaf('dtdversion', control.version),
  ])
  const markup = element('response', [controlMarkup, ...content])
  return { contentType: XML_TYPE, body: DECLARATION + (control.whitespace ? spread(markup) : markup) }
}

function controlOf(control: XmlElement | undefined): Omit<Control, 'underWay'> {
  const text = (name: string, otherwise: string) => ((control && textOf(control, name)) ?? otherwise).trim()
  return {
    senderId: text('senderid', ''),
    controlId: text('controlid', ''),
    // Both default to true when left out (developer docs, requests).
    uniqueId: text('uniqueid', 'true') !== 'false',
    whitespace: !['false', '0'].includes(text('includewhitespace', 'true')),
    // Which version an absent one stands for is uncertain.
    version: text('dtdversion', '3.0'),
  }
}

function checkControl(company: Company, element: XmlElement, control: Control, request: XmlElement): void {
  const { credentials } = company.options
  // Case-sensitive, both (developer docs); not trimmed.
  if (
    textOf(element, 'senderid') !== credentials.senderId ||
    textOf(element, 'password') !== credentials.senderPassword
  ) {
    throw new ControlFailure(entryOf('unknownSender'))
  }
  const policy = textOf(element, 'policyid')
  if (policy !== undefined) throw new ControlFailure(entryOf('policy', { value: policy }))
  if (!['2.1', '3.0'].includes(control.version)) {
    throw new SchemaError(`Element 'dtdversion': The version '${control.version}' is not known.`)
  }
  const names = callsOf(request.children.slice(1)).map((call) => call.children[0]!.name)
  const tooNew = control.version === '2.1' ? names.find((name) => !isLegacyFunction(name)) : undefined
  if (tooNew) throw new SchemaError(`Error 1871: Element '${tooNew}': This element is not expected in version 2.1.`)
}

function callsOf(operations: readonly XmlElement[]): XmlElement[] {
  return operations.flatMap(({ children }) =>
    children.filter(({ name }) => name === 'content').flatMap((content) => content.children),
  )
}

type OperationAnswer = { readonly markup: string } | { readonly bare: EnvelopeAnswer }

function runOperation(gateway: Gateway, operation: XmlElement, control: Control): OperationAnswer {
  let session: Session
  try {
    session = gateway.sessions.authenticate(childOf(operation, 'authentication')!)
  } catch (error) {
    if (!(error instanceof AuthenticationFailure)) throw error
    const failed = element('authentication', [
      leaf('status', 'failure'),
      leaf('userid', error.user.userId),
      leaf('companyid', error.user.companyId),
    ])
    return { markup: element('operation', [failed, errorMessage([error.entry])]) }
  }
  const calls = callsOf([operation])
  const { company, sessions, cursors } = gateway
  const endpoint = gateway.endpoint()
  const context: CallContext = { company, session, sessions, cursors, endpoint, functionCount: calls.length }
  const outcomes =
    operation.attributes['transaction'] === 'true'
      ? runTogether(calls, context, control)
      : calls.map((call) => runCall(call, context, control))
  const bare = outcomes.find((outcome) => outcome.result?.bare)?.result?.bare
  if (bare) return { bare }
  return { markup: element('operation', [authenticated(session), ...outcomes.map(resultMarkup)]) }
}

/** ISO 8601 with offset, as in recorded answers. */
function authenticated(session: Session): string {
  const instant = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}+00:00`
  return element('authentication', [
    leaf('status', 'success'),
    leaf('userid', session.userId),
    leaf('companyid', session.companyId),
    leaf('locationid', session.locationId),
    leaf('sessiontimestamp', instant(session.startedAt)),
    leaf('sessiontimeout', instant(session.expiresAt)),
  ])
}

interface Outcome {
  readonly name: string
  readonly controlId: string
  readonly status: 'success' | 'failure' | 'aborted'
  readonly result: FunctionResult | null
  readonly failure: FunctionFailure | null
}

class RolledBack extends Error {}

/** Everything or nothing; on a failure every result is aborted, also the offender's (recorded, sdk-js issue 66). */
function runTogether(calls: readonly XmlElement[], context: CallContext, control: Control): Outcome[] {
  const outcomes: Outcome[] = []
  try {
    context.company.transaction(() => {
      for (const call of calls) {
        const outcome = runCall(call, context, control)
        outcomes.push(outcome)
        if (outcome.status !== 'success') throw new RolledBack()
      }
    })
    return outcomes
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
  }
  return calls.map((call, index) => {
    const before = outcomes[index]?.failure
    const failure = new FunctionFailure([...(before?.entries ?? []), entryOf('rolledBack')], before?.data ?? '')
    return { ...nameOf(call), status: 'aborted', result: null, failure }
  })
}

function nameOf(call: XmlElement): { name: string; controlId: string } {
  return { name: call.children[0]!.name, controlId: call.attributes['controlid']! }
}

function runCall(call: XmlElement, context: CallContext, control: Control): Outcome {
  const { name, controlId } = nameOf(call)
  try {
    const { data, ...rest } = runOnce(call, context, control)
    const shown = data === undefined ? {} : { data: inFormat(data, context.company.options.dateFormat) }
    return { name, controlId, status: 'success', result: { ...rest, ...shown }, failure: null }
  } catch (error) {
    if (!(error instanceof FunctionFailure)) throw error
    return { name, controlId, status: 'failure', result: null, failure: error }
  }
}

/**
 * With `uniqueid` a control id that was "previously executed and completed" is refused, not replayed; a failed function may
 * come again. The number of that error is unknown. Of a create that half succeeded the id counts as not completed (our reading).
 */
function runOnce(call: XmlElement, context: CallContext, control: Control): FunctionResult {
  const { name, controlId } = nameOf(call)
  const { company } = context
  if (control.uniqueId && company.executed.get(controlId)) throw refuse('executed', { value: controlId })
  if (control.uniqueId && control.underWay.has(controlId)) throw refuse('running')
  const run = FUNCTIONS[name]
  if (!run) throw refuse('notPerformed', { operation: name, value: name })
  const result = run(call.children[0]!, context)
  if (control.uniqueId) company.executed.put(controlId, true)
  return result
}

function resultMarkup(outcome: Outcome): string {
  const { result, failure } = outcome
  const data = result?.data ?? failure?.data ?? ''
  return element('result', [
    leaf('status', outcome.status),
    leaf('function', outcome.name),
    leaf('controlid', outcome.controlId),
    ...(result?.key === undefined ? [] : [leaf('key', result.key)]),
    ...(data === '' ? [] : [data]),
    ...(failure ? [errorMessage(failure.entries)] : []),
  ])
}
