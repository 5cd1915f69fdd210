/** Turns the ids and numbers that the caller wrote into open items of one customer. */
import type { ApplicationWrite, CreditUseWrite } from '../../schemas/allocation.ts'
import { fieldError, GatewayError } from '../errors.ts'
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
    const own = this.#items.filter((item) => isReceivable(item) && item.number === number)
    const found = own.length > 0 ? own : (await this.#owedByFamily()).filter((item) => item.number === number)
    if (found.length === 1) return found[0] as NativeOpenItem
    const detail =
      found.length === 0
        ? 'The customer has no open invoice with this number.'
        : 'Several open invoices of the customer have this number.'
    throw fieldError('invalid_reference', pointer, detail)
  }

  /** What sub-customers owe, where the ERP lets their parent pay it; looked at for what is not the customer's own. */
  async #owedByFamily(): Promise<readonly NativeOpenItem[]> {
    this.#family ??= this.#connection.listFamilyItems?.(this.#customerId) ?? Promise.resolve([])
    return (await this.#family).filter(isReceivable)
  }

  /** Not among the open items: paid, another customer's, or not there at all. The caller is told which. */
  async #whyNotOpen(key: string, pointer: string): Promise<GatewayError> {
    try {
      const { record } = await this.#connection.getInvoice(key)
      if (record.customer?.id === this.#customerId) {
        const detail = `Invoice ${record.number ?? key} has ${record.openAmount ?? '0.00'} ${record.currency ?? ''} open.`
        return fieldError(
          'allocation_exceeds_open_amount',
          pointer.replace('/invoiceId', '/amount'),
          detail,
          'too_large',
        )
      }
      return fieldError('invalid_reference', pointer, 'It is not an invoice of this customer.')
    } catch (error) {
      if (error instanceof GatewayError && error.status < 500)
        return fieldError('invalid_reference', pointer, 'There is no such invoice.')
      throw error
    }
  }
}
