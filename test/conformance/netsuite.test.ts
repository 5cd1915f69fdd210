/** NetSuite joins the conformance suite. */
import { netsuite } from '../../src/providers/netsuite/index.ts'
import { conformance } from './index.ts'

conformance({
  connection: 'netsuite',
  provider: netsuite,
  skip: [
    { operation: 'listEmailTemplates', reason: netsuite.missing.listEmailTemplates ?? '' },
    { operation: 'replaceCustomerEmailTemplates', reason: netsuite.missing.replaceCustomerEmailTemplates ?? '' },
  ],
})
