/** What the store knows of other writes, as one write asks for it: what was found in the ERP may be theirs. */
import type { WriteStep } from '../providers/provider.ts'
import type { Intent, IntentStore } from '../store/store.ts'
import { gatewayId } from './ids.ts'
import { MAKING, madeKind } from './resumed.ts'

export interface OtherWrites {
  /** Nothing is stored of the write that asks, so nothing can be known of what others have made of it. */
  readonly isBlind?: true
  /** Whether another write to the record has succeeded since the moment (milliseconds). */
  othersSucceeded(resourceId: string, since: number, except: string): Promise<boolean>
  /** The gateway id of a record of the kind that the operation makes or changes; null where it makes none. */
  idOf(nativeId: string): string | null
  /** Those of the new records that no other write has made. */
  unclaimed(nativeIds: readonly string[]): Promise<readonly string[]>
  /** Other writes with such a step that may have arrived and have not ended, oldest first. */
  open(alike: (step: WriteStep) => boolean): Promise<readonly Pick<Intent, 'id' | 'state'>[]>
}

/** As a write without a key knows others: not at all. */
export const UNKNOWN_OTHERS: OtherWrites = {
  isBlind: true,
  idOf: () => null,
  othersSucceeded: async () => false,
  unclaimed: async (nativeIds) => nativeIds,
  open: async () => [],
}

export function otherWrites(
  store: IntentStore,
  { id: except, connection, operation }: Pick<Intent, 'id' | 'connection' | 'operation'>,
): OtherWrites {
  const kind = madeKind(operation)
  return {
    othersSucceeded: (...about) => store.othersSucceeded(...about),
    idOf: (nativeId) => (kind === null ? null : gatewayId(kind, connection, nativeId)),
    open: async (alike) =>
      (await store.openOthers({ connection, operations: MAKING, except })).filter(({ journal }) =>
        stepsIn(journal).some(alike),
      ),
    unclaimed: async (nativeIds) => {
      if (kind === null) return nativeIds
      const claimed = await Promise.all(
        nativeIds.map((nativeId) => store.isMade(gatewayId(kind, connection, nativeId), { by: MAKING, except })),
      )
      return nativeIds.filter((_, place) => !claimed[place])
    },
  }
}

const stepsIn = (journal: string | null): WriteStep[] =>
  journal === null ? [] : (JSON.parse(journal) as { steps: { step: WriteStep }[] }).steps.map(({ step }) => step)
