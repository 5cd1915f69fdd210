/** Turns the ids and numbers that the caller wrote into open items of one customer. */
import type { ApplicationWrite, CreditUseWrite } from '../../schemas/allocation.ts'
import type { InvoiceRecord } from '../../schemas/invoice.ts'
import { fieldError, GatewayError } from '../errors.ts'
import { isPositive, moneyText } from '../mapping/money.ts'
import type { Connection, NativeOpenItem } from '../providers/provider.ts'
import { isReceivable, type WantedApplication, type WantedCredit } from './allocation.ts'
import { keyOnConnection, openItemKey } from './open-items.ts'

export type Applications = readonly ApplicationWrite[]
export type Credits = readonly CreditUseWrite[]

/** Refuses what stands twice. */
export function once(seen: Set<string>, key: string, pointer: string, detail: string): void {
  if (seen.has(key)) throw fieldError('invalid_request', pointer, detail, 'duplicate')
  seen.add(key)
}

/** Turns the caller's ids and numbers into open items of the customer. */
export class ItemResolver {
  readonly #name: string
  readonly #connection: Connection
  readonly #customerId: string
  readonly #byKey: ReadonlyMap<string, NativeOpenItem>
  readonly #items: readonly NativeOpenItem[]
  #family: Promise<readonly NativeOpenItem[]> | null = null

  constructor(name: string, connection: Connection, customerId: string, items: readonly NativeOpenItem[]) {
    this.#name = name
    this.#connection = connection
    this.#customerId = customerId
    this.#items = items
    this.#byKey = new Map(items.map((item) => [openItemKey(item), item]))
  }

  async applications(wanted: Applications): Promise<WantedApplication[]> {
    const resolved: WantedApplication[] = []
    const seen = new Set<string>()
    for (const [index, application] of wanted.entries()) {
      const at = `/applications/${index}`
      const invoice = application.invoiceId
        ? await this.#byId(application.invoiceId, `${at}/invoiceId`)
        : await this.#byNumber(application.invoiceNumber as string, `${at}/invoiceNumber`)
      once(
        seen,
        `${openItemKey(invoice)} ${application.lineId ?? ''}`,
        at,
        'The same invoice and line stands here twice.',
      )
      resolved.push({
        invoice,
        amount: application.amount,
        discount: application.discount ?? null,
        discountDate: application.discountDate ?? null,
        lineId: application.lineId ?? null,
        index,
      })
    }
    return resolved
  }

  async credits(wanted: Credits): Promise<WantedCredit[]> {
    const resolved: WantedCredit[] = []
    for (const [index, use] of wanted.entries()) {
      const pointer = `/credits/${index}/creditId`
      const credit = this.#byKey.get(keyOnConnection(use.creditId, 'credit', this.#name, pointer))
      if (!credit || isReceivable(credit))
        throw fieldError('invalid_reference', pointer, 'It is not an open credit of this customer.')
      const invoice = use.invoiceId ? await this.#byId(use.invoiceId, `/credits/${index}/invoiceId`) : null
      resolved.push({ credit, amount: use.amount, invoice, index })
    }
    return resolved
  }

  async #byId(id: string, pointer: string): Promise<NativeOpenItem> {
    const key = keyOnConnection(id, 'invoice', this.#name, pointer)
    const item = this.#byKey.get(key)
    if (item && isReceivable(item)) return item
    const owed = (await this.#owedByFamily()).find((one) => openItemKey(one) === key)
    if (owed) return owed
    throw await this.#whyNotOpen(key, pointer)
  }

  async #byNumber(number: string, pointer: string): Promise<NativeOpenItem> {
    const own = called(number, this.#items.filter(isReceivable))
    const found = own.length > 0 ? own : called(number, await this.#owedByFamily())
    if (found.length === 1) return found[0] as NativeOpenItem
    if (found.length === 0) throw await this.#whyNoneOpen(number, pointer)
    throw fieldError('invalid_reference', pointer, 'Several open invoices of the customer have this number.')
  }

  /** What sub-customers owe, where the ERP lets their parent pay it; looked at for what is not the customer's own. */
  async #owedByFamily(): Promise<readonly NativeOpenItem[]> {
    this.#family ??= this.#connection.listFamilyItems?.(this.#customerId) ?? Promise.resolve([])
    return (await this.#family).filter(isReceivable)
  }

  /** Not among the open items: paid, another customer's, or not there at all. The caller is told which. */
  async #whyNotOpen(key: string, pointer: string): Promise<GatewayError> {
    try {
      return this.#whyNotOf((await this.#connection.getInvoice(key)).record, key, pointer)
    } catch (error) {
      if (error instanceof GatewayError && error.code === 'not_found')
        return fieldError('invalid_reference', pointer, 'There is no such invoice.')
      throw error
    }
  }

  /** The same for a number, which other customers may have too. */
  async #whyNoneOpen(number: string, pointer: string): Promise<GatewayError> {
    const records = await this.#invoicesCalled(number)
    if (records === null)
      return fieldError('invalid_reference', pointer, 'The customer has no open invoice with this number.')
    const one = records.find(({ customer }) => customer?.id === this.#customerId) ?? records[0]
    return one
      ? this.#whyNotOf(one, number, pointer)
      : fieldError('invalid_reference', pointer, 'There is no invoice with this number.')
  }

  /** Null where the ERP, or the gateway's role in it, cannot search for a number: the caller then hears less. */
  async #invoicesCalled(number: string): Promise<readonly InvoiceRecord[] | null> {
    const filter = { field: 'number', operator: 'equals', values: [number] } as const
    const more = { sort: [], after: null, limit: MOST_CALLED, fields: NEEDED, include: new Set<string>() }
    try {
      const { items } = await this.#connection.listInvoices({ filter, ...more })
      return items.map(({ record }) => record)
    } catch (error) {
      if (error instanceof GatewayError && UNSEARCHABLE.has(error.code)) return null
      throw error
    }
  }

  #whyNotOf(record: InvoiceRecord, name: string, pointer: string): GatewayError {
    const invoice = `Invoice ${record.number ?? name}`
    if (record.customer?.id !== this.#customerId)
      return fieldError('invalid_reference', pointer, `${invoice} is another customer's.`)
    const open = record.openAmount ?? '0'
    if (isPositive(open))
      return fieldError('invalid_reference', pointer, `${invoice} cannot be paid: its status is ${record.status}.`)
    const detail = `${invoice} has ${moneyText(open, record.currency ?? null)} ${record.currency ?? ''} open.`
    const amount = pointer.replace(/\/invoice(Id|Number)$/, '/amount')
    return fieldError('allocation_exceeds_open_amount', amount, detail, 'too_large')
  }
}

/** What is asked of an invoice that cannot be paid. */
const NEEDED: ReadonlySet<string> = new Set(['number', 'customer', 'status', 'openAmount', 'currency'])
const MOST_CALLED = 200
const UNSEARCHABLE: ReadonlySet<string> = new Set([
  'filter_not_supported',
  'field_not_supported',
  'provider_permission',
])

/** As lists find numbers, letter case does not matter; where several differ by it alone, the exact one is meant. */
function called(number: string, items: readonly NativeOpenItem[]): readonly NativeOpenItem[] {
  const exact = items.filter((item) => item.number === number)
  const folded = number.toLowerCase()
  return exact.length > 0 ? exact : items.filter((item) => item.number?.toLowerCase() === folded)
}
