/** The generic `create`, `update` and `delete`: several objects in one call, each for itself (partial success is recorded). */
import type { Company, Fields } from '../company.ts'
import { FunctionFailure, refuse, unknownObject } from '../errors.ts'
import { element, leaf } from '../markup.ts'
import { objectType } from '../objects/index.ts'
import { textOf, type XmlElement } from '../xml.ts'
import { createContact, deleteContact, updateContact } from './contact-writing.ts'
import type { CallContext, FunctionResult } from './context.ts'
import { createCustomer, deleteCustomer, updateCustomer, writtenCustomer } from './customer-writing.ts'
import { createAdvance, createPayment, deletePayment, updatePayment } from './payment-writing.ts'

type Write = (company: Company, element: XmlElement, entity: string) => Fields

const CREATE: Readonly<Record<string, Write>> = {
  CUSTOMER: (company, element, entity) => createCustomer(company, writtenCustomer(company, element), entity),
  CONTACT: createContact,
  ARPYMT: createPayment,
  ARADVANCE: createAdvance,
}
const UPDATE: Readonly<Record<string, Write>> = {
  CUSTOMER: (company, element) => updateCustomer(company, writtenCustomer(company, element)),
  CONTACT: updateContact,
  ARPYMT: updatePayment,
}
const DELETE: Readonly<Record<string, (company: Company, recordNumber: string) => void>> = {
  CUSTOMER: (company, recordNumber) => deleteCustomer(company, company.customerIdOf(recordNumber), recordNumber),
  CONTACT: deleteContact,
  ARPYMT: deletePayment,
}

export function create(call: XmlElement, context: CallContext): FunctionResult {
  return writeEach(call, context, CREATE, 'create')
}

export function update(call: XmlElement, context: CallContext): FunctionResult {
  return writeEach(call, context, UPDATE, 'update')
}

/** Later objects are still tried after one failed: the answer carries those that were made and the errors of the others. */
function writeEach(
  call: XmlElement,
  context: CallContext,
  writes: Readonly<Record<string, Write>>,
  verb: string,
): FunctionResult {
  const { company, session } = context
  const made: string[] = []
  const failures: FunctionFailure[] = []
  for (const object of call.children) {
    const write = Object.hasOwn(writes, object.name) ? writes[object.name] : undefined
    try {
      if (!write) throw notWritable(object.name, verb)
      const keys = company.transaction(() => write(company, object, session.locationId))
      made.push(
        element(
          object.name.toLowerCase(),
          Object.entries(keys).map(([name, value]) => leaf(name, value)),
        ),
      )
    } catch (error) {
      if (!(error instanceof FunctionFailure)) throw error
      failures.push(error)
    }
  }
  const data = element('data', made, { listtype: 'objects', count: String(made.length) })
  if (failures.length === 0) return { data }
  throw new FunctionFailure(
    failures.flatMap((failure) => failure.entries),
    data,
  )
}

function notWritable(name: string, verb: string): FunctionFailure {
  try {
    objectType(name)
  } catch {
    return unknownObject(name)
  }
  return refuse('notPerformed', { operation: verb.toUpperCase(), value: name.toLowerCase() })
}

export function remove(call: XmlElement, context: CallContext): FunctionResult {
  const name = textOf(call, 'object')!
  const deleteOne = Object.hasOwn(DELETE, name) ? DELETE[name] : undefined
  if (!deleteOne) throw notWritable(name, 'delete')
  const keys = textOf(call, 'keys')!
    .split(',')
    .map((key) => key.trim())
  for (const key of keys) context.company.transaction(() => deleteOne(context.company, key))
  return {}
}
