/** The live probe of a connection: the login, the catalogs, a read of every kind, and each default of the settings. */
import { GatewayError } from '../../errors.ts'
import { foundEntry, wrongSetting } from '../checks.ts'
import type { CheckPlan, ListQuery } from '../provider.ts'
import { scopesOf } from './authentication.ts'
import { clockSteps } from './clock-check.ts'
import { jsonNumber } from './codecs.ts'
import { listCustomers } from './customer-operations.ts'
import { listInvoices } from './invoice-operations.ts'
import { listPayments } from './payment-list.ts'
import { isUnanswerable } from './query-access.ts'
import { readList } from './reference-lists.ts'
import type { Session } from './session.ts'
import { realmOf } from './settings.ts'
import { idOf } from './values.ts'

const ONE: ListQuery = { filter: null, sort: [], after: null, limit: 1, fields: new Set(), include: new Set() }
const count = (total: number | null, what: string) => (total === null ? undefined : `${total} ${what}`)
type Steps = readonly CheckPlan[number][]

export const check = (session: Session): CheckPlan => [
  { name: 'authenticate', run: () => authenticate(session) },
  { name: 'metadata', run: () => metadata(session) },
  { name: 'customers', run: async () => count((await listCustomers(session, ONE)).total, 'customers') },
  { name: 'payments', run: async () => count((await listPayments(session, ONE)).total, 'payments') },
  { name: 'invoices', run: async () => count((await listInvoices(session, ONE)).total, 'invoices') },
  ...clockSteps(session),
  ...defaultSteps(session),
  ...restletStep(session),
]

/** One request that carries the login: a token that was given, or a signature, is not yet one that is taken. */
async function authenticate(session: Session): Promise<string> {
  const { auth } = session.settings
  const as =
    auth.type === 'oauth2'
      ? `logged in with the scope ${scopesOf(session.settings).join(' and ')}`
      : `signed with tokens as ${realmOf(session.settings)}`
  try {
    await session.client.ids('customer', null, 1)
    return as
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'provider_permission') throw error
    return `${as}; the role may not list customers: ${error.message}`
  }
}

/** Asks anew for everything that is remembered of the account, and says how far it tells. */
async function metadata(session: Session): Promise<string> {
  await session.relearn()
  const kinds = ['customer', 'payment', 'invoice'] as const
  const hidden = kinds.filter((kind) => session.shapeOf(kind) === null)
  return hidden.length === 0
    ? "field names are the account's own"
    : `the role may not read the metadata catalog of ${hidden.join(', ')}; the names of release 2026.1 are used`
}

// Defaults

/** Types of accounts as SuiteQL and records name them. Money received is in a bank or waits in undeposited funds. */
const RECEIVABLE = ['AcctRec']
const MONEY = ['Bank', 'OthCurrAsset']

function defaultSteps(session: Session): Steps {
  const { arAccountId, depositAccountId, subsidiaryId, currency, paymentMethods = {} } = session.defaults
  const step = (setting: string, value: string | undefined, run: (name: string, value: string) => Promise<string>) =>
    value === undefined ? [] : [{ name: `defaults.${setting}`, run: () => run(`defaults.${setting}`, value) }]
  return [
    ...step('arAccountId', arAccountId, (name, id) => account(session, name, id, RECEIVABLE)),
    ...step('depositAccountId', depositAccountId, (name, id) => account(session, name, id, MONEY)),
    ...step('subsidiaryId', subsidiaryId, (name, id) => subsidiary(session, name, id)),
    ...step('currency', currency, (name, code) => listed(session, name, 'currencies', code)),
    ...Object.entries(paymentMethods).flatMap(([word, value]) =>
      step(`paymentMethods.${word}`, value, (name, id) => listed(session, name, 'payment-methods', id)),
    ),
  ]
}

async function account(session: Session, setting: string, id: string, types: readonly string[]): Promise<string> {
  const found = await accountOf(session, id)
  if (found === null) return NOT_PROVED
  const words = foundEntry(setting, found, 'account')
  if (!found?.kind || types.includes(found.kind)) return words
  throw wrongSetting(setting, `${words} is no account of the type ${types.join(' or ')}.`)
}

const NOT_PROVED = "not proved: the gateway's role may not see the list"

/** Null where the role may not see accounts; undefined where there is none. */
async function accountOf(session: Session, id: string) {
  try {
    const q = 'SELECT id, fullname, accttype, isinactive FROM account WHERE id = ?'
    const { rows } = await session.client.query(q, [jsonNumber(id)], 1, 'account')
    const [row] = rows
    if (!row) return undefined
    return { name: idOf(row['fullname']), kind: idOf(row['accttype']) ?? undefined, active: row['isinactive'] !== 'T' }
  } catch (error) {
    if (!isUnanswerable(error)) throw error
    return accountRecord(session, id)
  }
}

async function accountRecord(session: Session, id: string) {
  try {
    const record = await session.client.get('account', id)
    return {
      name: idOf(record['acctName']),
      kind: idOf(record['acctType']) ?? undefined,
      active: record['isInactive'] !== true,
    }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'not_found') return undefined
    if (error.code === 'provider_permission' || error.code === 'not_supported') return null
    throw error
  }
}

async function subsidiary(session: Session, setting: string, id: string): Promise<string> {
  if (session.mappings.customer.entity.kind !== 'absent') return listed(session, setting, 'entities', id)
  return 'not used: the account has no subsidiaries'
}

/** Asked anew: what the account remembers may be older than the mistake. */
async function listed(
  session: Session,
  setting: string,
  kind: 'entities' | 'currencies' | 'payment-methods',
  value: string,
): Promise<string> {
  const entries = await readList(session.client, kind).catch((error: unknown) => {
    if (error instanceof GatewayError && ['not_supported', 'provider_permission'].includes(error.code)) return null
    throw error
  })
  if (entries === null) return NOT_PROVED
  const entry = entries.find(({ id, code }) => (kind === 'currencies' ? code : id) === value)
  return foundEntry(setting, entry, 'entry in the account')
}

// The script that voids

/** Without voiding anything: the script answers a GET, or says that it has none. */
function restletStep(session: Session): Steps {
  const { void: voids } = session.settings
  if (typeof voids !== 'object') return []
  return [{ name: 'void.restlet', run: () => restlet(session, new URL(voids.restlet)) }]
}

async function restlet(session: Session, url: URL): Promise<string> {
  try {
    await session.client.askScript(url)
    return 'the script answers'
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    // The script is there, and does not like being asked so.
    if (error.code === 'not_supported' || error.code === 'rejected') return `the script is there: ${error.message}`
    if (error.code === 'provider_permission' || error.code === 'not_found')
      throw wrongSetting('void.restlet', `the script is not there, or not deployed for the role. ${error.message}`)
    throw error
  }
}
