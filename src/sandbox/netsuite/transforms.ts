/** What one record can be turned into another by, and what that does to the books. */
import { depositApplication } from './credit-applications.ts'
import { customerRefund } from './refunds.ts'

/** The transforms that the sandbox has, by the names of the record types. */
export const TRANSFORMS = [
  { from: 'customerDeposit', to: 'depositApplication', make: depositApplication },
  { from: 'customerPayment', to: 'customerRefund', make: customerRefund },
]
