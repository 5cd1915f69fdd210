/** Which elements the settings fill where the caller says nothing. */
import type { DefaultPlace } from '../provider.ts'
import type { Defaults, Settings } from './settings.ts'

type Operations = DefaultPlace['operations']
const CREATE: Operations = ['createPayment']
/** What makes a receipt, or makes one again. */
const RECEIPTS: Operations = ['createPayment', 'updatePayment', 'applyPayment', 'unapplyPayment', 'applyCredit']
const CUSTOMERS: Operations = ['createCustomer', 'updateCustomer', 'upsertCustomer']

interface Filled {
  readonly paths: readonly string[]
  readonly unless: readonly string[]
  readonly operations: Operations
  readonly quoted?: true
}
const FILLED: Readonly<Partial<Record<keyof Defaults, Filled>>> = {
  bankAccountId: { paths: ['FINANCIALENTITY'], unless: ['/depositTo/id'], operations: CREATE },
  undepositedAccountNo: { paths: ['UNDEPOSITEDACCOUNTNO'], unless: ['/depositTo/id'], operations: CREATE },
  // `ARACCOUNT` is what the word "account" is read as, which bank accounts have too.
  advanceAccountNo: { paths: ['ACCOUNTNO', 'ARACCOUNT'], unless: ['/applications'], operations: CREATE, quoted: true },
  // Only of a customer without a currency, so it has to be the one that the ERP speaks of.
  currency: { paths: ['CURRENCY'], unless: ['/currency', '/applications'], operations: CREATE, quoted: true },
  locationId: { paths: ['LOCATIONID', 'OVERPAYMENTLOCATIONID'], unless: ['/location'], operations: RECEIPTS },
}

export function defaultPlaces({ defaults = {} }: Settings): DefaultPlace[] {
  const places = Object.entries(FILLED).flatMap(([setting, { paths, ...rest }]) => {
    const value = defaults[setting as keyof Defaults]
    return value === undefined ? [] : paths.map((path) => ({ path, setting: `defaults.${setting}`, value, ...rest }))
  })
  const fields = (['intentField', 'externalIdField'] as const).flatMap((setting) => {
    const path = defaults[setting]
    const operations = [...RECEIPTS, ...CUSTOMERS]
    return path === undefined ? [] : [{ path, setting: `defaults.${setting}`, value: path, unless: [], operations }]
  })
  return [...places, ...fields]
}
