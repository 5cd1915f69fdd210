/** The configuration: a JSON file (GATEWAY_CONFIG) with `${NAME}` from the environment, checked before anything starts. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject } from 'ajv'
import addFormats from 'ajv-formats'
import { type Static, type TSchema, Type } from 'typebox'
import { Strict } from '../schemas/kit.ts'
import { parseFile } from './config-file.ts'
import { SCOPES } from './gateway/call.ts'
import type { ConnectionConfig } from './gateway/connections.ts'
import { CONNECTION_NAME } from './gateway/ids.ts'
import { isTimeZone } from './mapping/zone.ts'
import type { Provider } from './providers/provider.ts'

const CallerSettings = Strict({
  name: Type.String({ minLength: 1, maxLength: 100 }),
  keySha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the key, in lower-case hex.' }),
  scopes: Type.Array(Type.Unsafe<string>({ type: 'string', enum: [...SCOPES] }), { minItems: 1 }),
  connections: Type.Array(Type.String(), { minItems: 1, description: 'Names of connections, or "*" for all.' }),
})
export type CallerSettings = Static<typeof CallerSettings>

const Limits = Strict({
  deadlineSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 900 })),
  bodyBytes: Type.Optional(Type.Integer({ minimum: 1024, maximum: 104_857_600 })),
})
const IntentSettings = Strict({
  retentionDays: Type.Optional(Type.Integer({ minimum: 30, maximum: 3650 })),
  leaseSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  consistencyWindowSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 86_400 })),
  warnAfterSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
})
const ConfigFile = Strict({
  connections: Type.Record(
    Type.String(),
    Type.Object({ provider: Type.String(), title: Type.Optional(Type.String()) }, { additionalProperties: true }),
  ),
  defaultConnection: Type.Optional(Type.String()),
  callers: Type.Array(CallerSettings, { minItems: 1 }),
  limits: Type.Optional(Limits),
  intents: Type.Optional(IntentSettings),
})

export interface GatewayConfig {
  readonly connections: readonly ConnectionConfig[]
  readonly defaultConnection: string | null
  readonly callers: readonly CallerSettings[]
  readonly limits: { readonly deadlineSeconds: number; readonly bodyBytes: number }
  readonly intents: {
    readonly retentionDays: number
    readonly leaseSeconds: number
    readonly consistencyWindowSeconds: number
    readonly warnAfterSeconds: number
  }
}

export const DEFAULT_LIMITS = { deadlineSeconds: 30, bodyBytes: 1_048_576 } as const
/** Both ERPs may go on working for 15 minutes on a request whose client is gone; the window is that and a margin for the way. */
export const DEFAULT_INTENTS = {
  retentionDays: 30,
  leaseSeconds: 30,
  consistencyWindowSeconds: 1200,
  warnAfterSeconds: 300,
} as const

