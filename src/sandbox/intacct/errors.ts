/** How the XML gateway says no: three levels, each with the error elements that the vendor's answers show. */
import { element, leaf } from './markup.ts'
import { REFUSALS, type Refusal, type RefusalName } from './refusals.ts'

/** One `<error>`. `number` is not always a code: some functions put words there. */
export interface ErrorEntry {
  readonly number: string
  readonly description?: string
  readonly text: string
  readonly correction?: string
}

/** The request is not understood or its sender unknown: `control` fails, nothing is run. */
export class ControlFailure extends Error {
  readonly entry: ErrorEntry
  constructor(entry: ErrorEntry) {
    super(entry.text)
    this.entry = entry
  }
}

/** The login or the session is no good: `authentication` fails, nothing is run. */
export class AuthenticationFailure extends Error {
  readonly entry: ErrorEntry
  /** The vendor leaves user and company empty when a session is unknown. */
  readonly user: { readonly userId: string; readonly companyId: string }
  constructor(entry: ErrorEntry, user: { userId: string; companyId: string } = { userId: '', companyId: '' }) {
    super(entry.text)
    this.entry = entry
    this.user = user
  }
}

/** One function fails; `data` is what it made before (partial success of a create of several objects). */
export class FunctionFailure extends Error {
  readonly entries: readonly ErrorEntry[]
  readonly data: string
  constructor(entries: readonly ErrorEntry[], data = '', detail?: string) {
    super(detail ?? entries[0]?.text ?? 'failed')
    this.entries = entries
    this.data = data
  }
}

let supportCount = 0

/** Business errors end in a support id, URL-encoded, different each time. */
function withSupportId(entry: ErrorEntry): string {
  if (!/^(BL|DL|PL)\d/.test(entry.number)) return entry.text
  supportCount += 1
  return `${entry.text} [Support ID: Sbx${supportCount.toString(36).padStart(5, '0')}%7EZEcj0]`
}

export function errorMessage(entries: readonly ErrorEntry[], form: 'full' | 'gateway' = 'full'): string {
  const errors = entries.map((entry) =>
    form === 'gateway'
      ? element('error', [leaf('errorno', entry.number), leaf('description', entry.text)])
      : element('error', [
          leaf('errorno', entry.number),
          leaf('description', entry.description ?? ''),
          leaf('description2', withSupportId(entry)),
          leaf('correction', entry.correction ?? ''),
        ]),
  )
  return element('errormessage', errors)
}

type Slots = Readonly<Record<string, string | undefined>>

/** A refusal with its slots filled. */
export function entryOf(name: RefusalName, slots: Slots = {}): ErrorEntry {
  const { level: _, ...entry }: Refusal = REFUSALS[name]
  const filled = (text: string) => text.replace(/\{([a-z]+)\}/g, (_whole, slot: string) => slots[slot] ?? '')
  return { ...entry, number: filled(entry.number), text: filled(entry.text) }
}

export const refuse = (name: RefusalName, slots?: Slots): FunctionFailure => new FunctionFailure([entryOf(name, slots)])

/** An element, field or value form that the object does not know. Intacct does not say which; `detail` is for who debugs. */
export const unprocessable = (detail: string): FunctionFailure =>
  new FunctionFailure([entryOf('unprocessable')], '', detail)

export const unknownObject = (name: string): FunctionFailure => refuse('unknownObject', { value: name })
