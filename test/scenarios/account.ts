/** A customer's account on one ERP, and what may happen to it: documents by name, payments through the API, as short calls. */
import { expect } from 'vitest'
import type { Erp } from '../support/erps.ts'
import { type Answer, newKey, OPERATOR_KEY, type RequestOptions, type TestGateway } from '../support/gateway.ts'

/** An Intacct company that grants discounts; NetSuite has none over REST. */
export const WITH_DISCOUNTS = 'intacct-discounts'
const DATE = '2026-04-10'
export const toCents = (amount: string): number => Math.round(Number(amount) * 100)
export const text = (value: number): string => (value / 100).toFixed(2)

export class Account {
  readonly #gateway: TestGateway
  readonly connection: string
  readonly erp: Erp
  readonly hasDiscounts: boolean
  readonly customer: { readonly id: string; readonly nativeId: string }
  /** Invoices and credit memos by the names that the steps give them. */
  readonly documents = new Map<string, { readonly nativeId: string; readonly number: string }>()
  /** Payments by name, with the key of the call; an id changes when its payment is replaced. */
  readonly payments = new Map<string, { readonly id: string; readonly key: string; readonly body: object }>()

  constructor(gateway: TestGateway, connection: string, customer: { id: string; nativeId: string }) {
    this.#gateway = gateway
    this.connection = connection
    this.hasDiscounts = connection === WITH_DISCOUNTS
    this.erp = gateway.erps[connection === 'netsuite' ? 'netsuite' : 'intacct']
    this.customer = customer
  }

  call(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#gateway.request(method, path, { as: OPERATOR_KEY, ...options })
  }
  async send(path: string, body: object, status = 200, key = newKey()): Promise<Answer> {
    const answer = await this.call('POST', path, { key, body })
    expect({ path, status: answer.status, detail: answer.body.detail }).toMatchObject({ path, status })
    return answer
  }
  invoice(name: string, total: string, dueDate = '2026-05-01'): void {
    this.documents.set(name, this.erp.invoice(this.customer.nativeId, { total, dueDate }))
  }
  memo(name: string, total: string): void {
    this.documents.set(name, this.erp.creditMemo(this.customer.nativeId, { total }))
  }
  on = (name: string, amount?: string) => ({
    invoiceId: `inv_${this.connection}_${this.documents.get(name)?.nativeId}`,
    ...(amount !== undefined && { amount }),
  })
  creditId = (name: string) => `crd_${this.connection}_memo-${this.documents.get(name)?.nativeId}`
  use = (name: string, amount: string) => ({ creditId: this.creditId(name), amount })
  body = (amount: string, more: object = {}) => ({ customer: { id: this.customer.id }, date: DATE, amount, ...more })

  async pay(name: string, amount: string, applications: readonly object[], credits: readonly object[] = [], more = {}) {
    const body = this.body(amount, { applications, credits, ...more })
    const key = newKey()
    const { body: made } = await this.send('/v1/payments', body, 201, key)
    this.payments.set(name, { id: made.id, key, body })
  }
  idOf = (name: string): string => this.payments.get(name)?.id as string
  async verb(name: string, verb: string, body: object): Promise<void> {
    const { body: after } = await this.send(`/v1/payments/${this.idOf(name)}/${verb}`, body)
    this.payments.set(name, { ...(this.payments.get(name) as { key: string; body: object }), id: after.id })
  }

  /** As a discount where the ERP has them; else it is refused, and people write a credit memo for it. */
  async payWithDiscount(name: string, amount: string, invoice: string, discount: string): Promise<void> {
    const applications = [{ ...this.on(invoice, amount), discount }]
    if (this.hasDiscounts) return this.pay(name, amount, applications)
    const refused = await this.send('/v1/payments', this.body(amount, { applications }), 422)
    expect(refused.body).toMatchObject({ code: 'field_not_supported', applied: 'no' })
    expect(refused.body.errors).toMatchObject([{ pointer: '/applications/0/discount' }])
    this.memo(`discount of ${name}`, discount)
    const whole = text(toCents(amount) + toCents(discount))
    return this.pay(name, amount, [this.on(invoice, whole)], [this.use(`discount of ${name}`, discount)])
  }
  async voidWithDiscount(name: string): Promise<void> {
    await this.verb(name, 'void', {})
    const memo = this.documents.get(`discount of ${name}`)
    if (memo) this.erp.books.remove(memo.nativeId)
  }
}
