/** Oracle NetSuite over SuiteTalk REST: records as JSON, lists and open items through SuiteQL. */
import { defineProvider } from '../provider.ts'
import { customer } from './customer.ts'
import { defaultPlaces } from './default-places.ts'
import { classify } from './failures.ts'
import { invoice } from './invoice.ts'
import { operations } from './operations.ts'
import { payment } from './payment.ts'
import { createMemory, Session } from './session.ts'
import { baseUrlOf, Settings } from './settings.ts'
import { settingsFaults } from './settings-faults.ts'

const NO_TEMPLATES = 'NetSuite chooses e-mail templates by transaction form, not by customer.'

/** The smallest accounts allow five requests at a time for all integrations together. */
const CONCURRENCY = 4

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
  faults: settingsFaults,
  defaultPlaces,
  connect: (settings, account) => {
    const memory = createMemory(settings, account)
    return (send) => operations(new Session(memory, send))
  },
})
