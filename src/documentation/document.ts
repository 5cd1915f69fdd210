/** Finishes the OpenAPI document: adds to what @fastify/swagger reads from the routes what route schemas cannot say. */
import { ALL_SCHEMAS } from '../openapi.ts'
import type { FailureCode } from '../errors.ts'
import { HEADER_COMPONENTS, HEADER_NAMES, answerHeaders, headers, parameters, requestHeaders, securitySchemes } from './components.ts'
import { EXAMPLES } from './examples/index.ts'
import { problemExamples } from './problem-examples.ts'

interface Media {
  schema: object
  examples?: unknown
}
interface AnswerObject {
  description: string
  headers?: Record<string, unknown>
  content?: Record<string, Media>
}
export interface ParameterObject {
  name: string
  in: string
  schema: Record<string, unknown>
  example?: unknown
  examples?: Record<string, { value: unknown }>
  [more: string]: unknown
}
export interface OperationObject {
  operationId: string
  parameters?: (ParameterObject | { $ref: string })[]
  requestBody?: { required: boolean; content: Record<string, Media> }
  responses: Record<string, AnswerObject>
  [more: string]: unknown
}
export interface Document {
  info: unknown
  paths: Record<string, Record<string, OperationObject>>
  components: Record<string, Record<string, unknown>>
  [more: string]: unknown
}

/** What the document needs to know of a route beside its schema. */
export interface RouteFacts {
  readonly failures: readonly FailureCode[]
  readonly emptyBody: boolean
}

export function finishDocument(read: Document, routes: ReadonlyMap<string, RouteFacts>): Document {
  const schemas = componentSchemas()
  const words = new Map(Object.entries(schemas).flatMap(([name, schema]) => (schema.enum ? [[JSON.stringify(schema.enum), name]] : [])))
  const paths = Object.fromEntries(
    Object.entries(read.paths).map(([path, item]) => [
      path,
      Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, finishOperation(method, path, operation, routes.get(operation.operationId), words)])),
    ]),
  )
  return { ...read, paths, components: { schemas, headers, parameters, securitySchemes } as unknown as Document['components'] }
}

/** The registered schemas as they stand: the plugin would drop what stands beside a `$ref`, and turn `const` into `enum`. */
function componentSchemas(): Record<string, { enum?: unknown[] }> {
  const text = JSON.stringify(ALL_SCHEMAS)
  const plain = JSON.parse(text.replace(/"\$ref":"([A-Za-z]+)#"/g, '"$ref":"#/components/schemas/$1"')) as { $id: string; enum?: unknown[] }[]
  return Object.fromEntries(plain.map(({ $id, ...schema }) => [$id, schema]))
}

function finishOperation(method: string, path: string, operation: OperationObject, facts: RouteFacts | undefined, words: ReadonlyMap<string, string>): OperationObject {
  if (!facts) throw new Error(`${method} ${path} is no operation: hide it, or describe it with describe().`)
  const { operationId, parameters: read = [], requestBody, responses, ...said } = operation
  const codes = new Set(facts.failures)
  // The plugin's own header parameters give way to the shared ones.
  const own = read.filter((parameter): parameter is ParameterObject => 'in' in parameter && parameter.in !== 'header')
  const sorted = [...own.filter((one) => one.in === 'path'), ...own.filter((one) => one.in === 'query')].map((one) => nameWords(one, words))
  const shared = requestHeaders(codes).map((name) => ({ $ref: `#/components/parameters/${name}` }))
  const examples = EXAMPLES[operationId]
  const problems = problemExamples(operationId, instanceOf(path, own), facts.failures, examples?.problems)
  return {
    operationId,
    ...said,
    parameters: [...sorted, ...shared],
    ...(requestBody && { requestBody: finishBody(method, requestBody, facts.emptyBody, examples?.request) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, answer]) => [status, finishAnswer(Number(status), answer, codes, problems.get(Number(status)) ?? examples?.answers[Number(status)])]),
    ),
  }
}

/** A list of words that is a component already is referred to by name, so that clients get one type and not two. */
function nameWords(parameter: ParameterObject, words: ReadonlyMap<string, string>): ParameterObject {
  const named = (schema: Record<string, unknown>) => {
    const name = words.get(JSON.stringify(schema['enum']))
    return name === undefined ? schema : { $ref: `#/components/schemas/${name}` }
  }
  const { schema } = parameter
  return { ...parameter, schema: schema['items'] ? { ...schema, items: named(schema['items'] as Record<string, unknown>) } : named(schema) }
}

/** A path as a caller would send it. */
function instanceOf(path: string, read: readonly ParameterObject[]): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const parameter = read.find((one) => one.in === 'path' && one.name === name)
    return String(parameter?.example ?? Object.values(parameter?.examples ?? {})[0]?.value ?? whole)
  })
}

function finishBody(method: string, body: NonNullable<OperationObject['requestBody']>, optional: boolean, examples: unknown) {
  const media = { ...body.content['application/json'], ...(examples !== undefined && { examples }) }
  const patch = method === 'patch' ? { 'application/merge-patch+json': media } : {}
  return { required: !optional, content: { 'application/json': media, ...patch } }
}

function finishAnswer(status: number, answer: AnswerObject, codes: ReadonlySet<FailureCode>, examples: unknown): AnswerObject {
  const names = [...new Set([...Object.keys(answer.headers ?? {}), ...answerHeaders(status, codes)])]
  const content = answer.content && Object.fromEntries(Object.entries(answer.content).map(([type, media]) => [type, { ...media, ...(examples !== undefined && { examples }) }]))
  return {
    description: answer.description,
    headers: Object.fromEntries(names.map((name) => [HEADER_NAMES[name] ?? name, { $ref: `#/components/headers/${HEADER_COMPONENTS[name]}` }])),
    ...(content && { content }),
  }
}
