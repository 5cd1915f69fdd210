/** What the store knows of other writes, as one write asks for it: what was found in the ERP may be theirs. */
import type { Intent, IntentStore } from '../store/store.ts'
import { gatewayId } from './ids.ts'
import { MAKING, madeKind } from './resumed.ts'

export interface OtherWrites {
  /** Whether another write to the record has succeeded since the moment (milliseconds). */
  othersSucceeded(resourceId: string, since: number, except: string): Promise<boolean>
  /** Those of the new records that no other write has made. */
  unclaimed(nativeIds: readonly string[]): Promise<readonly string[]>
  /**
   * Whether another write that may have made one of them is still open. Those on their way are waited for; of those whose
   * outcome is unknown the older ones, so that two never wait for each other.
   */
  mayBeAnothers(): Promise<boolean>
}

export function otherWrites(
  store: IntentStore,
  { id, connection, operation }: Pick<Intent, 'id' | 'connection' | 'operation'>,
): OtherWrites {
  const kind = madeKind(operation)
  return {
    othersSucceeded: (...about) => store.othersSucceeded(...about),
    mayBeAnothers: () => store.othersSending({ connection, operations: MAKING, except: id }),
    unclaimed: async (nativeIds) => {
      if (kind === null) return nativeIds
      const claimed = await Promise.all(
        nativeIds.map((nativeId) => store.isMade(gatewayId(kind, connection, nativeId), { by: MAKING, except: id })),
      )
      return nativeIds.filter((_, place) => !claimed[place])
    },
  }
}
