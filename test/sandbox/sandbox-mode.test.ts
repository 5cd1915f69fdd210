/** Sandbox mode with each kind of NetSuite account: chosen by the environment, configured to fit. */
import { describe, expect, it } from 'vitest'
import { PROVIDERS } from '../../src/providers/index.ts'
import { startSandboxMode } from '../../src/sandbox-mode.ts'

describe('NETSUITE_PROFILE', () => {
  it.each([
    [undefined, 'NetSuite sandbox', true],
    ['', 'NetSuite sandbox', true],
    ['guide', 'NetSuite sandbox (guide)', true],
    ['single', 'NetSuite sandbox (single)', false],
  ])('%j', async (name, title, hasSubsidiaries) => {
    const environment = name === undefined ? {} : { NETSUITE_PROFILE: name }
    const mode = await startSandboxMode(PROVIDERS, { customers: 0, environment })
    try {
      const [connection] = mode.config.connections
      expect([connection!.name, connection!.title, mode.erps[0]!.title]).toEqual(['netsuite', title, title])
      const { defaults } = connection!.settings as { defaults: Record<string, unknown> }
      expect('subsidiaryId' in defaults && defaults['subsidiaryId'] !== undefined).toBe(hasSubsidiaries)
    } finally {
      await mode.close()
    }
  })

  it('is refused by another name', async () => {
    const wrong = startSandboxMode(PROVIDERS, { customers: 0, environment: { NETSUITE_PROFILE: 'Guide' } })
    await expect(wrong).rejects.toThrow('There is no NetSuite profile "Guide"; there are 2026.1, guide, single.')
  })
})
