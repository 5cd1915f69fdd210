/** What the NetSuite sandbox's SuiteQL refuses: always a 400 that says why, never an empty list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Caller, startCaller } from './netsuite-caller.ts'

let caller: Caller
beforeAll(async () => {
  caller = await startCaller()
})
afterAll(() => caller.sandbox.close())

describe('what cannot be asked is refused', () => {
  it.each([
    [
      'SELECT subsidiary FROM transaction',
      "Unknown identifier 'subsidiary'. Available identifiers are: {transaction=transaction}.",
    ],
    ['SELECT t.balance FROM customer t', "Unknown identifier 'balance'. Available identifiers are: {t=customer}."],
    ['SELECT id FROM vendorbill', "Record 'vendorbill' was not found."],
    ['SELECT "nothing" FROM customer', "Unknown identifier 'nothing'"],
    ['SELECT id FROM sqlite_master', 'Unknown identifier'],
    ['SELECT rowid FROM customer', 'Unknown identifier'],
    ['SELECT id FROM customer LIMIT 5', 'LIMIT'],
    ['SELECT id FROM customer; SELECT 1', 'near ";'],
    ['UPDATE customer SET id = 1', 'only SELECT'],
    ['SELECT IFNULL(id, 1) FROM customer', 'Function IFNULL'],
    ['SELECT id FROM customer WHERE email GLOB ?', 'GLOB'],
    ['SELECT BUILTIN.HIERARCHY(parent) FROM customer', 'BUILTIN.HIERARCHY'],
    [
      "SELECT id FROM transaction WHERE trandate >= '2026-03-01'",
      'Parse of date/time "2026-03-01" failed with date format "M/d/yy"',
    ],
    ["SELECT id FROM transaction WHERE trandate BETWEEN '3/1/2026' AND 'x'", 'Parse of date/time "x"'],
    ["SELECT id FROM transaction WHERE trandate = TO_DATE('2026-13-01', 'YYYY-MM-DD')", 'valid date'],
    ["SELECT id FROM transaction WHERE trandate = TO_DATE('2026-03-01T00:00:00', 'YYYY-MM-DD')", 'does not match'],
    ["SELECT TO_CHAR(trandate, 'YYYY-MM-DDTHH24') FROM transaction", 'Invalid date format'],
    ['SELECT id FROM customer WHERE (id = 1', '")" is missing'],
    ['SELECT', 'Invalid or unsupported search'],
  ])('%s', async (query, text) => {
    const answer = await caller.sql(query, query.includes('?') ? ['x'] : [])
    expect(answer.status).toBe(400)
    expect(answer.error).toMatchObject({ 'o:errorCode': 'INVALID_PARAMETER', 'o:errorQueryParam': 'q' })
    expect(answer.error?.detail).toMatch(
      /^Invalid search query\. Detailed unprocessed description follows\. Search error occurred: /,
    )
    expect(answer.error?.detail).toContain(text)
  })

  it('reads a text beside a date column in the account format', async () => {
    const count = async (where: string, ...params: string[]) =>
      (await caller.rows(`SELECT COUNT(*) AS n FROM transaction t WHERE t.entity = 456 AND ${where}`, params))[0]!['n']
    expect(await count("t.trandate > '2/2/2026'")).toBe('2')
    expect(await count('t.trandate BETWEEN ? AND ?', '2/2/2026', '2/9/2026')).toBe('3')
    expect(await count('t.createddate >= TO_DATE(?, \'YYYY-MM-DD"T"HH24:MI:SS\')', '2025-12-25T10:00:00')).toBe('4')
    expect(await count("t.createddate > TO_DATE(?, 'YYYY-MM-DD HH24:MI:SS')", '2025-12-25 10:00:00')).toBe('0')
  })
})
