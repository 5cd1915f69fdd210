/** Reading that gives up no more than it has to: what cannot be read costs only itself, and a warning names it. */
import type { Warning } from '../../schemas/common.ts'
import { type Context, GarbledValue } from './codec.ts'

/** A record as far as it could be read. */
export interface Reading<T> {
  readonly record: T
  /** With pointers at the caller's fields; only where there are some. */
  readonly warnings?: readonly Warning[]
}

/** The same record with more to be said of it. */
export function withWarnings<F extends { readonly warnings?: readonly Warning[] }>(
  found: F,
  more: readonly Warning[],
): F {
  return more.length === 0 ? found : Object.assign(found, { warnings: [...(found.warnings ?? []), ...more] })
}

/** The context for what is at `pointer`; what it warns of is put into `warnings`. */
export const contextAt = (context: Context, pointer: string, warnings: Warning[]): Context => ({
  ...context,
  warn: (code, detail, part = '') => warnings.push({ pointer: `${pointer}${part}`, code, detail }),
})

/** One part of a field: null and a warning where it cannot be read. `place` is the vendor's name of it. */
export function readPart<T>(context: Context, part: string, place: string, read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof GarbledValue)) throw error
    context.warn?.('garbled', `The ERP's value of ${place} cannot be read: ${error.expectation}.`, part)
    return null
  }
}
