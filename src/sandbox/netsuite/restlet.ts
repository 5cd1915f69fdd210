/**
 * One RESTlet, as an account may have one for what REST cannot do: it voids a customer payment. It stands for a script of the
 * account's own, so its words are not NetSuite's; its address, its login and the form of its errors are.
 */
import { BookError } from '../books.ts'
import { jsonAnswer, type SandboxAnswer, type SandboxRequest } from '../server.ts'
import type { NetSuiteState } from './state.ts'

export const RESTLET_PATH = '/app/site/hosting/restlet.nl'
const SCRIPT = { script: '5', deploy: '1' }

/** Errors of RESTlets are an object `error` with code and message. */
const refusal = (status: number, code: string, message: string): SandboxAnswer =>
  jsonAnswer(status, { error: { code, message } })

export function restletAnswer(state: NetSuiteState, request: SandboxRequest): SandboxAnswer {
  const { script, deploy } = Object.fromEntries(request.query)
  if (script !== SCRIPT.script || deploy !== SCRIPT.deploy)
    return refusal(404, 'SSS_INVALID_SCRIPTLET_ID', 'That Suitelet is invalid, disabled, or no longer exists.')
  if (request.method !== 'POST') return refusal(405, 'SSS_INVALID_METHOD', `The script has no ${request.method}.`)
  const body = bodyOf(request)
  if (body?.['action'] !== 'void' || typeof body['id'] !== 'string')
    return refusal(400, 'SSS_MISSING_REQD_ARGUMENT', 'void: Missing a required argument: id')
  const payment = state.books.getDocument(body['id'])
  if (payment?.kind !== 'payment') return refusal(400, 'RCRD_DSNT_EXIST', 'That record does not exist.')
  if (payment.details['locked'] === true)
    return refusal(400, 'USER_ERROR', 'This transaction cannot be voided because it has been deposited.')
  try {
    // A direct void: the payment itself, on its own date, without a reversing journal.
    state.books.transaction(() => state.books.voidDocument(payment.id))
  } catch (error) {
    if (error instanceof BookError) return refusal(400, 'USER_ERROR', error.message)
    throw error
  }
  return jsonAnswer(200, { voided: payment.id })
}

function bodyOf(request: SandboxRequest): Record<string, unknown> | null {
  try {
    return JSON.parse(request.body)
  } catch {
    return null
  }
}
