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
    code: Type.String(),
    detail: Type.String(),
  },
  { $id: 'ProblemField' },
)

export const ProblemUpstream = Strict(
  {
    provider: Type.String(),
    status: Nullable(Type.Integer()),
    code: Nullable(Type.String()),
    message: Nullable(Type.String()),
    supportId: Nullable(Type.String()),
  },
  { $id: 'ProblemUpstream', description: "The ERP's own words." },
)

export const ProblemResource = Strict(
  { id: Type.String() },
  { $id: 'ProblemResource', description: 'The record that was written although the call failed.' },
)

export const Problem = Strict(
  {
    type: Type.String({ description: 'A URI for the code.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Ref(ProblemCode),
    detail: Type.String(),
    instance: Type.String(),
    requestId: Type.String(),
    connection: Type.Optional(Nullable(Type.String())),
    operation: Type.Optional(Nullable(Type.String())),
    applied: Ref(Applied),
    retryable: Type.Boolean({ description: 'Whether the same call may succeed later.' }),
    resource: Type.Optional(Ref(ProblemResource)),
    errors: Type.Array(Ref(ProblemField)),
    upstream: Type.Optional(Nullable(ProblemUpstream)),
  },
  { $id: 'Problem', description: 'What went wrong (RFC 9457).' },
)
export type Problem = Static<typeof Problem>

export const problemSchemas = [ProblemCode, Applied, ProblemField, ProblemUpstream, ProblemResource, Problem]
