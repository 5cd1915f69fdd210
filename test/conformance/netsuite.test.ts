/** NetSuite joins the conformance suite. */
import { netsuite } from '../../src/providers/netsuite/index.ts'
import { conformance } from './index.ts'

// In NetSuite the credit list of a payment holds unapplied payments too; the sandbox's holds credit memos only.
const reason = "the sandbox's list of credits holds no unapplied payments"

conformance({
  connection: 'netsuite',
  provider: netsuite,
  skip: [
    { promise: 'uses what is left of one payment in another', reason },
    { promise: 'does not void money that was used elsewhere', reason },
  ],
})
