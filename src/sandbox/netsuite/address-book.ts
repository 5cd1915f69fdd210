/** The address book: lines keyed by id are merged, others appended, `?replace=addressBook` takes the sent ones only. */
import { noSuchLine } from './errors.ts'
import type { Line } from './fields.ts'
import type { NetSuiteState } from './state.ts'

export function mergeAddresses(
  state: NetSuiteState,
  before: readonly Line[],
  sent: readonly Line[],
  replace: boolean,
): Line[] {
  const kept = new Map(before.map((line) => [String(line['id']), line]))
  const lines = new Map(replace ? [] : kept)
  const winners = new Map<string, string>()
  for (const [position, line] of sent.entries()) {
    const key = line['id'] ?? line['internalId'] ?? null
    const old = key === null ? undefined : kept.get(String(key))
    if (key !== null && old === undefined) {
      throw noSuchLine('addressbook', { id: String(key) }, `addressBook.items[${position}].id`)
    }
    const id = old ? String(old['id']) : state.books.nextId('address')
    lines.set(id, mergedLine(state, id, old, line, replace))
    for (const flag of DEFAULTS) if (line[flag] === true) winners.set(flag, id)
  }
  for (const [flag, winner] of winners) {
    for (const [id, line] of lines) if (id !== winner) lines.set(id, { ...line, [flag]: false })
  }
  return [...lines.values()]
}

/** One line at most is each default: the last one that was sent as such. */
const DEFAULTS = ['defaultBilling', 'defaultShipping'] as const

/** Under `replace` a line that keeps its id is written anew: what is not sent is empty. */
function mergedLine(state: NetSuiteState, id: string, old: Line | undefined, sent: Line, replace: boolean): Line {
  const base = replace ? {} : (old ?? {})
  const address = withoutNulls({
    ...(replace ? {} : ((old?.['addressBookAddress'] ?? {}) as Line)),
    ...((sent['addressBookAddress'] ?? {}) as Line),
  })
  address['addrText'] = addressText(address)
  return {
    ...{ defaultBilling: false, defaultShipping: false, isResidential: false },
    ...withoutNulls({ ...base, ...sent }),
    ...{ id, internalId: id, addressId: id, addressBookAddress: address },
    addressBookAddress_text: address['addrText'],
    lastModifiedDate: state.clock().toISOString(),
  }
}

function addressText(address: Line): string {
  const place = [address['city'], address['state'], address['zip']].filter(Boolean).join(' ')
  const lines = ['attention', 'addressee', 'addr1', 'addr2', 'addr3'].map((name) => address[name])
  return [...lines, place, address['country']].filter(Boolean).join('\n')
}

function withoutNulls(line: Line): Record<string, unknown> {
  return Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null && value !== undefined))
}
