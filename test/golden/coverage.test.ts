/** No operation without a golden file, and no field that is written or read without its place in one. */
import { describe, expect, it } from 'vitest'
import type { Row } from '../../src/mapping/mapping.ts'
import { PROVIDERS } from '../../src/providers/index.ts'
import { parseXml, type XmlContent } from '../../src/wire/xml.ts'
import { OPERATIONS } from '../conformance/promises.ts'
import { GOLDEN_PROVIDERS, type GoldenProvider, goldenFiles } from './files.ts'
import { exchangesOf } from './replay.ts'

/** Which operations carry which record. */
const RESOURCES = { customer: /Customer|Address/, payment: /Payment/, invoice: /Invoice/ } as const

describe.each(GOLDEN_PROVIDERS)('%s', (name) => {
  const provider = PROVIDERS.find((one) => one.name === name)!
  const files = goldenFiles(name)

  it('has a golden file for every operation, and none for what is no operation', () => {
    const covered = new Set(files.map((file) => file.operation))
    expect(
      OPERATIONS.filter((operation) => !covered.has(operation) && provider.missing[operation] === undefined),
    ).toEqual([])
    expect([...covered].filter((operation) => !OPERATIONS.includes(operation))).toEqual([])
  })

  it.each(Object.keys(RESOURCES) as (keyof typeof RESOURCES)[])(
    'shows every field of the %s in each direction it has',
    (resource) => {
      const exchanges = files
        .filter((file) => RESOURCES[resource].test(file.operation))
        .flatMap((file) => exchangesOf(file.golden))
      const sent = placesOf(
        name,
        exchanges.map(({ request }) => request.body),
      )
      const received = placesOf(
        name,
        exchanges.map(({ answer }) => answer.body),
      )
      const rows = Object.entries(provider.mappings[resource] as unknown as Record<string, Row<unknown>>)
      const unseen = rows.flatMap(([field, row]) => {
        if (row.kind === 'absent') return []
        const elsewhere = ELSEWHERE[`${name} ${resource} ${field}`]
        const listed = row.column === null ? [] : [row.column.split('.').at(-1) as string]
        const written = elsewhere ?? row.paths
        const read = elsewhere ?? [...row.paths, ...listed]
        return [
          ...(row.access !== 'read-only' && !shows(sent, written) ? [`${field} is never written`] : []),
          ...(row.access !== 'write-only' && !shows(received, read) ? [`${field} is never read`] : []),
        ]
      })
      expect(unseen).toEqual([])
    },
  )
})

/** Where a field is, when it is not where its row says. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  // Queries of their own, put into the record under private names.
  'netsuite invoice lines': ['items.foreignamount'],
  'netsuite invoice payments': ['items.nextdoc'],
  // Written as the sum of its parts.
  'intacct payment amount': ['TRX_PAYMENTAMOUNT'],
}

/** One of the paths is there; `custbody*` stands for every name that begins so, and a row without a path for nothing. */
function shows(places: ReadonlySet<string>, paths: readonly string[]): boolean {
  if (paths.length === 0) return true
  return paths.some((path) => {
    const wanted = path.toLowerCase()
    return wanted.endsWith('*')
      ? [...places].some((place) => place.startsWith(wanted.slice(0, -1)))
      : places.has(wanted)
  })
}

/** Every place of a value in the bodies, as lower-case dotted paths of the vendor's record. */
function placesOf(provider: GoldenProvider, bodies: readonly string[]): ReadonlySet<string> {
  const places = new Set<string>()
  for (const body of bodies) {
    if (provider === 'netsuite' && body.startsWith('{')) addJson(places, JSON.parse(body), '')
    if (provider === 'intacct' && body.startsWith('<?xml')) addXml(places, ...rootOf(body), [])
  }
  return places
}

function rootOf(body: string): [string, XmlContent] {
  const { name, content } = parseXml(body)
  return [name, content]
}

function addJson(places: Set<string>, value: unknown, path: string): void {
  if (path !== '') places.add(path.toLowerCase())
  // A row of SuiteQL is a record of its own.
  if (path.startsWith('items.')) places.add(path.slice('items.'.length).toLowerCase())
  if (Array.isArray(value)) for (const member of value) addJson(places, member, path)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) addJson(places, member, path === '' ? name : `${path}.${name}`)
  }
}

/** A path below any element counts: records stand at different depths in requests and answers. */
function addXml(places: Set<string>, name: string, content: XmlContent, above: readonly string[]): void {
  const path = [...above, name.toLowerCase()]
  for (let from = 0; from < path.length; from++) places.add(path.slice(from).join('.'))
  if (typeof content === 'string') return
  for (const [child, members] of Object.entries(content)) {
    if (Array.isArray(members))
      for (const member of members as readonly XmlContent[]) addXml(places, child, member, path)
  }
}
