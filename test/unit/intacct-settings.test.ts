/** What an Intacct connection refuses of its settings beside their schema. */
import { describe, expect, it } from 'vitest'
import { intacct } from '../../src/providers/intacct/index.ts'

const faults = (defaults: object) => intacct.faults?.({ defaults } as never) ?? []

describe('settings', () => {
  it('take custom fields for external ids and marks', () => {
    expect(faults({})).toEqual([])
    expect(faults({ intentField: 'GATEWAY_INTENT', externalIdField: 'EXTERNAL_ID' })).toEqual([])
  })
  it.each(['COMMENTS', 'description', 'CUSTOMERID', 'DOCNUMBER', 'SUPDOCID', 'DISPLAYCONTACT'])(
    'do not overwrite %s',
    (intentField) => {
      expect(faults({ intentField })).toEqual([expect.stringMatching(/^defaults\.intentField/)])
    },
  )
  it('keep the two apart', () => {
    expect(faults({ intentField: 'ours', externalIdField: 'OURS' })).toHaveLength(1)
  })
})
