/** The live probe of a connection: the login, a read of every kind, and each default of the settings. */
import { GatewayError } from '../../errors.ts'
import type { XmlNode } from '../../wire/xml.ts'
import { childOf, childrenOf, textOf } from '../../wire/xml.ts'
import { foundEntry, wrongSetting } from '../checks.ts'
import type { CheckPlan } from '../provider.ts'
import { type Desk, defaultsOf } from './account.ts'
import { readingSteps } from './check-reading.ts'

export function check(desk: Desk): CheckPlan {
  const { client } = desk
  const probe = async (object: string) => {
    const { total } = await client.query({ object, select: ['RECORDNO'], pageSize: 1 })
    return total === null ? undefined : `${total} ${object}`
  }
  return [
    {
      name: 'authenticate',
      run: async () => {
        // What was learnt of the account may have changed since.
        await desk.hidden.forget()
        const { endpoint } = await client.session()
        return endpoint === null ? undefined : `Intacct names ${endpoint} as this company's endpoint.`
      },
    },
    { name: 'customers', run: () => probe('CUSTOMER') },
    { name: 'payments', run: () => probe('ARPYMT') },
    { name: 'invoices', run: () => probe('ARINVOICE') },
    { name: 'emailTemplates', run: () => probe('CUSTOMEREMAILTEMPLATE') },
    { name: 'metadata', run: async () => `${(await fieldsOf(desk, 'CUSTOMER')).size} fields of CUSTOMER` },
    ...readingSteps(desk),
    ...defaultSteps(desk),
  ]
}

// Defaults

interface Source {
  readonly object: string
  readonly id: string
  readonly name: string
}
const ACCOUNT: Source = { object: 'GLACCOUNT', id: 'ACCOUNTNO', name: 'TITLE' }
const bank = (object: string): Source => ({ object, id: 'BANKACCOUNTID', name: 'BANKNAME' })
/** Where each default has to be found: in one of these. */
const SOURCES = {
  bankAccountId: ['bank account', [bank('CHECKINGACCOUNT'), bank('SAVINGSACCOUNT')]],
  undepositedAccountNo: ['GL account', [ACCOUNT]],
  advanceAccountNo: ['GL account', [ACCOUNT]],
  locationId: ['location', [{ object: 'LOCATION', id: 'LOCATIONID', name: 'NAME' }]],
  currency: ['currency', [{ object: 'TRXCURRENCIES', id: 'CODE', name: 'DESCRIPTION' }]],
} as const satisfies Record<string, readonly [string, readonly Source[]]>

function defaultSteps(desk: Desk): CheckPlan {
  const defaults = defaultsOf(desk)
  const values = (Object.keys(SOURCES) as (keyof typeof SOURCES)[]).flatMap((setting) => {
    const value = defaults[setting]
    const run = (name: string, wanted: string) => valueFound(desk, name, wanted, SOURCES[setting])
    return value === undefined ? [] : [{ name: `defaults.${setting}`, run: () => run(`defaults.${setting}`, value) }]
  })
  const fields = (['externalIdField', 'intentField'] as const).flatMap((setting) => {
    const value = defaults[setting]
    return value === undefined
      ? []
      : [{ name: `defaults.${setting}`, run: () => customField(desk, `defaults.${setting}`, value) }]
  })
  return [...values, ...fields]
}

async function valueFound(
  { client }: Desk,
  setting: string,
  value: string,
  [what, sources]: readonly [what: string, sources: readonly Source[]],
): Promise<string> {
  for (const { object, id, name } of sources) {
    const filter: XmlNode = [
      'equalto',
      [
        ['field', id],
        ['value', value],
      ],
    ]
    const { records } = await client.query({ object, select: ['RECORDNO', id, name, 'STATUS'], filter, pageSize: 1 })
    const fields = records[0]?.fields
    const shown = typeof fields?.[name] === 'string' ? fields[name] : null
    if (fields) return foundEntry(setting, { name: shown, active: fields['STATUS'] !== 'inactive' }, what)
  }
  return foundEntry(setting, undefined, what)
}

/** The records that the gateway writes; the field has to be on each of them. */
const OWNERS = ['CUSTOMER', 'ARPYMT', 'ARADVANCE'] as const

async function customField(desk: Desk, setting: string, name: string): Promise<string> {
  const missing: string[] = []
  for (const object of OWNERS) if (!(await fieldsOf(desk, object)).has(name.toUpperCase())) missing.push(object)
  if (missing.length === 0) return `${name} is on ${OWNERS.join(', ')}`
  throw wrongSetting(setting, `${missing.join(', ')} has no field ${name}.`)
}

/** An object that the role may not see has no definition: that is the answer, not a field that is missing. */
async function fieldsOf({ client }: Desk, object: string): Promise<ReadonlySet<string>> {
  const { data } = await client.lookup(object)
  const fields = childrenOf(childOf(childOf(data, 'Type'), 'Fields'), 'Field')
  if (fields.length === 0)
    throw new GatewayError('provider_garbled', `The definition of ${object} names no field.`, { applied: 'no' })
  return new Set(fields.map((field) => (textOf(childOf(field, 'ID')) ?? '').trim().toUpperCase()))
}
