/** Oracle NetSuite over SuiteTalk REST: records as JSON, lists and open items through SuiteQL. */
import { createPrivateKey } from 'node:crypto'
import { defineProvider } from '../provider.ts'
import { customer } from './customer.ts'
import { classify } from './failures.ts'
import { invoice } from './invoice.ts'
import { operations } from './operations.ts'
import { payment } from './payment.ts'
import { createMemory, Session } from './session.ts'
import { baseUrlOf, Settings } from './settings.ts'

const NO_TEMPLATES = 'NetSuite chooses e-mail templates by transaction form, not by customer.'

/** The smallest accounts allow five requests at a time for all integrations together. */
const CONCURRENCY = 4

/** Found out at the start, not by the first call. */
function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).type === 'private'
  } catch {
    return false
  }
}

export const netsuite = defineProvider({
  name: 'netsuite',
  title: 'Oracle NetSuite',
  settings: Settings,
  mappings: { customer, payment, invoice },
  missing: {
    listEmailTemplates: NO_TEMPLATES,
    getEmailTemplate: NO_TEMPLATES,
    listCustomerEmailTemplates: NO_TEMPLATES,
    replaceCustomerEmailTemplates: NO_TEMPLATES,
  },
  address: (settings) => {
    return { origin: new URL(baseUrlOf(settings)).origin, concurrency: settings.concurrency ?? CONCURRENCY }
  },
  baseCurrency: (settings) => settings.defaults?.currency ?? null,
  receivablesAccount: (settings) => settings.defaults?.arAccountId ?? null,
  classify,
  faults: ({ auth }) =>
    auth.type === 'oauth2' && !isPrivateKey(auth.privateKey) ? ['auth.privateKey: is no private key in PEM'] : [],
  connect: (settings, account) => {
    const memory = createMemory(settings, account)
    return (send) => operations(new Session(memory, send))
  },
})
