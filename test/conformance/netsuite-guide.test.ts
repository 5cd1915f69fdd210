/** NetSuite keeps the promises on an account as the guides describe it. */
import { netsuite } from '../../src/providers/netsuite/index.ts'
import { conformance } from './index.ts'

conformance({
  connection: 'netsuite',
  provider: netsuite,
  profile: 'guide',
  brief: process.env['LONG'] === undefined,
  skip: [
    { operation: 'listEmailTemplates', reason: netsuite.missing.listEmailTemplates ?? '' },
    { operation: 'replaceCustomerEmailTemplates', reason: netsuite.missing.replaceCustomerEmailTemplates ?? '' },
  ],
})
