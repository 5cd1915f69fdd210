/** One payer per test: a fresh invoice, a clean proxy, and counters of what was sent and what the books hold. */
import { beforeEach } from 'vitest'
import type { Erp, ErpName, Posted } from '../support/erps.ts'
import type { Answer, TestGateway } from '../support/gateway.ts'

export interface Payer {
  readonly erp: () => Erp
  readonly pay: (key: string, more?: object, headers?: Record<string, string>) => Promise<Answer>
  /** How many writes were sent, and how many payments the books hold beside those they began with. */
  readonly happened: () => { writes: number; made: number }
}

export function payer(gateway: () => TestGateway, name: ErpName): Payer {
  const erp = () => gateway().erps[name]
  const customer = () => erp().seed.customer.split('_')[2] as string
  const payments = () => erp().books.documents({ customerId: customer(), kind: 'payment' }).length
  let invoice: Posted
  let before = 0
  beforeEach(() => {
    invoice = erp().invoice(customer(), { total: '10.00' })
    erp().proxy.forget()
    erp().proxy.mend()
    before = payments()
  })
  return {
    erp,
    pay: (key, more = {}, headers = {}) => {
      const applications = [{ invoiceId: invoice.id, amount: '10.00' }]
      const body = { customer: { id: erp().seed.customer }, date: '2026-04-10', amount: '10.00', applications, ...more }
      return gateway().request('POST', '/v1/payments', { key, body, headers })
    },
    happened: () => ({ writes: erp().proxy.exchanges.filter(erp().isWrite).length, made: payments() - before }),
  }
}
