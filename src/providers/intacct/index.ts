/** Sage Intacct: the XML web services of a company. */
import { defineProvider } from '../provider.ts'
import { defaultPlaces } from './default-places.ts'
import { classify } from './failures.ts'
import { connect, mappingsFor } from './operations.ts'
import { DEFAULT_CONCURRENCY, Settings } from './settings.ts'
import { settingsFaults } from './settings-faults.ts'

export const intacct = defineProvider({
  name: 'intacct',
  title: 'Sage Intacct',
  settings: Settings,
  mappings: mappingsFor(),
  mappingsWith: (settings) => mappingsFor(settings.defaults),
  missing: {},
  address: (settings) => ({
    origin: new URL(settings.endpoint).origin,
    concurrency: settings.concurrency ?? DEFAULT_CONCURRENCY,
  }),
  faults: settingsFaults,
  defaultPlaces,
  baseCurrency: (settings) => settings.defaults?.currency ?? null,
  classify,
  connect,
})
