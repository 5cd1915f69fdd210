/** The docs page in a real browser: what it is filled with works when Execute is pressed, and it asks nobody else. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { SANDBOX_KEY } from '../../src/config.ts'
import { createLogger } from '../../src/logging.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { type SandboxMode, startSandboxMode } from '../../src/sandbox-mode.ts'
import { openStore } from '../../src/store/open.ts'

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = process.env['CHROMIUM'] ?? CANDIDATES.find((path) => existsSync(path))
if (!executablePath) console.log('The docs page is not tested: no browser is installed. Name one in CHROMIUM.')

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(!executablePath)('the docs page', () => {
  let mode: SandboxMode
  let app: Awaited<ReturnType<typeof buildApp>>
  let url: string
  let browser: Browser
  let page: Page
  /** What must not happen, in the browser's words. */
  const troubles: string[] = []

  beforeAll(async () => {
    mode = await startSandboxMode(PROVIDERS)
    app = await buildApp({
      config: mode.config,
      store: await openStore('sqlite::memory:'),
      log: createLogger('silent'),
      sandboxKey: SANDBOX_KEY,
    })
    url = await app.listen({ port: 0, host: '127.0.0.1' })
    browser = await chromium.launch({ executablePath: executablePath as string, headless: true, args: FLAGS })
    page = await openPage()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    await app?.close()
    await mode?.close()
  })

  afterEach(() => {
    expect(troubles.splice(0)).toEqual([])
  })

  async function openPage(): Promise<Page> {
    const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    opened.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text())
    })
    opened.on('pageerror', (error) => troubles.push(error.message))
    opened.on('request', (request) => {
      const asked = new URL(request.url())
      if (asked.origin !== url && asked.protocol !== 'data:') troubles.push(`a request to ${asked.origin}`)
    })
    await opened.goto(`${url}/docs`)
    await opened.locator('.opblock').first().waitFor()
    return opened
  }

  /** Unfolds an operation with its fields editable; it stays like that for the tests that follow. */
  async function open(tag: string, operationId: string): Promise<Locator> {
    const operation = page.locator(`#operations-${tag}-${operationId}`)
    if ((await operation.locator('.opblock-body').count()) === 0) {
      await operation.locator('.opblock-summary-control').click()
      await operation.getByRole('button', { name: 'Try it out' }).click()
    }
    return operation
  }

  interface Shown {
    readonly status: string
    readonly body: Record<string, unknown>
    /** The Idempotency-Key that was sent. */
    readonly key: string | undefined
  }
  async function execute(operation: Locator): Promise<Shown> {
    const answer = operation.locator('.live-responses-table .response').first()
    const clear = operation.getByRole('button', { name: 'Clear' })
    if ((await clear.count()) > 0) await clear.click()
    await answer.waitFor({ state: 'detached' })
    const sent = page.waitForRequest((request) => request.url().includes('/v1/'))
    await operation.getByRole('button', { name: 'Execute' }).click()
    const key = (await (await sent).allHeaders())['idempotency-key']
    await answer.waitFor()
    const status = await answer.locator('.response-col_status').first().textContent()
    const text = await answer.locator('.highlight-code code').first().textContent()
    return { status: (status ?? '').trim(), body: JSON.parse(text ?? ''), key }
  }

  test('has its own name and mark, and lists every operation', async () => {
    expect(await page.title()).toBe('Receivables gateway')
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toContain('favicon.svg')
    const document = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> }
    const operations = Object.values(document.paths).flatMap((item) => Object.keys(item))
    expect(await page.locator('.opblock').count()).toBe(operations.length)
  })

  test('fills in an id that works', async () => {
    const { status, body } = await execute(await open('customers', 'getCustomer'))
    expect(status).toBe('200')
    expect(body['id']).toBe('cus_netsuite_456')
  })

  test.each([
    { id: 'cus_netsuite_456', provider: 'netsuite' },
    { id: 'cus_intacct_ACME', provider: 'intacct' },
  ])('reads $id', async ({ id, provider }) => {
    const operation = await open('customers', 'getCustomer')
    await operation.locator('.parameters select').first().selectOption(id)
    const { status, body } = await execute(operation)
    expect(status).toBe('200')
    expect(body).toMatchObject({ id, provider, name: 'Acme Corporation' })
  })

  test.each([
    { example: 'netsuite', customer: 'cus_netsuite_456' },
    { example: 'intacct', customer: 'cus_intacct_ACME' },
  ])('records a payment of $customer', async ({ example, customer }) => {
    const operation = await open('payments', 'createPayment')
    await operation.locator('.opblock-section-request-body .examples-select select').selectOption(example)
    const { status, body } = await execute(operation)
    expect(status).toBe('201')
    expect(body).toMatchObject({ connection: example, customer: { id: customer }, unappliedAmount: '0.00' })
  })

  test('sends a fresh key each time, and one that was typed as it is', async () => {
    const operation = await open('payments', 'createPayment')
    const first = await execute(operation)
    const second = await execute(operation)
    expect([first.status, second.status]).toEqual(['201', '201'])
    expect(first.key).toMatch(/^[0-9a-f]{32}$/)
    expect(second.key).not.toBe(first.key)
    expect(second.body['id']).not.toBe(first.body['id'])
    await operation.locator('input[placeholder="Idempotency-Key"]').fill('typed-by-hand')
    expect(await execute(operation)).toMatchObject({ status: '201', key: 'typed-by-hand' })
  })

  test('fits on a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    const operation = await open('customers', 'getCustomer')
    await execute(operation)
    const { scrollWidth, innerWidth } = (await page.evaluate(
      '({ scrollWidth: document.documentElement.scrollWidth, innerWidth })',
    )) as { scrollWidth: number; innerWidth: number }
    expect(scrollWidth).toBeLessThanOrEqual(innerWidth)
  })
})
