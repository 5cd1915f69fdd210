/**
 * One socket for one exchange, never a queue: what hangs holds its own socket and nobody else's. A pool has a second queue
 * behind the governor's, and counts sockets by rules of its own; then slots come back and sockets do not.
 */
import type { Socket as NetSocket } from 'node:net'
import { buildConnector, Client, type Dispatcher } from 'undici'

/** Answers larger than this are not read to the end (an ERP page of 1,000 full records is about 10 MB). */
export const ANSWER_LIMIT_BYTES = 16 * 1024 * 1024
/** Of an answer that says no: its texts are looked at as a whole. */
export const ERROR_LIMIT_BYTES = 1024 * 1024
const CONNECT_MS = 10_000
const KEEP_ALIVE_MS = 30_000
/** Writes that go on without their callers, and so without slots; the oldest is then cut off, and looked for like any other. */
const MOST_ADRIFT = 100

/** Why an exchange has no answer. */
export class WireFault extends Error {
  /** Whether a byte of the request can have left; everything before the first one is no. */
  readonly left: boolean

  constructor(left: boolean, cause: unknown) {
    super('The exchange has no answer.', { cause })
    this.left = left
  }
}

/** Something came, and it is no answer that can be read. */
export class UnreadableAnswer extends Error {}

export interface Outgoing {
  readonly method: Dispatcher.HttpMethod
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** An answer that is there as a whole. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Buffer
}

/** When an exchange ends without its answer. */
export interface Ends {
  /** Wherever it is. */
  readonly signal: AbortSignal
  /** Where nothing has left yet; what has left goes on. */
  readonly deadline: AbortSignal
}

/** At most one connection to an origin; it opens again where the ERP closed it. */
class Socket {
  readonly client: Client
  #connecting: NetSocket | null = null

  constructor(origin: string, connect: buildConnector.connector) {
    this.client = new Client(origin, {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (options, done) => {
        // undici's types do not tell what its connector answers.
        this.#connecting = connect(options, done) as unknown as NetSocket
      },
    })
  }

  /** Also while it connects, which a client alone would wait for. */
  destroy(reason: Error): void {
    this.client.destroy(reason).catch(() => {})
    this.#connecting?.destroy(reason)
  }
}

export class Sockets {
  readonly #mostIdle: number
  readonly #connect = buildConnector({ timeout: CONNECT_MS })
  readonly #idle = new Map<string, Socket[]>()
  readonly #running = new Set<Running>()
  readonly #adrift: Running[] = []
  #closed = false

  constructor(mostIdle: number) {
    this.#mostIdle = mostIdle
  }

  /** Rejects with a `WireFault`, whatever happens and wherever. */
  async exchange(origin: string, outgoing: Outgoing, ends: Ends): Promise<RawAnswer> {
    if (this.#closed) throw new WireFault(false, new Error('The gateway ends.'))
    if (ends.signal.aborted) throw new WireFault(false, ends.signal.reason)
    const running = new Running(this.#take(origin))
    this.#running.add(running)
    const deadline = ends.deadline.aborted ? null : ends.deadline
    const end = () => running.fail(ends.signal.reason)
    const pass = () => this.#goesOnOrEnds(running, ends.deadline.reason)
    ends.signal.addEventListener('abort', end, { once: true })
    deadline?.addEventListener('abort', pass, { once: true })
    try {
      const answer = await running.run(outgoing)
      this.#keep(origin, running.socket)
      return answer
    } finally {
      ends.signal.removeEventListener('abort', end)
      deadline?.removeEventListener('abort', pass)
      this.#running.delete(running)
      const place = this.#adrift.indexOf(running)
      if (place >= 0) this.#adrift.splice(place, 1)
    }
  }

  #take(origin: string): Socket {
    try {
      return this.#idle.get(origin)?.pop() ?? new Socket(origin, this.#connect)
    } catch (error) {
      throw new WireFault(false, error)
    }
  }

  #goesOnOrEnds(running: Running, reason: unknown): void {
    if (!running.left) {
      running.fail(reason)
      return
    }
    this.#adrift.push(running)
    if (this.#adrift.length > MOST_ADRIFT)
      this.#adrift[0]?.fail(new DOMException('Too many writes go on without their callers.', 'TimeoutError'))
  }

  #keep(origin: string, socket: Socket): void {
    const idle = this.#idle.get(origin) ?? []
    if (this.#closed || idle.length >= this.#mostIdle) {
      socket.destroy(new Error('It is not needed any more.'))
      return
    }
    idle.push(socket)
    this.#idle.set(origin, idle)
  }

  /** Whatever is still on its way ends without its answer. */
  close(): void {
    this.#closed = true
    const reason = new Error('The gateway ends.')
    for (const running of this.#running) running.fail(reason)
    for (const socket of [...this.#idle.values()].flat()) socket.destroy(reason)
    this.#idle.clear()
  }
}

/** One exchange on its socket. */
class Running implements Dispatcher.DispatchHandler {
  readonly socket: Socket
  left = false
  #status = 0
  #headers: Record<string, string> = {}
  readonly #chunks: Buffer[] = []
  #size = 0
  #limit = ANSWER_LIMIT_BYTES
  #ended = false
  #resolve: (answer: RawAnswer) => void = () => {}
  #reject: (fault: WireFault) => void = () => {}

  constructor(socket: Socket) {
    this.socket = socket
  }

  run(outgoing: Outgoing): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      try {
        this.socket.client.dispatch(outgoing, this)
      } catch (error) {
        this.fail(error)
      }
    })
  }

  /** The socket goes with its exchange: nobody knows what would still come on it. */
  fail(cause: unknown): void {
    if (this.#ended) return
    this.#ended = true
    this.#reject(new WireFault(this.left, cause))
    this.socket.destroy(cause instanceof Error ? cause : new Error('The exchange ended.'))
  }

  /** Just before the first byte is written, on a connection that is there. */
  onRequestStart(): void {
    this.left = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#headers = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    if (status >= 400) this.#limit = ERROR_LIMIT_BYTES
    if (Number(this.#headers['content-length'] ?? 0) > this.#limit) this.fail(tooLarge(this.#limit))
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > this.#limit) this.fail(tooLarge(this.#limit))
    else this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    if (this.#ended) return
    this.#ended = true
    this.#resolve({ status: this.#status, headers: this.#headers, bytes: Buffer.concat(this.#chunks, this.#size) })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error)
  }
}

const tooLarge = (limit: number) =>
  new UnreadableAnswer(`It is larger than the ${limit / 1024 / 1024} MB that are read.`)
