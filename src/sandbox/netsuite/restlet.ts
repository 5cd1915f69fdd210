/**
 * One RESTlet, as an account may have one for what REST cannot do: it voids a customer payment. It stands for a script of the
 * account's own, so its words are not NetSuite's; its address, its login and the form of its errors are.
 */
import { BookError } from '../books.ts'
import { jsonAnswer, type SandboxAnswer, type SandboxRequest } from '../server.ts'
import { fromBookError } from './errors.ts'
import type { NetSuiteState } from './state.ts'
import { CODED, REFUSALS } from './words.ts'

export const RESTLET_PATH = '/app/site/hosting/restlet.nl'
const SCRIPT = { script: '5', deploy: '1' }

/** Errors of RESTlets are an object `error` with code and message. */
const refusal = (status: number, code: string, message: string): SandboxAnswer =>
  jsonAnswer(status, { error: { code, message } })

export function restletAnswer(state: NetSuiteState, request: SandboxRequest): SandboxAnswer {
  const { script, deploy } = Object.fromEntries(request.query)
  if (script !== SCRIPT.script || deploy !== SCRIPT.deploy)
    return refusal(404, 'SSS_INVALID_SCRIPTLET_ID', CODED.SSS_INVALID_SCRIPTLET_ID)
  if (request.method !== 'POST') return refusal(405, 'SSS_INVALID_METHOD', `The script has no ${request.method}.`)
  const body = bodyOf(request)
  if (body?.['action'] !== 'void' || typeof body['id'] !== 'string')
    return refusal(400, 'SSS_MISSING_REQD_ARGUMENT', CODED.SSS_MISSING_REQD_ARGUMENT)
  const payment = state.books.getDocument(body['id'])
  if (payment?.kind !== 'payment') return refusal(400, 'RCRD_DSNT_EXIST', CODED.RCRD_DSNT_EXIST)
  if (payment.details['locked'] === true) return refusal(400, 'USER_ERROR', REFUSALS.linkedVoid)
  try {
    // A direct void: the payment itself, on its own date, without a reversing journal.
    state.books.transaction(() => state.books.voidDocument(payment.id))
  } catch (error) {
    if (error instanceof BookError) return refusal(400, 'USER_ERROR', wordsOf(error))
    throw error
  }
  return jsonAnswer(200, { voided: payment.id })
}

const wordsOf = (error: BookError): string =>
  fromBookError(error).detail.detail.replace(/^Error while accessing a resource\. /, '')

function bodyOf(request: SandboxRequest): Record<string, unknown> | null {
  try {
    return JSON.parse(request.body)
  } catch {
    return null
  }
}
