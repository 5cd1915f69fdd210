/** The OpenAPI document: generated, complete, and true to its own schemas. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { BodyObject, Document, OperationObject, ParameterObject } from '../src/documentation/document.ts'
import { generatedFiles } from '../src/documentation/generated.ts'
import type { AnswerObject } from '../src/documentation/problem-answers.ts'

const files = await generatedFiles()
const document = JSON.parse(files['openapi/openapi.json'] as string) as Document
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method, operation, id: operation.operationId })),
)

const ajv = new Ajv2020({ strict: false, allErrors: true })
;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
ajv.addSchema({ $id: 'document', components: document.components })
/** What is wrong with a value, by a schema of the document. */
function faults(schema: unknown, value: unknown): string[] {
  const validate = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')))
  return validate(value) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}

function resolve<T>(value: T | { $ref: string }): T {
  if (typeof value !== 'object' || value === null || !('$ref' in value)) return value as T
  const steps = value.$ref.slice(2).split('/')
  return steps.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], document) as T
}
const answersOf = (operation: OperationObject): [number, AnswerObject][] =>
  Object.entries(operation.responses).map(([status, answer]) => [Number(status), resolve<AnswerObject>(answer)])
const parametersOf = (operation: OperationObject): ParameterObject[] =>
  (operation.parameters ?? []).map((one) => resolve<ParameterObject>(one))
const examplesOf = (media: { examples?: unknown }): [string, { summary: string; value: unknown }][] =>
  Object.entries((media.examples ?? {}) as Record<string, { summary: string; value: unknown }>)

/** Every object in the document with the path to it. */
function* walk(
  node: unknown,
  at: readonly string[] = [],
): Generator<{ at: readonly string[]; node: Record<string, unknown> }> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield { at, node: node as Record<string, unknown> }
  for (const [name, member] of Object.entries(node)) {
    // What is inside examples is data, not description.
    if (name !== 'example' && name !== 'examples') yield* walk(member, [...at, name])
  }
}
const nodes = [...walk(document)]

describe('the committed files', () => {
  test.each(Object.keys(files))('%s is what the code says', (path) => {
    let committed = ''
    try {
      committed = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
    } catch {
      // Missing is just as stale.
    }
    // Not toBe: the difference of two such texts helps nobody.
    expect(committed === files[path], `${path} is out of date: run "npm run generate" and commit what it writes`).toBe(
      true,
    )
  })

  test('are the same every time', async () => {
    expect(await generatedFiles()).toEqual(files)
  })
})

describe('form', () => {
  test('every reference leads somewhere, and nothing is left unused', () => {
    const references = new Set(nodes.flatMap(({ node }) => (typeof node['$ref'] === 'string' ? [node['$ref']] : [])))
    for (const $ref of references) expect(resolve({ $ref }), $ref).toBeTypeOf('object')
    const named = Object.entries(document.components).flatMap(([kind, members]) =>
      Object.keys(members).map((name) => `#/components/${kind}/${name}`),
    )
    expect(named.filter((name) => !references.has(name) && !name.includes('securitySchemes'))).toEqual([])
  })

  test('components have names that become good types', () => {
    const names = ['schemas', 'responses', 'parameters', 'headers'].flatMap((kind) =>
      Object.keys(document.components[kind] ?? {}),
    )
    expect(names.filter((name) => !/^[A-Z][A-Za-z]+$/.test(name))).toEqual([])
  })

  test('no object and no list of words is without a name', () => {
    const nameless = nodes.filter(
      ({ at, node }) =>
        (node['properties'] !== undefined || Array.isArray(node['enum'])) &&
        !(at.length === 3 && at[1] === 'schemas') &&
        at.at(-1) !== 'properties',
    )
    expect(nameless.map(({ at }) => at.join('/'))).toEqual([])
  })

  test('every component and every property says what it is', () => {
    const schemas = document.components['schemas'] as Record<
      string,
      { description?: string; properties?: Record<string, unknown> }
    >
    const silent = Object.entries(schemas).flatMap(([name, schema]) => [
      ...(schema.description ? [] : [name]),
      ...Object.entries(schema.properties ?? {})
        .filter(([, property]) => !says(property as Record<string, unknown>))
        .map(([property]) => `${name}.${property}`),
    ])
    expect(silent).toEqual([])
  })
  /** Its own words, or those of what it refers to. */
  const says = (property: Record<string, unknown>): boolean =>
    Boolean(property['description']) ||
    [property, ...((property['anyOf'] ?? []) as Record<string, unknown>[])].some((one) => one['$ref'] !== undefined)
})

