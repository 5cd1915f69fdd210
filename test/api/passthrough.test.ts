/** Passthrough on both ERPs: keys, and what stands in the log. */
import { describe, expect, it } from 'vitest'
import { newKey } from '../support/gateway.ts'
import { passthroughWorld } from './passthrough-world.ts'

const { world, post, data, native } = passthroughWorld()

describe('an Idempotency-Key', () => {
  const create = {
    method: 'POST',
    path: '/services/rest/record/v1/customer',
    body: { companyName: 'Keyed Ltd', subsidiary: { id: '1' }, autoName: true },
  }
  const made = () =>
    world.gateway.erps.netsuite.books.customers().filter(({ details }) => details['companyName'] === 'Keyed Ltd').length
  const ERROR_500 = {
    status: 500,
    headers: { 'content-type': 'application/vnd.oracle.resource+json; type=error' },
    body: '{"title":"Internal Server Error","status":500,"o:errorDetails":[{"detail":"An unexpected error occurred. Error ID: x1","o:errorCode":"UNEXPECTED_ERROR"}]}',
  }
  it('makes a write happen once', async () => {
    const key = newKey()
    const first = await post('netsuite', create, { key })
    const again = await post('netsuite', create, { key })
    expect(first.body.status).toBe(204)
    expect(again.text).toBe(first.text)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(made()).toBe(1)
    const other = await post('netsuite', { ...create, body: { companyName: 'Other' } }, { key })
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
  })
  it('repeats a definite refusal of the ERP', async () => {
    const key = newKey()
    const wrong = { ...create, headers: { 'X-NetSuite-PropertyNameValidation': 'Error' }, body: { colour: 'red' } }
    const first = await post('netsuite', wrong, { key })
    expect(first).toMatchObject({ status: 200, body: { status: 400 } })
    const again = await post('netsuite', wrong, { key })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.text).toBe(first.text)
  })
  it('never repeats an answer that says nothing about what happened', async () => {
    const { proxy, isWrite } = world.gateway.erps.netsuite
    const before = made()
    proxy.fail(isWrite, { kind: 'answer', answer: ERROR_500, afterForwarding: true })
    const key = newKey()
    const first = await post('netsuite', create, { key })
    expect(first).toMatchObject({
      status: 202,
      body: { object: 'operation', status: 'unknown', operation: 'passthrough' },
    })
    const again = await post('netsuite', create, { key })
    expect(again).toMatchObject({ status: 202, body: { status: 'unknown' } })
    expect(again.headers.get('idempotent-replayed')).toBeNull()
    expect(made()).toBe(before + 1)
  })
  it('is not needed: then the failure is the answer', async () => {
    const { proxy, isWrite } = world.gateway.erps.netsuite
    proxy.fail(isWrite, { kind: 'answer', answer: ERROR_500 })
    expect(await post('netsuite', create)).toMatchObject({ status: 200, body: { status: 500 } })
    expect(proxy.exchanges.filter(isWrite)).toHaveLength(1)
  })
})

it('logs what was called and nothing of its content', async () => {
  const from = world.gateway.logLines.length
  await native({
    method: 'GET',
    path: '/services/rest/record/v1/customer',
    query: { q: 'email IS "secret@person.example"' },
  })
  await data('update', { CUSTOMER: { CUSTOMERID: 'ACME', COMMENTS: 'secret words' } })
  const lines = world.gateway.logLines.slice(from)
  expect(lines.join('\n')).not.toMatch(/secret|ACME|Acme/)
  const exchanges = lines.map((line) => JSON.parse(line)).filter((line) => line.msg === 'exchange')
  const titles = exchanges.map((line) => line.exchange)
  expect(titles.filter((title) => !/^(getAPISession|POST token)$/.test(title))).toEqual([
    'passthrough GET',
    'passthrough update',
  ])
})
