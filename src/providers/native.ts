/** Calls of the vendor's own API, as they are. */
import type { Passthrough } from '../../schemas/passthrough.ts'
import type { WriteOnce } from './steps.ts'

/** A call of the native API, checked. Its failures are answers; only what is the gateway's own affair throws. */
export interface NativeCall {
  readonly effect: 'read' | 'write'
  readonly run: (once: Pick<WriteOnce, 'intentId'>) => Promise<NativeAnswer>
}
export interface NativeAnswer {
  readonly answer: Passthrough
  /** The ERP failed so that nobody knows whether it did what was asked. */
  readonly inDoubt: boolean
}
