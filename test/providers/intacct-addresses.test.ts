/** The Sage Intacct provider against the sandbox: addresses, and what is refused about customers. */
import { describe, expect, it } from 'vitest'
import { intacctWorld, once, pointersOf, refusal } from './intacct-world.ts'

const world = intacctWorld()

describe('customers', () => {
  it('adds, changes and removes addresses', async () => {
    const added = await world.connection.createAddress!(
      'ACME',
      { label: 'Warehouse', line1: '9 Dock', city: 'Reno', country: 'US', isDefaultShipping: true },
      once(),
    )
    expect(added.record.addresses).toEqual([
      expect.objectContaining({ id: 'display', line1: '1 Main St', isDefaultBilling: true, isDefaultShipping: false }),
      expect.objectContaining({
        id: 'shipTo',
        label: 'Warehouse',
        line1: '9 Dock',
        isDefaultShipping: true,
        contactName: 'Warehouse(CACME)',
      }),
    ])
    const error = await refusal(world.connection.createAddress!('ACME', { line1: 'x' }, once()))
    expect([error.code, pointersOf(error)]).toEqual(['field_not_supported', ['/isDefaultBilling']])
    const changed = await world.connection.updateCustomer(
      'ACME',
      {
        addresses: [
          { id: 'display', line1: '2 Main St', country: 'DE' },
          { id: 'shipTo', line1: '10 Dock', isDefaultShipping: true },
        ],
      },
      once(),
    )
    expect(changed.record.addresses).toEqual([
      expect.objectContaining({ id: 'display', line1: '2 Main St', city: null, country: 'DE' }),
      expect.objectContaining({ id: 'shipTo', line1: '10 Dock', city: null, country: null }),
    ])
    await world.connection.deleteAddress!('ACME', 'shipTo', once())
    expect((await world.connection.getCustomer('ACME')).record.addresses).toHaveLength(1)
    await world.connection.deleteAddress!('ACME', 'display', once())
    expect((await world.connection.getCustomer('ACME')).record.addresses).toEqual([])
    expect((await refusal(world.connection.deleteAddress!('ACME', 'billTo', once()))).code).toBe('not_found')
  })

  it("refuses with the caller's field", async () => {
    const refused: [object, string, string][] = [
      [{}, 'field_required', '/name'],
      [{ name: 'X', stage: { id: '1' } }, 'field_not_supported', '/stage'],
      [{ name: 'X', externalId: '1' }, 'field_not_supported', '/externalId'],
      [{ name: 'X', vendorFields: { NAME: 'Y' } }, 'field_not_supported', '/vendorFields/NAME'],
      [{ name: 'X', type: 'person' }, 'field_required', '/lastName'],
      [{ name: 'X', parent: { name: 'Nobody at all' } }, 'invalid_reference', '/parent'],
      [{ name: 'X', parent: { id: 'EUROPA', name: 'Acme Corporation' } }, 'invalid_reference', '/parent'],
      [{ name: 'X', terms: { id: 'Net 30', name: 'Net 60' } }, 'invalid_reference', '/terms'],
    ]
    for (const [input, code, pointer] of refused) {
      const error = await refusal(world.connection.createCustomer(input, once()))
      expect([error.code, pointersOf(error)], JSON.stringify(input)).toEqual([code, [pointer]])
    }
  })

  it("turns Intacct's refusals into codes", async () => {
    const duplicate = await refusal(world.connection.createCustomer({ number: 'ACME', name: 'X' }, once()))
    expect([duplicate.code, duplicate.applied, duplicate.options.vendorPaths]).toEqual([
      'conflict',
      'no',
      ['CUSTOMERID'],
    ])
    expect(duplicate.options.upstream).toMatchObject({ code: 'BL34000061', status: 200 })
    const terms = await refusal(world.connection.createCustomer({ name: 'X', terms: { id: 'Nope' } }, once()))
    expect([terms.code, terms.options.vendorPaths]).toEqual(['invalid_reference', ['TERM', 'TERMNAME']])
    expect((await refusal(world.connection.getCustomer('NOBODY'))).code).toBe('not_found')
    expect((await refusal(world.connection.updateCustomer('NOBODY', { email: 'a@b.example' }, once()))).code).toBe(
      'not_found',
    )
    expect((await refusal(world.connection.updateCustomer('ACME', { number: 'OTHER' }, once()))).code).toBe(
      'not_changeable',
    )
    expect((await refusal(world.connection.deleteCustomer('ACME', once()))).code).toBe('conflict')
  })
})
