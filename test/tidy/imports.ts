/** Rules about who imports whom, and where things lie. */
import type { Rule } from './project.ts'

/** Where a file belongs; the first pattern that fits counts. */
const LAYERS: readonly (readonly [layer: string, pattern: RegExp])[] = [
  ['errors', /^src\/(errors|logging)\.ts$/],
  ['schemas', /^schemas\//],
  ['mapping', /^src\/mapping\//],
  ['wire', /^src\/wire\//],
  ['registry', /^src\/providers\/index\.ts$/],
  // The contract, and what all providers share beside it.
  ['contract', /^src\/providers\/[^/]+\.ts$/],
  ['provider', /^src\/providers\/[^/]+\//],
  ['store', /^src\/store\//],
  ['gateway', /^src\/gateway\//],
  ['description', /^src\/(config|config-file|openapi)\.ts$/],
  ['request', /^src\/request\//],
  ['routes', /^routes\//],
  ['sandbox', /^src\/sandbox\//],
  ['app', /^src\//],
  ['test', /^test\//],
]
const BELOW_PROVIDERS = ['errors', 'schemas', 'mapping', 'wire', 'contract']
const BELOW_ROUTES = [...BELOW_PROVIDERS, 'store', 'gateway', 'description', 'request']

/** What each layer may import; a file of its own layer always. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  schemas: ['errors'],
  mapping: ['errors', 'schemas'],
  wire: ['errors', 'schemas'],
  contract: ['errors', 'schemas', 'mapping', 'wire'],
  registry: ['contract', 'provider'],
  provider: BELOW_PROVIDERS,
  store: ['errors', 'schemas'],
  gateway: [...BELOW_PROVIDERS, 'store'],
  description: [...BELOW_PROVIDERS, 'gateway'],
  request: [...BELOW_PROVIDERS, 'gateway', 'description'],
  routes: BELOW_ROUTES.filter((layer) => layer !== 'store' && layer !== 'wire'),
  sandbox: [],
  app: [...BELOW_ROUTES, 'routes', 'registry', 'sandbox'],
}

const layerOf = (path: string): string => LAYERS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'app'
export const providerOf = (path: string): string | undefined => /^src\/providers\/([^/]+)\//.exec(path)?.[1]

/** Imports point one way only. */
export const arrows: Rule = (files) =>
  files.flatMap((file) => {
    const from = layerOf(file.path)
    const allowed = ARROWS[from]
    if (!allowed) return []
    return file.imports.flatMap(({ path }) => {
      const to = layerOf(path)
      const fits = to === from ? providerOf(path) === providerOf(file.path) : allowed.includes(to)
      return fits
        ? []
        : [`${file.path} imports ${path}: ${from} may not import ${to}${to === from ? ' of another vendor' : ''}`]
    })
  })

/** No file imports itself, however far round; types may, they are gone when the program runs. */
export const cycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]))
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`a cycle of imports: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`)
      return
    }
    if (done.has(path)) return
    for (const target of byPath.get(path)?.imports ?? []) if (!target.typeOnly) visit(target.path, [...trail, path])
    done.add(path)
  }
  for (const file of files) visit(file.path, [])
  return found
}

/** Files that every provider folder has, so that who knows one knows all. */
export const PROVIDER_FILES = ['index', 'settings', 'client', 'customer', 'payment', 'query', 'failures']

export const providerFolders: Rule = (files) => {
  const paths = new Set(files.map((file) => file.path))
  const names = new Set(files.flatMap((file) => providerOf(file.path) ?? []))
  return [...names].flatMap((name) =>
    PROVIDER_FILES.map((file) => `src/providers/${name}/${file}.ts`)
      .filter((path) => !paths.has(path))
      .map((path) => `${path} is missing`),
  )
}

/** What npm or vitest starts. */
const ENTRIES =
  /^(src\/(main|generate)\.ts|src\/sandbox\/main\.ts|test\/(bench|chaos)\/main\.ts|test\/store\/postgres-server\.ts|test\/.*\.test\.ts)$/

/** No file that nobody imports or starts. */
export const deadFiles: Rule = (files) => {
  const used = new Set(files.flatMap((file) => [...file.imports.map(({ path }) => path), ...file.mentions]))
  return files
    .filter(({ path }) => !ENTRIES.test(path) && !used.has(path))
    .map(({ path }) => `${path} is imported by nobody`)
}
