/** Operations: writes that were promised and whose answer may still be open. */
import { type Static, Type } from 'typebox'
import { Instant } from './common.ts'
import type { Customer } from './customer.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import type { Payment } from './payment.ts'
import { Problem, ProblemResource } from './problem.ts'

export const OPERATION_STATUSES = ['running', 'succeeded', 'failed', 'unknown'] as const
export const OperationStatus = StringEnum(OPERATION_STATUSES, {
  $id: 'OperationStatus',
  description: '`unknown`: the ERP may or may not have done it. It is not sent again.',
})

export const OperationResult = Type.Unsafe<Static<typeof Customer> | Static<typeof Payment>>({
  $id: 'OperationResult',
  anyOf: [{ $ref: 'Customer#' }, { $ref: 'Payment#' }],
  description: 'The record as it was answered.',
})

export const Operation = Strict(
  {
    object: Constant('operation'),
    id: Type.String({ examples: ['op_01jd3v9q6z'] }),
    status: Ref(OperationStatus),
    operation: Type.String({ examples: ['createPayment'] }),
    connection: Type.String(),
    idempotencyKey: Nullable(Type.String()),
    resource: Nullable(ProblemResource),
    result: Nullable(OperationResult),
    problem: Nullable(Problem),
    tries: Type.Integer(),
    createdAt: Ref(Instant),
    updatedAt: Ref(Instant),
  },
  { $id: 'Operation', description: 'A write and what became of it.' },
)
export type Operation = Static<typeof Operation>
export const OperationList = Strict(
  { object: Constant('list'), data: Type.Array(Ref(Operation)) },
  { $id: 'OperationList' },
)
export const operationSchemas = [OperationStatus, OperationResult, Operation, OperationList]
