/** The wire to servers that tests make up, over real sockets. */
import type { AddressInfo, Server, Socket } from 'node:net'
import { afterEach, expect } from 'vitest'
import type { GatewayError } from '../../src/errors.ts'
import { createLogger } from '../../src/logging.ts'
import type { Send, WireRequest } from '../../src/wire/exchange.ts'
import { createSend, type Line } from '../../src/wire/send.ts'
import { lineTo } from '../support/line.ts'

export const READ: WireRequest = { method: 'GET', path: '/', effect: 'read', title: 'read' }
export const WRITE: WireRequest = { method: 'POST', path: '/', effect: 'write', body: '{}', title: 'write' }

const open: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})
export const closeLater = (close: () => Promise<unknown>) => void open.push(close)

/** The port of a server that ends with the test. */
export async function serve(server: Server): Promise<number> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeLater(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

export function openLine(origin: string, concurrency = 2, classify: Line['classify'] = () => null): Line {
  const line = lineTo(origin, classify, { concurrency })
  closeLater(async () => line.sockets.close())
  return line
}

export interface Times {
  /** Of the caller. */
  readonly deadline?: AbortSignal
  /** Of the exchange; the caller's where it does not go on without it. */
  readonly signal?: AbortSignal
}
export function callOn(line: Line, { deadline = AbortSignal.timeout(20_000), signal = deadline }: Times = {}): Send {
  const log = createLogger('silent')
  return createSend(line, {
    operation: 'test',
    signal,
    deadline,
    log,
    beforeWrite: async () => {},
    onExchange: () => {},
  })
}

export const failure = async (promise: Promise<unknown>): Promise<GatewayError> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: GatewayError) => error,
  )
