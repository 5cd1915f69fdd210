/** Sage Intacct joins the conformance suite. */
import { intacct } from '../../src/providers/intacct/index.ts'
import { conformance } from './index.ts'

conformance({
  connection: 'intacct',
  provider: intacct,
  skip: [
    {
      promise: 'reads addresses and custom fields in lists as it reads them alone, where they are asked for',
      reason:
        'Lists of Sage Intacct have neither: addresses are in contacts, and nobody can name custom columns beforehand.',
    },
  ],
})
