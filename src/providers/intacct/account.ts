/** What the operations of one call share: the connection's state, its mappings, and the way out. */
import type { CustomerRecord } from '../../../schemas/customer.ts'
import type { InvoiceRecord } from '../../../schemas/invoice.ts'
import { GatewayError } from '../../errors.ts'
import { type Context, CURRENCY_CODE } from '../../mapping/codec.ts'
import type { Mapping, VendorRecord } from '../../mapping/mapping.ts'
import type { PaymentFields } from '../provider.ts'
import { type FunctionResult, garbled, recordsOf } from './answer.ts'
import type { Client } from './client.ts'
import type { HiddenColumns } from './hidden-columns.ts'
import type { ReferenceNames } from './references.ts'
import type { Defaults, Settings } from './settings.ts'
import type { UserFormat } from './user-format.ts'

export interface Mappings {
  readonly customer: Mapping<CustomerRecord>
  readonly payment: Mapping<PaymentFields>
  readonly invoice: Mapping<InvoiceRecord>
}

/** Lives as long as the connection. */
export interface State {
  readonly settings: Settings
  readonly mappings: Mappings
  readonly references: ReferenceNames
  /** RECORDNO of customers by CUSTOMERID. */
  readonly recordNumbers: RecordNumbers
  readonly format: UserFormat
  readonly hidden: HiddenColumns
  readonly now: () => Date
}

/** Remembers the newest ones. */
export class RecordNumbers {
  readonly #byId = new Map<string, string>()

  get(id: string): string | undefined {
    return this.#byId.get(id)
  }

  set(id: string, recordNumber: string | null): void {
    if (recordNumber === null) return
    this.#byId.delete(id)
    this.#byId.set(id, recordNumber)
    if (this.#byId.size > 10_000) this.#byId.delete(this.#byId.keys().next().value as string)
  }
}

/** One call's view of the account. */
export interface Desk extends State {
  readonly client: Client
}

export const defaultsOf = (desk: Desk): Defaults => desk.settings.defaults ?? {}

export const zoneOf = (settings: Settings): string => settings.timeZone ?? 'UTC'

/** Amounts are read in the record's own currency. */
export function contextOf({ settings, format }: Pick<Desk, 'settings' | 'format'>, record: VendorRecord = {}): Context {
  const currency = record['CURRENCY']
  return {
    currency: typeof currency === 'string' && CURRENCY_CODE.test(currency) ? currency : null,
    timeZone: zoneOf(settings),
    // The first answer may be what says it.
    get dateFormat() {
      return format.current
    },
  }
}

export const notFound = (what: string, id: string): GatewayError =>
  new GatewayError('not_found', `Sage Intacct has no ${what} ${id}.`)

/** RECORDNO; anything else would be read as several keys or not at all. */
export const isKey = (id: string): boolean => /^\d{1,18}$/.test(id)

/** A key of what a function made, where it says so. */
export function keyMadeBy(result: FunctionResult | undefined, key: string): string | null {
  const made = result === undefined ? [] : recordsOf(result)
  const value = made.length === 1 ? made[0]?.fields[key] : undefined
  return typeof value === 'string' && isMadeKey(key, value) ? value : null
}

/** A record number is a number; a customer's id is whatever the company numbers by. */
const isMadeKey = (key: string, value: string): boolean => (key === 'RECORDNO' ? isKey(value) : value.trim() !== '')

/** The same, where it has to be there; legacy functions answer nothing else. */
export function madeBy(result: FunctionResult | undefined, key: string): string {
  const made = keyMadeBy(result, key) ?? result?.key
  if (typeof made === 'string' && isMadeKey(key, made)) return made
  throw garbled(`the ${key} of the new record`)
}
