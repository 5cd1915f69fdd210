/** The conformance suite: every promise that the API makes, kept by one connection over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OperationName, Provider } from '../../src/providers/provider.ts'
import type { ProfileName } from '../../src/sandbox/netsuite/profile.ts'
import type { ErpName } from '../support/erps.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { addresses } from './addresses.ts'
import { customers } from './customers.ts'
import { emailTemplates } from './email-templates.ts'
import { failures } from './failures.ts'
import { FENCED_WRITES } from './fenced-writes.ts'
import { fences } from './fences.ts'
import { fields } from './fields.ts'
import { filters } from './filters.ts'
import { lists } from './lists.ts'
import { logins } from './logins.ts'
import { native } from './native.ts'
import { openItems } from './open-items.ts'
import { payments } from './payments.ts'
import { type Area, audit, operationsOf, type Promised, type Skip, skipOf } from './promises.ts'
import { refusals } from './refusals.ts'
import { settlements } from './settlements.ts'
import { undoing } from './undoing.ts'

const AREAS: Readonly<Record<string, Area>> = {
  customers,
  addresses,
  emailTemplates,
  payments,
  refusals,
  undoing,
  settlements,
  openItems,
  lists,
  filters,
  fields,
  failures,
  logins,
  native,
  fences,
}

export interface Subject {
  readonly connection: ErpName
  readonly provider: Provider
  readonly skip: readonly Skip[]
  /** Which kind of account, where the sandbox has several. */
  readonly profile?: ProfileName
  /** Without what the provider does alike on every kind of account; that is left to one of them. */
  readonly brief?: boolean
}
/** Here the same lines of the provider run on every kind of account, and a good part of the time is waiting. */
const ALIKE: ReadonlySet<string> = new Set(['failures', 'fences'])

export function conformance({ connection, provider, skip, profile, brief }: Subject): void {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startGateway({
      ...(profile && { profile }),
      more: {
        [`${connection}-locked-out`]: { like: connection, settings: wrongLogin(connection) },
        [`${connection}-named`]: { like: connection, settings: withExternalIds(connection) },
      },
    })
    // Logs in and fetches what every read needs once, so that promises may count what is sent.
    await gateway.request('GET', `/v1/customers/${gateway.erps[connection].seed.customer}`)
    await gateway.request('POST', `/v1/connections/${connection}/check`)
  })
  afterAll(() => gateway.close())
  const all: Promised[] = []

  for (const [name, area] of Object.entries(AREAS)) {
    const promised: Promised[] = []
    area((sentence, operations, test) => promised.push({ sentence, operations, test }))
    all.push(...promised)
    describe(name, () => {
      for (const one of promised) {
        const skipped = skipOf(one, skip)
        it(one.sentence, async (context) => {
          if (skipped) return context.skip(skipped.reason)
          if (brief && ALIKE.has(name)) return context.skip('only the long run repeats it on this kind of account')
          const erp = gateway.erps[connection]
          erp.proxy.forget()
          erp.proxy.mend()
          await one.test({ gateway, request: gateway.request, connection, erp, fewLists: profile === 'single' })
        })
      }
    })
  }

  it('leaves nothing out without a reason', () => {
    const present = operationsOf(provider, gateway.sandboxes.connections[connection])
    const fenced = new Set(Object.keys(FENCED_WRITES) as OperationName[])
    expect(audit({ provider, present, promised: all, skips: skip, fenced })).toEqual([])
  })
}

/** Sage Intacct keeps external ids only where a custom field is named for them. */
const withExternalIds = (connection: ErpName): Readonly<Record<string, unknown>> =>
  connection === 'intacct' ? { defaults: { externalIdField: 'EXTERNALID' } } : {}
/** Credentials that are well formed and wrong. */
const wrongLogin = (connection: ErpName): Readonly<Record<string, unknown>> =>
  connection === 'netsuite'
    ? { auth: { type: 'tba', consumerKey: 'wrong', consumerSecret: 'wrong', tokenId: 'wrong', tokenSecret: 'wrong' } }
    : { userPassword: 'wrong' }
