/** One gateway instance of a chaos run: a process that is killed, stopped and started again, always under one name. */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export class GatewayProcess {
  readonly #main: string
  readonly #environment: Readonly<Record<string, string>>
  readonly #changed: () => void
  readonly #defect: (error: Error) => void
  /** Folder for what every process says; null: nothing is kept. */
  readonly #logs: string | null
  #child: ChildProcess | null = null
  #askedAt: number | null = null
  /** Where it answers; null while it does not run. */
  url: string | null = null
  starts = 0
  /** From SIGTERM to the end. */
  slowestEndMs = 0
  /** How long it took to be ready the last time: everything else is as slow on this machine. */
  startMs = 1000
  /** Log lines of level error and above, for the report of a failed run. */
  readonly errors: string[] = []

  /** `defect` hears of an end that nobody caused. */
  constructor(
    main: string,
    environment: Readonly<Record<string, string>>,
    on: { readonly changed: () => void; readonly defect: (error: Error) => void },
    logs: string | null,
  ) {
    this.#logs = logs
    this.#main = main
    this.#environment = environment
    this.#changed = on.changed
    this.#defect = on.defect
  }

  /** Starts it; `gone` tells how it ended, `ready` that it answers (or that it ended before). */
  start(cutPoint: string | null = null): { ready: Promise<void>; gone: Promise<NodeJS.Signals | null> } {
    const env = { ...this.#environment, ...(cutPoint !== null && { GATEWAY_CUT_POINT: cutPoint }) }
    const child = spawn(process.execPath, [this.#main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    this.#askedAt = null
    this.starts++
    const started = performance.now()
    const gone = new Promise<NodeJS.Signals | null>((resolve) =>
      // Not `exit`: its last words are still on their way then.
      child.once('close', (code, signal) => {
        if (this.#child === child) this.url = null
        if (this.#askedAt !== null) this.slowestEndMs = Math.max(this.slowestEndMs, performance.now() - this.#askedAt)
        if (signal === null && code !== 0 && this.#askedAt === null)
          this.#defect(new Error(`The gateway ended with ${code}: ${said}`))
        this.#changed()
        resolve(signal)
      }),
    )
    let said = ''
    child.stderr?.on('data', (chunk) => {
      said += chunk
    })
    const ready = new Promise<void>((resolve) => {
      void gone.then(() => resolve())
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (text) => {
        if (this.#logs !== null) appendFileSync(join(this.#logs, `${child.pid}.log`), `${text}\n`)
        if (/"level":"(error|fatal)"/.test(text)) this.errors.push(text)
        if (text.includes('"level":"fatal"')) said += text
        if (!text.includes('"msg":"ready"') || this.#child !== child) return
        this.startMs = performance.now() - started
        this.url = (JSON.parse(text) as { address: string }).address
        this.#changed()
        resolve()
      })
    })
    return { ready, gone }
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    // One that is asked to end is sent nothing more; one that is only stopped looks as alive as before.
    if (signal === 'SIGTERM') {
      this.url = null
      this.#askedAt = performance.now()
    }
    this.#child?.kill(signal)
  }
}
