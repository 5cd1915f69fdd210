/** NetSuite joins the conformance suite. */
import { netsuite } from '../../src/providers/netsuite/index.ts'
import { conformance } from './index.ts'

conformance({ connection: 'netsuite', provider: netsuite, skip: [] })
