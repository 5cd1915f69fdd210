/** What an operation's examples are: named requests that work in sandbox mode, and answers by status. */
import type { FailureCode } from '../../errors.ts'

export interface Example<T = unknown> {
  readonly summary: string
  readonly value: T
}
export type Examples<T = unknown> = Readonly<Record<string, Example<T>>>

export interface OperationExamples {
  /** The first one is what the docs page is filled with. */
  readonly request?: Examples
  /** By status; none for answers without a body. */
  readonly answers: Readonly<Record<number, Examples>>
  /** Words of a problem that fit this operation better than the usual ones. */
  readonly problems?: Readonly<Partial<Record<FailureCode, ProblemWords>>>
}

/** What differs from one problem document to the next of the same code. */
export interface ProblemWords {
  readonly detail: string
  /** The caller's field that is meant. */
  readonly pointer?: string
  /** Instead of the code, where the field has a word of its own. */
  readonly fieldCode?: string
  /** The ERP's own words. */
  readonly upstream?: { readonly status: number | null; readonly code: string | null; readonly message: string | null }
  readonly connection?: string | null
}

export const example = <T>(summary: string, value: T): Example<T> => ({ summary, value })

/** The only page of a list that asked both connections. */
export const page = (...data: readonly object[]) => ({
  object: 'list',
  data,
  page: { nextCursor: null, hasMore: false, total: data.length },
  connections: [
    { id: 'intacct', status: 'ok' },
    { id: 'netsuite', status: 'ok' },
  ],
})
