/**
 * RECORD_TRAFFIC=<folder>: every request that the gateway sends to Intacct is kept there, to be checked against the vendor's
 * published schema. What is newer than that schema is taken out by name, and told in `newer.txt`.
 */
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { NEWER_FIELDS } from '../../src/sandbox/intacct/newer-fields.ts'

const folder = process.env['RECORD_TRAFFIC']
if (folder) mkdirSync(folder, { recursive: true })
let recorded = 0
let paused = false

export function record(body: string): void {
  if (!folder || paused || body === '') return
  recorded++
  const { published, newer } = withoutNewer(body)
  const name = `${process.pid}-${randomUUID().slice(0, 8)}-${String(recorded).padStart(4, '0')}.xml`
  writeFileSync(join(folder, name), published)
  if (newer.length > 0) appendFileSync(join(folder, 'newer.txt'), newer.map((one) => `${one}\n`).join(''))
}

/** For what a caller composes itself and gets wrong on purpose. */
export async function unrecorded<T>(send: () => Promise<T>): Promise<T> {
  paused = true
  try {
    return await send()
  } finally {
    paused = false
  }
}

const LEGACY_CUSTOMER = /<(?:create|update)_customer[ >]/

/** The request as the published schema can know it, and what was taken out, with its release. */
export function withoutNewer(body: string): { published: string; newer: readonly string[] } {
  if (!LEGACY_CUSTOMER.test(body)) return { published: body, newer: [] }
  const newer: string[] = []
  let published = body
  for (const { name, release } of NEWER_FIELDS) {
    published = published.replace(new RegExp(`<${name}(?:/>|>[^<]*</${name}>)`, 'g'), () => {
      newer.push(`${name} (${release ?? 'release not told'})`)
      return ''
    })
  }
  return { published, newer }
}
