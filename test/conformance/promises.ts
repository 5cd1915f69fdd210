/** How a promise is stated: a sentence, the operations it is about, and a test of it over HTTP; and what may be left out. */
import type { OperationName, Provider } from '../../src/providers/provider.ts'
import type { Erp } from '../support/erps.ts'
import type { Request, TestGateway } from '../support/gateway.ts'

/** Everything a promise may use. The connection's sandbox is fresh when a file starts, and shared by its promises. */
export interface World {
  readonly gateway: TestGateway
  readonly request: Request
  /** The connection's name. */
  readonly connection: string
  readonly erp: Erp
  /** The role may ask for few lists of reference data only. */
  readonly fewLists: boolean
}

export interface Promised {
  readonly sentence: string
  readonly operations: readonly OperationName[]
  readonly test: (world: World) => Promise<void>
}
/** Collects the promises of one area. */
export type State = (
  sentence: string,
  operations: readonly OperationName[],
  test: (world: World) => Promise<void>,
) => void
export type Area = (promise: State) => void

/** A promise, or all promises about an operation, that one connection cannot keep, and why. */
export interface Skip {
  readonly promise?: string
  readonly operation?: OperationName
  readonly reason: string
}

/** What each does to the books; a passthrough call cannot be looked for, and its guide says so. */
const EFFECTS = {
  listCustomers: 'read',
  getCustomer: 'read',
  createCustomer: 'write',
  updateCustomer: 'write',
  deleteCustomer: 'write',
  upsertCustomer: 'write',
  createAddress: 'write',
  deleteAddress: 'write',
  listEmailTemplates: 'read',
  getEmailTemplate: 'read',
  listCustomerEmailTemplates: 'read',
  replaceCustomerEmailTemplates: 'write',
  listOpenItems: 'read',
  listInvoices: 'read',
  getInvoice: 'read',
  listPayments: 'read',
  getPayment: 'read',
  createPayment: 'write',
  updatePayment: 'write',
  deletePayment: 'write',
  voidPayment: 'write',
  applyPayment: 'write',
  unapplyPayment: 'write',
  getCredit: 'read',
  applyCredit: 'write',
  unapplyCredit: 'write',
  listReferenceData: 'read',
  getObjectDefinition: 'read',
  passthrough: 'native',
} as const satisfies Record<OperationName, 'read' | 'write' | 'native'>
export const OPERATIONS = Object.keys(EFFECTS) as OperationName[]
const isWrite = (operation: OperationName): boolean => EFFECTS[operation] === 'write'

/** Builds the operations of a provider without sending anything: which of them are there. */
export function operationsOf(provider: Provider, settings: unknown): ReadonlySet<OperationName> {
  const account = { connection: provider.name, now: () => new Date() }
  const bound = provider.connect(
    settings as never,
    account,
  )(async () => {
    throw new Error('Nothing is to be sent.')
  })
  return new Set(OPERATIONS.filter((name) => bound[name] !== undefined))
}

export interface Audit {
  readonly provider: Pick<Provider, 'name' | 'missing'>
  readonly present: ReadonlySet<OperationName>
  readonly promised: readonly Pick<Promised, 'sentence' | 'operations'>[]
  readonly skips: readonly Skip[]
  /** The writes whose fence is proved. */
  readonly fenced: ReadonlySet<OperationName>
}

/** What is wrong with the set of promises itself: nothing is left out silently, and no excuse outlives its reason. */
export function audit({ provider, present, promised, skips, fenced }: Audit): string[] {
  const faults: string[] = []
  for (const operation of OPERATIONS) {
    const reason = provider.missing[operation]
    if (!present.has(operation) && reason === undefined)
      faults.push(`${provider.name} has no ${operation} and does not say why`)
    if (present.has(operation) && reason !== undefined)
      faults.push(`${provider.name} has ${operation} and says that it is missing`)
    const kept = promised.some((one) => one.operations.includes(operation) && !skipOf(one, skips))
    if (present.has(operation) && !kept) faults.push(`${operation} of ${provider.name} is promised nothing`)
    if (present.has(operation) && isWrite(operation) && !fenced.has(operation))
      faults.push(`${operation} of ${provider.name} is a write without a fence`)
  }
  const sentences = promised.map((one) => one.sentence)
  for (const sentence of sentences.filter((one, place) => sentences.indexOf(one) !== place))
    faults.push(`the promise "${sentence}" stands there twice`)
  for (const skip of skips) {
    if (skip.reason === '') faults.push('a skip has no reason')
    if ((skip.promise === undefined) === (skip.operation === undefined))
      faults.push('a skip names one promise or one operation')
    if (!promised.some((one) => matches(skip, one)))
      faults.push(`the skip of "${skip.promise ?? skip.operation}" matches nothing`)
  }
  return faults
}

export const skipOf = (promised: Pick<Promised, 'sentence' | 'operations'>, skips: readonly Skip[]): Skip | undefined =>
  skips.find((skip) => matches(skip, promised))

const matches = (skip: Skip, promised: Pick<Promised, 'sentence' | 'operations'>): boolean =>
  skip.promise !== undefined
    ? skip.promise === promised.sentence
    : promised.operations.includes(skip.operation as OperationName)
