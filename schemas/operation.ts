/** Operations: writes that were promised and whose answer may still be open. */
import { type Static, Type } from 'typebox'
import { Instant } from './common.ts'
import type { Credit } from './credit.ts'
import type { Customer } from './customer.ts'
import { Constant, Nullable, Ref, Strict, StringEnum } from './kit.ts'
import type { Payment } from './payment.ts'
import { Problem, ProblemResource } from './problem.ts'

export const OPERATION_STATUSES = ['running', 'succeeded', 'failed', 'unknown'] as const
export const OperationStatus = StringEnum(OPERATION_STATUSES, {
  $id: 'OperationStatus',
  description:
    '`unknown`: the ERP may or may not have done it. The gateway looks for it, and sends it again only when the ERP shows no trace of it after its time.',
})

export const OperationResult = Type.Unsafe<Static<typeof Customer> | Static<typeof Payment> | Static<typeof Credit>>({
  $id: 'OperationResult',
  anyOf: [{ $ref: 'Customer#' }, { $ref: 'Payment#' }, { $ref: 'Credit#' }],
  description: 'The record as it was answered.',
})

export const Operation = Strict(
  {
    object: Constant('operation', { description: 'What it is.' }),
    id: Type.String({ description: '`op_…`', examples: ['op_01kn3t8y2m4q7v9x1b5d8f0h2j'] }),
    status: Ref(OperationStatus),
    operation: Type.String({ description: 'The operationId.', examples: ['createPayment'] }),
    connection: Type.String({ description: 'The connection that was written to.', examples: ['netsuite'] }),
    idempotencyKey: Nullable(Type.String(), { description: 'The key of the call.' }),
    resource: Nullable(ProblemResource, {
      description: 'The record that was written, also where only a part of the write was done.',
    }),
    result: Nullable(OperationResult, { description: 'The answer, once it succeeded.' }),
    problem: Nullable(Problem, {
      description: 'Why it failed (`applied: yes`: a part of it was done), or why nobody knows.',
    }),
    tries: Type.Integer({
      description:
        'How often a write of it began to leave: once for each of its steps, and again where a step was sent anew.',
    }),
    createdAt: Ref(Instant, { description: 'When the call came.' }),
    updatedAt: Ref(Instant, { description: 'When its state last changed.' }),
  },
  { $id: 'Operation', description: 'A write and what became of it.' },
)
export type Operation = Static<typeof Operation>
export const OperationList = Strict(
  {
    object: Constant('list', { description: 'What it is.' }),
    data: Type.Array(Ref(Operation), { description: 'Newest first.' }),
  },
  { $id: 'OperationList', description: 'Operations of the caller.' },
)
export const operationSchemas = [OperationStatus, OperationResult, Operation, OperationList]
