/** The registry: one line a provider. */
import { intacct } from './intacct/index.ts'
import { netsuite } from './netsuite/index.ts'
import type { Provider } from './provider.ts'

export const PROVIDERS: readonly Provider[] = [netsuite, intacct]
