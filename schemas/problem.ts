/** RFC 9457 problem documents; the codes come from the failure table. */
import { type Static, Type } from 'typebox'
import { FAILURE_CODES } from '../src/errors.ts'
import { Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const ProblemCode = StringEnum(FAILURE_CODES, {
  $id: 'ProblemCode',
  description: 'What went wrong, for programs. `GET /problems/{code}` says what each means.',
})
export const Applied = StringEnum(['no', 'yes', 'unknown'], {
  $id: 'Applied',
  description: 'Whether the write happened.',
})

export const ProblemField = Strict(
  {
    pointer: Type.String({
      description: "JSON Pointer to the caller's field; `?name` is a query parameter, `header:Name` a header.",
    }),
    code: Type.String({ description: 'What is wrong with it, for programs.', examples: ['required'] }),
    detail: Type.String({ description: 'What is wrong with it, for people.' }),
  },
  { $id: 'ProblemField', description: 'A wrong place in what the caller sent.' },
)

export const ProblemUpstream = Strict(
  {
    provider: Type.String({ description: 'The kind of ERP.' }),
    status: Nullable(Type.Integer(), { description: 'Its HTTP status.' }),
    code: Nullable(Type.String(), { description: 'Its error code.' }),
    message: Nullable(Type.String(), { description: 'Its words.' }),
    supportId: Nullable(Type.String(), { description: "What the vendor's support asks for." }),
    errorId: Type.Optional(
      Nullable(Type.String(), { description: 'The stable id of the error, where the ERP has one beside its code.' }),
    ),
  },
  { $id: 'ProblemUpstream', description: "The ERP's own words." },
)

export const ProblemResource = Strict(
  { id: Type.String({ description: 'Its id.' }) },
  { $id: 'ProblemResource', description: 'The record that was written although the call failed.' },
)

export const ProblemFirstUse = Strict(
  {
    operation: Type.String({
      description: 'The id of its operation: `GET /v1/operations/{id}` tells what became of it.',
      examples: ['op_01kn3t8y2m4q7v9x1b5d8f0h2j'],
    }),
    resource: Nullable(ProblemResource, { description: 'The record that it wrote, as far as it is known.' }),
  },
  { $id: 'ProblemFirstUse', description: 'What the Idempotency-Key was used for before.' },
)

export const Problem = Strict(
  {
    type: Type.String({ description: 'A URI for the code.' }),
    title: Type.String({ description: 'The same for every problem of this code.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    code: Ref(ProblemCode),
    detail: Type.String({ description: 'What happened here, for people.' }),
    instance: Type.String({ description: 'The path that was asked.' }),
    requestId: Type.String({ description: 'The id of the request, as in `X-Request-Id`.' }),
    connection: Type.Optional(
      Nullable(Type.String(), { description: 'The connection that was asked, where one was.' }),
    ),
    operation: Type.Optional(Nullable(Type.String(), { description: 'The operationId.' })),
    applied: Ref(Applied),
    retryable: Type.Boolean({
      description:
        'Whether the same call, with the same key where it had one, may succeed later. Never where the ERP may have done the write and nobody knows.',
    }),
    resource: Type.Optional(Ref(ProblemResource)),
    firstUse: Type.Optional(Ref(ProblemFirstUse)),
    errors: Type.Array(Ref(ProblemField), { description: 'The wrong places, where the problem is about some.' }),
    upstream: Type.Optional(Nullable(ProblemUpstream)),
  },
  { $id: 'Problem', description: 'What went wrong (RFC 9457).' },
)
export type Problem = Static<typeof Problem>

export const problemSchemas = [
  ProblemCode,
  Applied,
  ProblemField,
  ProblemUpstream,
  ProblemResource,
  ProblemFirstUse,
  Problem,
]
