/** How long the gateway takes to start, and whether its memory stays flat while it works. */
import { join } from 'node:path'
import { type Bench, KEY_HEADER } from './bench.ts'
import { poolFor, shoot } from './load.ts'
import { type Gateway, startGateway } from './processes.ts'
import { median, spread } from './report.ts'

const PAGES = 100
const STARTS = 5

interface Page {
  readonly data: readonly unknown[]
  readonly page: { readonly nextCursor: string | null }
}

/** Pages through every customer of both connections, from the beginning again at the end. */
export async function memory(gateway: Gateway): Promise<string> {
  const pool = poolFor(gateway.url, 1)
  const samples: number[] = []
  let cursor: string | null = null
  let records = 0
  while (samples.length < PAGES) {
    const path: string = `/v1/customers?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`
    const body = JSON.parse(
      await shoot({ pool, shot: { method: 'GET', path, headers: KEY_HEADER, proof: '"object":"list"' } }),
    ) as Page
    cursor = body.page.nextCursor
    records += body.data.length
    samples.push((await gateway.usage()).rssBytes / 1024 / 1024)
  }
  await pool.close()
  const quarter = PAGES / 4
  const quarters = [0, 1, 2, 3].map((place) => median(samples.slice(place * quarter, (place + 1) * quarter)).toFixed(0))
  return `Memory (RSS of the gateway) while paging through ${records} customers: ${quarters.join(', ')} MB in the four quarters, at most ${Math.max(...samples).toFixed(0)} MB.`
}

export async function starts(bench: Bench): Promise<string> {
  const gateways: Gateway[] = []
  for (let round = 0; round < STARTS; round++) {
    const gateway = await bench.keep(
      startGateway({ GATEWAY_CONFIG: undefined, DATABASE_URL: `sqlite:${join(bench.folder, `start-${round}.db`)}` }),
    )
    gateways.push(gateway)
    await bench.stop(gateway)
  }
  const by = (name: 'startMs' | 'wallMs') =>
    spread(
      gateways.map((gateway) => gateway[name]),
      0,
    )
  return `Start without configuration, both sandboxes included, until ready: ${by('startMs')} ms by its own clock, ${by('wallMs')} ms from spawning it.`
}
