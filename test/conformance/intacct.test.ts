/** Sage Intacct joins the conformance suite. */
import { intacct } from '../../src/providers/intacct/index.ts'
import { conformance } from './index.ts'

conformance({ connection: 'intacct', provider: intacct, skip: [] })
