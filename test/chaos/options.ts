/** What a chaos run is asked to do. */
import type { ErpName } from '../support/erps.ts'

export interface ChaosOptions {
  readonly seed: number
  /** For each ERP, at least: there are more until every cut point was reached. */
  readonly payments: number
  readonly erps: readonly ErpName[]
  readonly clients: number
  /** `sqlite:…` or `postgres://…`. */
  readonly databaseUrl: string
  readonly instances: number
  /** The run fails when it takes longer. */
  readonly seconds: number
  /** Compiled entry files. */
  readonly gatewayMain: string
  readonly sandboxMain: string
  /** Where the configuration is written. */
  readonly folder: string
  /** Names of cut points that must each be reached; none for a run without. */
  readonly cutPoints: readonly string[]
  /** Whether instances are killed at random moments too. */
  readonly kills: boolean
  readonly faults: boolean
  /** Stops one instance until its lease has ended, then lets it go on. */
  readonly freeze: boolean
  /** Called once in the middle: restarts the database. */
  readonly restartDatabase: (() => Promise<void>) | null
  /** Where the log of every gateway process is kept; null for nowhere. */
  readonly logs: string | null
  readonly say: (line: string) => void
}

/** Short, so that a run meets every state: the figures of a real configuration are minutes. */
export const INTENTS = {
  retentionDays: 30,
  leaseSeconds: 2,
  consistencyWindowSeconds: 2,
  warnAfterSeconds: 30,
} as const
export const DEADLINE_SECONDS = 2
