/** A write without a key: nothing is stored, it belongs to its call, and so does the look for it. */
import type { WriteAnswer } from './call.ts'
import { Journal } from './journal.ts'
import { UNKNOWN_OTHERS } from './other-writes.ts'
import { notSent, UnstoredSending } from './sending.ts'
import { originOf, type WriteRequest } from './write-request.ts'

export async function performWithoutKey(
  promise: { id: string; createdAt: number },
  request: WriteRequest,
): Promise<WriteAnswer> {
  const once = new Journal(promise, originOf(request), { others: UNKNOWN_OTHERS })
  const binding = new UnstoredSending(request.call.signal, () => once.leaving())
  try {
    return await request.perform({ once, binding })
  } catch (error) {
    throw binding.begun ? error : notSent(error)
  }
}
