/** All examples by operationId. */
import { customerExamples } from './customers.ts'
import type { OperationExamples } from './example.ts'
import { nativeExamples } from './native.ts'
import { otherExamples } from './others.ts'
import { paymentExamples } from './payments.ts'
import { settlementExamples } from './settlements.ts'

export const EXAMPLES: Readonly<Record<string, OperationExamples>> = {
  ...customerExamples,
  ...paymentExamples,
  ...settlementExamples,
  ...nativeExamples,
  ...otherExamples,
}
