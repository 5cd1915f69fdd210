/** Both ERP sandboxes in a process of their own, which outlives every gateway of a chaos run and keeps the truth. */
import { type ChildProcess, spawn } from 'node:child_process'
import type { ErpName } from '../support/erps.ts'

export interface BookedDocument {
  readonly id: string
  readonly kind: string
  readonly number: string
  readonly customerId: string
  readonly total: string
  readonly open: string
  readonly voided: boolean
  readonly details: Readonly<Record<string, unknown>>
}
export interface LedgerView {
  readonly customers: readonly { id: string; active: boolean; currency: string | null }[]
  readonly documents: readonly BookedDocument[]
  readonly settlements: readonly { source: string; creditId: string; invoiceId: string; amount: string }[]
}

export interface SandboxProcess {
  /** As a configuration file has them. */
  readonly connections: Readonly<Record<ErpName, Record<string, unknown>>>
  books(erp: ErpName, customer?: string): Promise<LedgerView>
  /** Answers the invoice's native id. */
  invoice(erp: ErpName, customer: string, total: string): Promise<string>
  faults(erp: ErpName, rules: object | null): Promise<FaultsView>
  stop(): void
}
export interface FaultsView {
  readonly rules: readonly { fault: { kind: string }; met: number }[]
}

export async function startSandboxProcess(main: string, customers: number): Promise<SandboxProcess> {
  const env = { PATH: process.env['PATH'], NETSUITE_PORT: '0', INTACCT_PORT: '0', CUSTOMERS: String(customers) }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const printed = await connectionsOf(child)
  const { netsuite, intacct } = printed
  const origins: Record<ErpName, string> = {
    netsuite: netsuite['baseUrl'] as string,
    intacct: new URL(intacct['endpoint'] as string).origin,
  }
  const control = async <T>(erp: ErpName, method: string, name: string, body?: object): Promise<T> => {
    const answer = await fetch(`${origins[erp]}/__sandbox/${name}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    }).catch(() => null)
    // Nobody listens while the ERP refuses connections; people come again.
    if (!answer) return new Promise((resolve) => setTimeout(() => resolve(control(erp, method, name, body)), 20))
    if (!answer.ok) throw new Error(`${erp} ${name}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return {
    connections: {
      netsuite: {
        ...netsuite,
        concurrency: 4,
        timeZone: 'UTC',
        defaults: { arAccountId: '119', depositAccountId: '10', subsidiaryId: '1', paymentMethods: { check: '2' } },
      },
      intacct: {
        ...intacct,
        concurrency: 4,
        timeZone: 'UTC',
        defaults: { bankAccountId: 'BOA', undepositedAccountNo: '1090', advanceAccountNo: '2100', locationId: '100' },
      },
    },
    books: (erp, customer) => control(erp, 'GET', customer === undefined ? 'books' : `books?customer=${customer}`),
    invoice: async (erp, customer, total) =>
      (await control<{ id: string }>(erp, 'POST', 'documents', { customer, total })).id,
    faults: (erp, rules) => control(erp, rules ? 'POST' : 'GET', 'faults', rules ?? undefined),
    stop: () => void child.kill('SIGTERM'),
  }
}

/** The process prints them as JSON, last. */
function connectionsOf(child: ChildProcess): Promise<Record<ErpName, Record<string, unknown>>> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.once('exit', (code) => reject(new Error(`The sandboxes ended with ${code}.`)))
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const json = text.split('Connections:\n')[1]
      if (json?.endsWith('}\n')) resolve(JSON.parse(json))
    })
  })
}