describe.each(operations)('$id', ({ path, method, operation }) => {
  const answers = answersOf(operation)
  const parameters = parametersOf(operation)
  const keyed = parameters.find((one) => one.name === 'Idempotency-Key')

  test('has words', () => {
    expect(operation).toMatchObject({
      summary: expect.stringMatching(/^[A-Z]/),
      description: expect.stringMatching(/\.$/),
      tags: [expect.any(String)],
    })
    const silent = parameters.filter((one) => !one['description'])
    expect(silent.map((one) => one.name)).toEqual([])
  })

  test('has a path whose ids are shown', () => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const inPath = parameters.filter((one) => one.in === 'path')
    expect(inPath.map((one) => one.name)).toEqual(named)
    for (const one of inPath) expect(one.example ?? one.examples, one.name).toBeDefined()
  })

  test('has requests that fit its schema', () => {
    const { requestBody } = operation as { requestBody?: BodyObject }
    const types = Object.keys(requestBody?.content ?? {})
    if (requestBody)
      expect(types).toEqual(
        method === 'patch' ? ['application/json', 'application/merge-patch+json'] : ['application/json'],
      )
    for (const media of Object.values(requestBody?.content ?? {})) {
      expect(examplesOf(media).length).toBeGreaterThan(0)
      for (const [name, { value }] of examplesOf(media)) expect(faults(media.schema, value), name).toEqual([])
    }
  })

  test('has an answer with an example for every status, and each fits its schema', () => {
    expect(answers.some(([status]) => status < 300)).toBe(true)
    for (const [status, { content = {} }] of answers) {
      expect(Object.keys(content)).toEqual(
        status === 204 ? [] : [status < 400 ? 'application/json' : 'application/problem+json'],
      )
      for (const media of Object.values(content)) {
        expect(examplesOf(media).length, `${status}`).toBeGreaterThan(0)
        for (const [name, { value }] of examplesOf(media)) {
          expect(faults(media.schema, value), `${status} ${name}`).toEqual([])
          if (status >= 400) expect(value, name).toMatchObject({ status, code: name })
        }
      }
    }
  })

  test('has the headers that its answers have', () => {
    for (const [status, { headers = {} }] of answers) {
      const names = Object.keys(headers)
      expect(names, `${status}`).toEqual(expect.arrayContaining(['X-Request-Id', 'Server-Timing']))
      const has = (name: string, when: boolean) => expect(names.includes(name), `${status} ${name}`).toBe(when)
      has('WWW-Authenticate', status === 401)
      has('Location', status === 201 || status === 202)
      has('Retry-After', status === 202 || status === 409 || status === 429 || status === 503)
      if (status === 200 || status === 201) has('Idempotent-Replayed', keyed !== undefined)
      if (operation.operationId.startsWith('list') && status === 200)
        has(
          'Link',
          parameters.some((one) => one.name === 'cursor'),
        )
    }
  })

  test('needs a key exactly where a missing one is refused', () => {
    const codes = answers.flatMap(([, { content = {} }]) =>
      Object.values(content).flatMap((media) => examplesOf(media).map(([name]) => name)),
    )
    expect(keyed?.['required'] === true).toBe(codes.includes('idempotency_key_missing'))
    expect(parameters.some((one) => one.name === 'If-Match')).toBe(codes.includes('precondition_failed'))
    expect(keyed !== undefined).toBe(codes.includes('idempotency_key_reused'))
  })
})

describe('amounts', () => {
  const amount = { $ref: '#/components/schemas/PositiveMoney' }
  test.each(['0.01', '10', '100.00', '000.5', '999999999999999.999999'])('%s is above zero', (value) => {
    expect(faults(amount, value)).toEqual([])
  })
  test.each([
    '0',
    '0.00',
    '000',
    '-1.00',
    '-0',
    '1.',
    '.5',
    '1e3',
    '1,00',
    ' 1',
    '1\n',
    '1.0000001',
    '1234567890123456',
    '',
  ])('%j is not', (value) => {
    expect(faults(amount, value)).not.toEqual([])
  })
})
