/** The NetSuite sandbox's list filter `q`: words for operators, and nothing else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
afterAll(() => caller.sandbox.close())

describe('q', () => {
  const ids = async (q: string) => {
    const answer = await caller.record('GET', `customer?q=${encodeURIComponent(q)}`)
    return answer.status === 200
      ? answer.body.items.map((item: { id: string }) => item.id)
      : answer.error?.['o:errorCode']
  }

  it('understands words, lists, dates of the account, AND before OR', async () => {
    expect(await ids('companyName START_WITH "Acme"')).toEqual(['456'])
    expect(await ids('email IS "contact@acmecorp.com"')).toEqual(['456'])
    expect(await ids('id ANY_OF [456, 457, 1]')).toEqual(['456', '457'])
    expect(await ids('parent ANY_OF [457]')).toEqual(['458'])
    expect(await ids('creditLimit GREATER_OR_EQUAL 50000 AND id LESS 500')).toEqual(['456'])
    expect(await ids('id BETWEEN [457, 458]')).toEqual(['457', '458'])
    expect(await ids('id EQUAL 458 OR companyName CONTAIN "acme" AND id EQUAL 457')).toEqual(['458'])
    expect(await ids('(id EQUAL 458 OR companyName CONTAIN "acme") AND id LESS 458')).toEqual(['456'])
    expect(await ids('dateCreated ON "12/25/2025"')).toEqual(['456', '457', '458'])
    expect(await ids('dateCreated AFTER "12/25/2025"')).toEqual([])
    expect(await ids('companyName END_WITH_NOT "West" AND parent EMPTY_NOT AND id LESS 1000')).toEqual([])
    expect((await ids('isInactive IS true')).length).toBe(3)
  })

  it.each([
    "companyName LIKE 'Acme%'",
    "email='x@y'",
    'inactive IS true',
    'balance GREATER 10',
    'dateCreated ON_OR_AFTER "2025-12-25"',
    'companyName GREATER 5',
    'companyName IS',
    '(id EQUAL 1',
    'id EQUAL 1 id EQUAL 2',
    'subsidiary IS 1',
  ])('refuses %s', async (q) => {
    expect(await ids(q)).toBe('INVALID_PARAMETER')
  })
})
