/** Ends one gateway instance over and over: at each cut point once, at random moments, and frozen beyond its lease. */
import { setTimeout as pause } from 'node:timers/promises'
import type { GatewayProcess } from './gateway-process.ts'
import { INTENTS } from './options.ts'

export interface KillerPlan {
  readonly random: () => number
  /** Taken from the front; shared by all instances. One that was not reached is put back. */
  readonly cutPoints: string[]
  readonly reached: Set<string>
  readonly kills: boolean
  readonly freeze: boolean
  /** The lives are lived: the instance is to stay up. */
  readonly calm: AbortSignal
  readonly seen: { kills: number; freezes: number }
}

/** So many times as long as a start takes an instance may live on without reaching its cut point; then it is killed anyway. */
const CUT_PATIENCE = 10

/** Resolves when the storm is over and the instance runs without any cut point. */
export async function torment(instance: GatewayProcess, plan: KillerPlan): Promise<void> {
  const { random, cutPoints, reached, calm, seen } = plan
  while (!calm.aborted) {
    // The cut points may take all the time there is, so one instance is frozen first.
    const isFirstFreeze = plan.freeze && seen.freezes === 0
    if (isFirstFreeze) seen.freezes++
    const cut = isFirstFreeze ? null : (cutPoints.shift() ?? null)
    const { ready, gone } = instance.start(cut)
    if (cut !== null) {
      const name = cut.split(':')[0] as string
      const signal = await Promise.race([
        gone,
        ready.then(() => waitFor(CUT_PATIENCE * instance.startMs, calm)).then(() => null),
      ])
      if (signal === 'SIGKILL') reached.add(name)
      else {
        cutPoints.push(name)
        instance.kill()
        await gone
      }
      continue
    }
    await ready
    if (!plan.kills && !plan.freeze) {
      await Promise.race([gone, waitFor(Number.MAX_SAFE_INTEGER, calm)])
    } else if (isFirstFreeze || (plan.freeze && random() < 0.4)) {
      await waitFor(200 + random() * 500, calm)
      instance.kill('SIGSTOP')
      await pause((INTENTS.leaseSeconds + 1) * 1000)
      instance.kill('SIGCONT')
      if (!isFirstFreeze) seen.freezes++
      await waitFor(1000, calm)
    } else await waitFor(instance.startMs * (0.3 + random() * 5), calm)
    if (calm.aborted || !(plan.kills || plan.freeze)) break
    seen.kills++
    // Some ends are in good order: what is under way is waited for, and the next instance takes over.
    instance.kill(random() < 0.25 ? 'SIGTERM' : 'SIGKILL')
    await gone
  }
  if (instance.url === null) await instance.start().ready
}

/** Ends early when the storm does. */
async function waitFor(milliseconds: number, calm: AbortSignal): Promise<void> {
  await pause(Math.min(milliseconds, 2 ** 31 - 1), undefined, { signal: calm }).catch(() => {})
}
