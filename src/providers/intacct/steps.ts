/** Sends a step as one transaction under its fence, and finds out later what became of it. */
import { fieldError, GatewayError } from '../../errors.ts'
import type { Probe, StepContext, StepResult, StepRunner, WriteStep } from '../provider.ts'
import { type Desk, keyMadeBy, madeBy } from './account.ts'
import type { FunctionResult } from './answer.ts'
import { probeChangedCustomer, probeDeletedCustomer, probeNewCustomer } from './customer-probes.ts'
import { findByExternalId } from './customer-upsert.ts'
import { idOf, KEY } from './payment-history.ts'
import { probeChangedDraft, probeDeletedDraft, probeMade, probeReversed } from './payment-probes.ts'
import { type CreateCustomerStep, fenceOf, type IntacctStep } from './step.ts'

export const stepRunner = (desk: Desk): StepRunner => ({
  send: (step, context) => send(desk, stored(step), context),
  probe: (step, context) => probe(desk, stored(step), context),
})

/** What this provider planned itself, perhaps in another process. */
const stored = (step: WriteStep): IntacctStep => step as unknown as IntacctStep

async function send(desk: Desk, step: IntacctStep, context: StepContext): Promise<StepResult> {
  const { title, functions } = step
  // What is sent again late may have been overtaken, and nothing at Intacct keeps an external id to one customer.
  if (context.resumed && step.kind === 'create-customer') await mustBeFree(desk, step)
  let results: readonly FunctionResult[]
  try {
    results = await desk.client.write({ title, functions, controlId: fenceOf(context) })
  } catch (error) {
    if (!isRecorded(error)) throw error
    return recorded(desk, step, context, error)
  }
  const last = results.at(-1)
  if (step.kind === 'create-customer') {
    const id = madeBy(last, 'CUSTOMERID')
    desk.recordNumbers.set(id, keyMadeBy(last, KEY))
    return { nativeId: id }
  }
  if (step.kind === 'change-customer') desk.recordNumbers.set(step.nativeId, keyMadeBy(last, KEY))
  return { nativeId: step.nativeId ?? idOf(step.kind === 'make' ? step.object : 'ARPYMT', madeBy(last, KEY)) }
}

async function mustBeFree(desk: Desk, { externalId }: CreateCustomerStep): Promise<void> {
  if (externalId === undefined || (await findByExternalId(desk, externalId)) === null) return
  throw fieldError('conflict', '/externalId', 'Sage Intacct has a customer with this external id already.')
}

/** "A successful transaction has already been recorded": the only refusal that says that it happened. */
const isRecorded = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && error.code === 'conflict' && error.applied === 'yes'

/** Ours: nobody else has this control id. Intacct does not repeat the first answer, so what was made is searched. */
async function recorded(desk: Desk, step: IntacctStep, context: StepContext, cause: GatewayError): Promise<StepResult> {
  const known = step.kind === 'create-customer' ? step.number : step.nativeId
  if (known !== null) return { nativeId: known }
  const found = await probe(desk, step, context)
  if (found.outcome === 'done') return found.result
  const nativeId = found.outcome === 'candidates' ? await context.mine?.(found) : null
  if (nativeId) return { nativeId }
  const detail = 'Sage Intacct has recorded the write, and its record is not known yet.'
  throw new GatewayError('provider_garbled', detail, { ...cause.options, applied: 'unknown', cause })
}

function probe(desk: Desk, step: IntacctStep, context: StepContext): Promise<Probe> {
  switch (step.kind) {
    case 'make':
      return probeMade(desk, step)
    case 'reverse':
      return probeReversed(desk, step)
    case 'change-draft':
      return probeChangedDraft(desk, step)
    case 'delete-draft':
      return probeDeletedDraft(desk, step)
    case 'create-customer':
      return probeNewCustomer(desk, step, context)
    case 'change-customer':
      return probeChangedCustomer(desk, step, context)
    case 'delete-customer':
      return probeDeletedCustomer(desk, step)
  }
}
