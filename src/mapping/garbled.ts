/** A vendor's value that cannot be read. Its message says what was expected and never what was there. */
import { GatewayError } from '../errors.ts'

/** Where no row catches it, it is what any answer is that cannot be read. */
export class GarbledValue extends GatewayError {
  readonly expectation: string

  constructor(expectation: string) {
    super('provider_garbled', `A value of the ERP cannot be read: ${expectation}.`)
    this.expectation = expectation
  }
}

/** Stops the reading of a value. */
export const garbledValue = (expected: string, value: unknown): never => {
  throw new GarbledValue(`expected ${expected}, got ${kindOf(value)}`)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'string' ? 'other text' : `a value of the type ${typeof value}`
}
