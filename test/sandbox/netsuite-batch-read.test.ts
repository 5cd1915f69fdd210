/** Batch reads of the NetSuite sandbox: a job, its progress, and a result for each id. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  // Without SuiteQL this is what many records can be read by.
  caller = await startCaller({ profile: 'single' })
})
beforeEach(() => caller.sandbox.reset())
afterAll(() => caller.sandbox.close())

const ROOT = '/services/rest/record/v1/'
const ASYNC = { prefer: 'respond-async' }
const submit = (path: string, headers: Record<string, string> = ASYNC) =>
  caller.call('GET', `${ROOT}${path}`, undefined, headers)
const look = (path: string) => caller.call('GET', `/services/rest/async/v1/${path}`)

describe('a batch read', () => {
  it('is a job that is waiting at first, with a result for each id in their order', async () => {
    const answer = await submit('customer?expandRecords=true&ids=457,eid:acme,99')
    expect([answer.status, answer.body, answer.headers.get('preference-applied')]).toEqual([202, '', 'respond-async'])
    expect(answer.headers.get('location')).toBe(`${caller.sandbox.url}/services/rest/async/v1/job/1`)
    expect((await look('job/1/task/1/result')).status).toBe(404)
    expect((await look('job/1')).body).toMatchObject({ id: '1', completed: false, progress: 'pending' })
    expect((await look('job/1')).body).toMatchObject({ id: '1', completed: true, progress: 'succeeded' })
    const tasks = (await look('job/1/task')).body.items.map((item: { id: string }) => item.id)
    expect(tasks).toEqual(['1', '2', '3'])
    expect((await look('job/1/task/1')).body).toMatchObject({ completed: true, progress: 'succeeded' })
    const results = await Promise.all(tasks.map((id: string) => look(`job/1/task/${id}/result`)))
    expect(results.map(({ status }) => status)).toEqual([200, 200, 404])
    expect(results.slice(0, 2).map(({ body }) => body.id)).toEqual(['457', '456'])
    expect(results[0].body).toMatchObject({ companyName: 'Harbour Supplies', addressBook: { links: [{}] } })
    expect(results[0].body).not.toHaveProperty('subsidiary')
    expect((await look('job/1/task/3')).body.progress).toBe('failed')
  })

  it('does the same key once', async () => {
    const headers = { ...ASYNC, 'x-netsuite-idempotency-key': '0d4b4b8e-7d57-4d8e-9a3b-3f6c0c2a9c11' }
    await submit('customer?expandRecords=true&ids=457', headers)
    const again = await submit('customer?expandRecords=true&ids=457', headers)
    expect([again.status, again.body.title, again.error?.['o:errorCode']]).toEqual([
      ...[400, 'Conflict', 'IDEMPOTENCY_ERROR'],
    ])
    expect(again.headers.get('location')).toMatch(/\/job\/1$/)
  })

  it('is asynchronous only, and of a hundred records at most', async () => {
    expect((await submit('customer?expandRecords=true&ids=457', {})).error?.['o:errorCode']).toBe('INVALID_HEADER')
    const ids = Array.from({ length: 101 }, (_, at) => at).join(',')
    expect((await submit(`customer?expandRecords=true&ids=${ids}`)).error?.['o:errorCode']).toBe('INVALID_PARAMETER')
    expect((await submit('customer?expandRecords=true')).status).toBe(400)
    expect((await submit('customer/457')).status).toBe(400)
    expect([(await look('job/1')).status, (await look('jobs')).status]).toEqual([404, 400])
  })
})
