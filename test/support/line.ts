/** A connection's way to an address, as the gateway opens it. */
import { Governor } from '../../src/wire/governor.ts'
import { Secrets } from '../../src/wire/secrets.ts'
import type { Line } from '../../src/wire/send.ts'
import { Sockets } from '../../src/wire/sockets.ts'

export const lineTo = (
  origin: string,
  classify: Line['classify'],
  { name = 'test', concurrency = 4, secrets = [] as readonly string[] } = {},
): Line => ({
  connection: name,
  provider: name,
  origin,
  sockets: new Sockets(concurrency),
  secrets: new Secrets(secrets),
  governor: new Governor(concurrency),
  classify,
  onUnrecognised: () => {},
})
