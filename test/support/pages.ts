/** Walks through a list from its first page to its last. */
import { expect } from 'vitest'
import type { Request } from './gateway.ts'

const FOR_EVER = 500

/** All records, in the order they came. Fails when the list does not end, or when `hasMore` and the cursor disagree. */
// biome-ignore lint/suspicious/noExplicitAny: records of any kind
export async function pageThrough(request: Request, path: string): Promise<any[]> {
  const records: unknown[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < FOR_EVER; pages++) {
    const answer = await request('GET', cursor === null ? path : `${path}&cursor=${encodeURIComponent(cursor)}`)
    expect({ path, status: answer.status, detail: answer.body?.detail }).toEqual({
      path,
      status: 200,
      detail: undefined,
    })
    const { data, page } = answer.body
    records.push(...data)
    expect(page.hasMore).toBe(page.nextCursor !== null)
    if (page.nextCursor === null) return records
    expect(data.length).toBeGreaterThan(0)
    expect(answer.headers.get('link')).toMatch(/^<.+>; rel="next"$/)
    cursor = page.nextCursor
  }
  throw new Error(`${path} does not end`)
}
