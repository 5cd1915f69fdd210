/** Sends one request over and over for a while, some at a time, and counts. */
import { Pool } from 'undici'
import type { Measured } from './processes.ts'

export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Must be in every answer, so that a fast refusal is no good figure. */
  readonly proof: string
}

export interface Target {
  readonly pool: Pool
  readonly shot: Shot
  /** Whose CPU time counts: the process in between, or this one where there is none. */
  readonly process: Pick<Measured, 'usage'>
}

export interface Round {
  readonly perSecond: number
  readonly cpuMsPerRequest: number
}

export const poolFor = (url: string, connections: number): Pool =>
  new Pool(new URL(url).origin, { connections, keepAliveTimeout: 30_000 })

export async function shoot({ pool, shot }: Pick<Target, 'pool' | 'shot'>): Promise<string> {
  const { proof, ...request } = shot
  const answer = await pool.request(request)
  const body = await answer.body.text()
  if (answer.statusCode !== 200 || !body.includes(proof))
    throw new Error(`${shot.method} ${shot.path} answered ${answer.statusCode}: ${body.slice(0, 300)}`)
  return body
}

/** How much the process used for each request, and how many there were in a second. */
export async function runRound(target: Target, milliseconds: number, atOnce: number): Promise<Round> {
  const before = await target.process.usage()
  const started = performance.now()
  let count = 0
  const worker = async () => {
    while (performance.now() - started < milliseconds) {
      await shoot(target)
      count++
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  const seconds = (performance.now() - started) / 1000
  const after = await target.process.usage()
  return { perSecond: count / seconds, cpuMsPerRequest: (after.cpuMs - before.cpuMs) / count }
}

/** This process, which sends the load. */
export const loader: Pick<Measured, 'usage'> = {
  usage: async () => {
    const { user, system } = process.cpuUsage()
    return { cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() }
  },
}
