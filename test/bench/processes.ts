/** Starts the processes that are measured, and asks them what they have used. */
import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Usage } from './messages.ts'

export interface Measured {
  usage(): Promise<Usage>
  stop(): Promise<void>
}

const PROBE = new URL('./probe.js', import.meta.url).href

/** A process of the benchmark; the first message it sends says that it is ready. */
export async function startChild<Ready>(file: string, args: readonly string[]): Promise<Measured & { ready: Ready }> {
  const child = fork(new URL(file, import.meta.url), [...args], {
    execArgv: ['--import', PROBE],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  child.stdout?.resume()
  const ready = await nextMessage<Ready>(child)
  return { ready, ...measured(child) }
}

export interface Gateway extends Measured {
  readonly url: string
  /** By the gateway's own clock, and by that of whoever waited for it. */
  readonly startMs: number
  readonly wallMs: number
}

/** The gateway as it is started in production: `node dist/src/main.js`. */
export async function startGateway(environment: NodeJS.ProcessEnv): Promise<Gateway> {
  const started = performance.now()
  const child = fork(new URL('../../src/main.js', import.meta.url), [], {
    execArgv: ['--import', PROBE],
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  const line = await readyLine(child).catch((error: Error) => {
    throw new Error(`${error.message}\n${words}`)
  })
  const wallMs = performance.now() - started
  child.stdout?.resume()
  return { url: line.address, startMs: line.startMs, wallMs, ...measured(child) }
}

function readyLine(child: ChildProcess): Promise<{ address: string; startMs: number }> {
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
    child.once('exit', (code) => reject(new Error(`The gateway ended with ${code} before it was ready.`)))
    lines.on('line', (text) => {
      const line = JSON.parse(text) as { msg: string; address: string; startMs: number }
      if (line.msg !== 'ready') return
      lines.close()
      resolve(line)
    })
  })
}

function measured(child: ChildProcess): Measured {
  return {
    usage: async () => {
      const answer = nextMessage<Usage>(child)
      child.send('usage')
      return answer
    },
    stop: async () => {
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`A process of the benchmark ended with ${code}.`))
    child.once('exit', fail)
    child.once('message', (message) => {
      child.off('exit', fail)
      resolve(message as T)
    })
  })
}