/** The key of sandbox mode stands in the guides; it opens nothing else. */
export const SANDBOX_KEY = 'sandbox'
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Every wrong entry by its dotted path; never a value, which may be a secret. */
export class ConfigError extends Error {
  constructor(faults: readonly string[]) {
    super(`The configuration is wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

export function loadConfig(
  path: string,
  environment: NodeJS.ProcessEnv,
  providers: readonly Provider[],
): GatewayConfig {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch {
    throw new ConfigError([`the file named by GATEWAY_CONFIG cannot be read: ${path}`])
  }
  const { value, faults } = parseFile(bytes)
  if (value === undefined) {
    throw new ConfigError([`the file named by GATEWAY_CONFIG is not JSON: ${path}`, ...faults])
  }
  const config = readConfig(value, environment, providers, faults)
  const place = config.callers.findIndex((caller) => caller.keySha256 === sha256(SANDBOX_KEY))
  if (place >= 0)
    throw new ConfigError([`callers.${place}.keySha256: is the key of sandbox mode, which everybody knows`])
  return config
}

/** Checks a parsed file. Throws one `ConfigError` that names everything that is wrong. */
export function readConfig(
  file: unknown,
  environment: NodeJS.ProcessEnv,
  providers: readonly Provider[],
  found: readonly string[] = [],
): GatewayConfig {
  const faults = [...found]
  const filled = fill(file, environment, '', faults)
  faults.push(...check(ConfigFile, filled, ''))
  const config = filled as Static<typeof ConfigFile>
  const entries = isObject(filled) && isObject(filled['connections']) ? Object.entries(config.connections) : []
  const connections = entries.flatMap(([name, entry]) => readConnection(name, entry, providers, faults))
  const names = new Set(entries.map(([name]) => name))
  if (isObject(filled) && isObject(filled['connections']) && names.size === 0)
    faults.push('connections: at least one is needed')
  if (config?.defaultConnection !== undefined && !names.has(config.defaultConnection))
    faults.push('defaultConnection: there is no such connection')
  faults.push(...callerFaults(Array.isArray(config?.callers) ? config.callers : [], names))
  if (faults.length > 0) throw new ConfigError([...new Set(faults)])
  return {
    connections,
    defaultConnection: config.defaultConnection ?? null,
    callers: config.callers,
    limits: { ...DEFAULT_LIMITS, ...config.limits },
    intents: { ...DEFAULT_INTENTS, ...config.intents },
  }
}

/** Of two callers with one key only the first would ever be met; of two with one name nobody could say which called. */
function callerFaults(callers: readonly Partial<CallerSettings>[], names: ReadonlySet<string>): string[] {
  const first = (member: 'name' | 'keySha256', value: unknown) => callers.findIndex((one) => one?.[member] === value)
  return callers.flatMap((caller, place) => {
    const unknown = (Array.isArray(caller?.connections) ? caller.connections : [])
      .filter((name) => name !== '*' && !names.has(name))
      .map((name) => `callers.${place}.connections: there is no connection "${name}"`)
    const doubled = (['name', 'keySha256'] as const)
      .filter((member) => typeof caller?.[member] === 'string' && first(member, caller[member]) !== place)
      .map((member) => `callers.${place}.${member}: is that of callers.${first(member, caller[member])} too`)
    return [...unknown, ...doubled]
  })
}

function readConnection(
  name: string,
  entry: unknown,
  providers: readonly Provider[],
  faults: string[],
): ConnectionConfig[] {
  const path = `connections.${name}`
  if (!CONNECTION_NAME.test(name)) faults.push(`${path}: a name is 1 to 31 of a-z, 0-9 and -, not beginning with -`)
  if (!isObject(entry)) return []
  const { provider: word, title, ...settings } = entry
  const provider = providers.find((one) => one.name === word)
  if (!provider) {
    faults.push(`${path}.provider: must be one of ${providers.map((one) => one.name).join(', ')}`)
    return []
  }
  const wrong = check(provider.settings, settings, path)
  faults.push(...wrong)
  if (wrong.length === 0) {
    faults.push(...(provider.faults?.(settings as never) ?? []).map((fault) => `${path}.${fault}`))
    try {
      provider.address(settings)
    } catch (error) {
      faults.push(`${path}: ${error instanceof Error ? error.message : 'the address is wrong'}`)
    }
  }
  return [{ name, title: typeof title === 'string' ? title : provider.title, provider, settings }]
}

const ajv = new Ajv({ allErrors: true, useDefaults: true, strict: false, discriminator: true })
// The package's types describe its CommonJS shape; at run time the function is the default export.
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)

ajv.addFormat('time-zone', isTimeZone)

function check(schema: TSchema, value: unknown, path: string): string[] {
  const validate = ajv.compile(schema)
  if (validate(value)) return []
  return (validate.errors ?? [])
    .filter((error) => !['anyOf', 'oneOf', 'if'].includes(error.keyword))
    .map((error) => describe(error, path))
}

function describe(error: ErrorObject, path: string): string {
  const params = error.params as { missingProperty?: string; additionalProperty?: string; allowedValues?: unknown[] }
  const steps = [
    path,
    ...error.instancePath.split('/').slice(1),
    params.missingProperty,
    params.additionalProperty,
  ].filter(Boolean)
  const place = steps.join('.') || 'the file'
  if (params.missingProperty) return `${place}: is missing`
  if (params.additionalProperty) return `${place}: is not known`
  if (params.allowedValues) return `${place}: must be one of ${params.allowedValues.join(', ')}`
  return `${place}: ${error.message}`
}

/** Replaces `${NAME}` in every text. */
function fill(value: unknown, environment: NodeJS.ProcessEnv, path: string, faults: string[]): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (_whole, name: string) => {
      const found = environment[name]
      if (found === undefined) faults.push(`${path}: the environment variable ${name} is not set`)
      return found ?? ''
    })
  }
  if (Array.isArray(value))
    return value.map((member, place) => fill(member, environment, join(path, String(place)), faults))
  if (isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, fill(member, environment, join(path, name), faults)]),
    )
  return value
}

const join = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`)
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
