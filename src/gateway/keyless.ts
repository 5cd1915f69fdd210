/** A write without a key: nothing is stored, it belongs to its call. */
import type { WriteAnswer } from './call.ts'
import { Journal } from './journal.ts'
import { notSent, UnstoredSending } from './sending.ts'
import { originOf, type WriteRequest } from './write-request.ts'

export async function performWithoutKey(
  promise: { id: string; createdAt: number },
  request: WriteRequest,
): Promise<WriteAnswer> {
  const binding = new UnstoredSending(request.call.signal)
  try {
    return await request.perform({ once: new Journal(promise, originOf(request)), binding })
  } catch (error) {
    throw binding.begun ? error : notSent(error)
  }
}
