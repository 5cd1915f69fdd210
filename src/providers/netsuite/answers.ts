/** Reading NetSuite's answers: JSON with exact numbers, records, and what is half or no record. */
import { GatewayError } from '../../errors.ts'
import type { VendorRecord } from '../../mapping/mapping.ts'
import type { WireResponse } from '../../wire/exchange.ts'
import { jsonOf } from '../../wire/parsed.ts'
import { isInternalId } from './internal-id.ts'

export const isJson = (response: WireResponse): boolean => response.body.trimStart().startsWith('{')
export const garbled = (detail: string) => new GatewayError('provider_garbled', detail, { applied: 'no' })

function parsed(response: WireResponse): unknown {
  try {
    return jsonOf(response)
  } catch (error) {
    throw new GatewayError('provider_garbled', 'NetSuite answered something that is not JSON.', {
      applied: 'no',
      cause: error,
    })
  }
}

/** Half a record after a write says neither what was made nor whether. */
export function shownId(response: WireResponse): string | null {
  try {
    const id = String(objectOf(response)['id'] ?? '')
    return isInternalId(id) ? id : null
  } catch (cause) {
    throw new GatewayError('provider_garbled', 'NetSuite answered a write with half a record.', { cause })
  }
}

export function objectOf(response: WireResponse): VendorRecord {
  const value = parsed(response)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw garbled('NetSuite answered JSON that is not a record.')
  return value as VendorRecord
}
