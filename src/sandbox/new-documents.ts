/** The control endpoint by which people at the ERP are played: an invoice or a credit memo straight into the books. */
import { BookError, type Books } from './books.ts'
import { jsonAnswer, type SandboxAnswer, type SandboxRequest } from './server.ts'

export interface NewDocumentValues {
  readonly id: string
  /** The vendor's own fields. */
  readonly details: Readonly<Record<string, unknown>>
}

const KEYS = ['kind', 'customer', 'total', 'currency', 'date', 'dueDate']
const PREFIX: Readonly<Record<string, string>> = { invoice: 'INV', 'credit-memo': 'CM' }

/** `POST documents {kind: 'invoice' | 'credit-memo', customer, total, currency?, date?, dueDate?}` answers `{id, number}`. */
export function newDocumentAnswer(
  books: Books,
  { method, body }: SandboxRequest,
  valuesFor: (total: string) => NewDocumentValues,
): SandboxAnswer {
  if (method !== 'POST') return jsonAnswer(405, { message: 'POST only.' })
  const values = textsOf(body)
  if (!values) return jsonAnswer(400, { message: `The body must be JSON with texts under ${KEYS.join(', ')}.` })
  const { kind = 'invoice', customer = '', total = '', currency = 'USD', date = '2026-04-01', dueDate } = values
  const prefix = PREFIX[kind]
  if (!prefix) return jsonAnswer(400, { message: 'kind must be invoice or credit-memo.' })
  if (!/^\d+(\.\d+)?$/.test(total)) return jsonAnswer(400, { message: 'total must be a decimal number as text.' })
  if (!books.getCustomer(customer)) return jsonAnswer(404, { message: `There is no customer ${customer}.` })
  const due = dueDate ?? '2026-05-01'
  try {
    const { id, details } = valuesFor(total)
    const number = `${prefix}-${id}`
    const dates = { date, dueDate: kind === 'invoice' ? due : null }
    books.post({ id, number, kind: kind as 'invoice', customerId: customer, currency, total, ...dates, details })
    return jsonAnswer(201, { id, number })
  } catch (error) {
    if (!(error instanceof BookError)) throw error
    return jsonAnswer(422, { message: error.message })
  }
}

function textsOf(body: string): Partial<Record<string, string>> | null {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null) return null
    const fits = Object.entries(value).every(([key, text]) => KEYS.includes(key) && typeof text === 'string')
    return fits ? (value as Record<string, string>) : null
  } catch {
    return null
  }
}
