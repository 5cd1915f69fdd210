/** Sends and looks for the steps of a NetSuite connection, each by its kind. */
import type { Probe, StepContext, StepResult, StepRunner, WriteStep } from '../provider.ts'
import { probeChange, probeRemove, sendAddresses, sendChange, sendRemove } from './change-steps.ts'
import { probeCreate, sendCreate } from './create-step.ts'
import { probeScript, sendScript } from './script-step.ts'
import type { Session } from './session.ts'
import { probeSettle, sendSettle } from './settle-step.ts'
import type { Step } from './write-steps.ts'

interface Kind<S extends Step> {
  readonly send: (session: Session, step: S, context: StepContext) => Promise<StepResult>
  readonly probe: (session: Session, step: S, context: StepContext) => Promise<Probe>
}

const KINDS: { readonly [K in Step['kind']]: Kind<Extract<Step, { kind: K }>> } = {
  create: { send: sendCreate, probe: probeCreate },
  change: { send: sendChange, probe: probeChange },
  addresses: { send: sendAddresses, probe: probeChange },
  remove: { send: sendRemove, probe: probeRemove },
  settle: { send: sendSettle, probe: probeSettle },
  script: { send: sendScript, probe: probeScript },
}

function kindOf(step: WriteStep): Kind<never> {
  const kind = Object.hasOwn(KINDS, step.kind) ? KINDS[step.kind as Step['kind']] : undefined
  if (!kind) throw new Error(`NetSuite has no steps of the kind ${step.kind}.`)
  return kind
}

export const stepRunner = (session: Session): StepRunner => ({
  send: async (step, context) => kindOf(step).send(session, step as never, context),
  probe: async (step, context) => kindOf(step).probe(session, step as never, context),
})
