/** The client that this is not for: it sends a payment without any key, and up to three times more when it fails. */
import { send, type World } from './client.ts'
import { type Life, money } from './plan.ts'
import type { SandboxProcess } from './sandbox-process.ts'

const TRIES = 4

export async function payCarelessly(world: World, sandbox: SandboxProcess, life: Life, name: string): Promise<void> {
  const invoice = await sandbox.invoice(life.erp, life.customer, money(life.invoice))
  const body = NATIVE[life.erp](life, name, invoice)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const answer = await send(world, 'POST', { path: `/v1/connections/${life.erp}/passthrough`, body })
    const native = answer?.status === 200 ? answer.body : null
    if (native && (native.status === 204 || native.body?.status === 'success')) return
  }
}

const NATIVE: Readonly<Record<Life['erp'], (life: Life, name: string, invoice: string) => object>> = {
  netsuite: ({ customer, amount }, name) => ({
    method: 'POST',
    path: '/services/rest/record/v1/customerPayment',
    body: {
      customer: { id: customer },
      tranDate: '2026-04-10',
      payment: Number(money(amount)),
      memo: name,
      subsidiary: { id: '1' },
      arAcct: { id: '119' },
      account: { id: '10' },
    },
  }),
  intacct: ({ customer, amount }, name, invoice) => ({
    function: 'create',
    body: {
      ARPYMT: {
        FINANCIALENTITY: 'BOA',
        PAYMENTMETHOD: 'Printed Check',
        CUSTOMERID: customer,
        RECEIPTDATE: '04/10/2026',
        CURRENCY: 'USD',
        DESCRIPTION: name,
        ARPYMTDETAILS: { ARPYMTDETAIL: { RECORDKEY: invoice, TRX_PAYMENTAMOUNT: money(amount) } },
      },
    },
  }),
}
