/** Finishes the OpenAPI document: adds to what @fastify/swagger reads from the routes what route schemas cannot say. */
import type { FailureCode } from '../errors.ts'
import { ALL_SCHEMAS } from '../openapi.ts'
import { answerHeaders, headerReferences, headers, parameters, requestHeaders, securitySchemes } from './components.ts'
import { EXAMPLES } from './examples/index.ts'
import { type AnswerObject, problemAnswers, sharedProblems } from './problem-answers.ts'

type Reference = { $ref: string }
export interface ParameterObject {
  name: string
  in: string
  schema: Record<string, unknown>
  example?: unknown
  examples?: Record<string, { value: unknown }>
  [more: string]: unknown
}
export interface BodyObject {
  required: boolean
  content: Record<string, { schema?: object; examples?: unknown }>
}
export interface OperationObject {
  operationId: string
  parameters?: (ParameterObject | Reference)[]
  requestBody?: BodyObject
  responses: Record<string, AnswerObject | Reference>
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
  const words = new Map(
    Object.entries(schemas).flatMap(([name, { enum: list }]) => (list ? [[JSON.stringify(list), name]] : [])),
  )
  const finish = (method: string, path: string, operation: OperationObject) => {
    const facts = routes.get(operation.operationId)
    if (!facts) throw new Error(`${method} ${path} is no operation: hide it, or describe it with describe().`)
    return finishOperation(method, path, operation, facts, words)
  }
  const paths = Object.entries(read.paths).map(([path, item]) => [
    path,
    Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, finish(method, path, operation)])),
  ])
  return {
    ...read,
    paths: Object.fromEntries(paths),
    components: { schemas, responses: { ...sharedProblems() }, parameters, headers, securitySchemes },
  }
}

/** The registered schemas as they stand: the plugin would drop what stands beside a `$ref`, and turn `const` into `enum`. */
function componentSchemas(): Record<string, { enum?: unknown[] }> {
  const text = JSON.stringify(ALL_SCHEMAS).replace(/"\$ref":"([A-Za-z]+)#"/g, '"$ref":"#/components/schemas/$1"')
  const plain = JSON.parse(text) as { $id: string; enum?: unknown[] }[]
  return Object.fromEntries(plain.map(({ $id, ...schema }) => [$id, schema]))
}

function finishOperation(
  method: string,
  path: string,
  operation: OperationObject,
  facts: RouteFacts,
  words: ReadonlyMap<string, string>,
): OperationObject {
  const { operationId, parameters: read = [], requestBody, responses, ...said } = operation
  const codes = new Set(facts.failures)
  // The plugin's own header parameters give way to the shared ones.
  const own = read.filter((parameter): parameter is ParameterObject => 'in' in parameter && parameter.in !== 'header')
  const sorted = [...own.filter((one) => one.in === 'path'), ...own.filter((one) => one.in === 'query')].map((one) =>
    nameWords(one, words),
  )
  const examples = EXAMPLES[operationId]
  const answers = Object.entries(responses as Record<string, AnswerObject>).map(([status, answer]) => [
    status,
    finishAnswer(Number(status), answer, codes, examples?.answers[Number(status)]),
  ])
  return {
    operationId,
    ...said,
    parameters: [...sorted, ...requestHeaders(codes).map((name) => ({ $ref: `#/components/parameters/${name}` }))],
    ...(requestBody && { requestBody: finishBody(method, requestBody, facts.emptyBody, examples?.request) }),
    responses: {
      ...Object.fromEntries(answers),
      ...problemAnswers(
        { operation: operationId, instance: instanceOf(path, own), codes: facts.failures },
        examples?.problems,
      ),
    },
  }
}

/** A list of words that is a component already is referred to by name, so that clients get one type and not two. */
function nameWords(parameter: ParameterObject, words: ReadonlyMap<string, string>): ParameterObject {
  const named = (schema: Record<string, unknown>) => {
    const name = words.get(JSON.stringify(schema['enum']))
    return name === undefined ? schema : { $ref: `#/components/schemas/${name}` }
  }
  const { schema } = parameter
  return {
    ...parameter,
    schema: schema['items'] ? { ...schema, items: named(schema['items'] as Record<string, unknown>) } : named(schema),
  }
}

/** A path as a caller would send it. */
function instanceOf(path: string, read: readonly ParameterObject[]): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const parameter = read.find((one) => one.in === 'path' && one.name === name)
    return String(parameter?.example ?? Object.values(parameter?.examples ?? {})[0]?.value ?? whole)
  })
}

function finishBody(method: string, body: BodyObject, optional: boolean, examples: unknown): BodyObject {
  const media = { ...body.content['application/json'], ...(examples !== undefined && { examples }) }
  return {
    required: !optional,
    content: { 'application/json': media, ...(method === 'patch' && { 'application/merge-patch+json': media }) },
  }
}

function finishAnswer(
  status: number,
  answer: AnswerObject,
  codes: ReadonlySet<FailureCode>,
  examples: unknown,
): AnswerObject {
  const names = [...new Set([...Object.keys(answer.headers ?? {}), ...answerHeaders(status, codes)])]
  const content = Object.entries(answer.content ?? {}).map(([type, media]) => [
    type,
    { ...media, ...(examples !== undefined && { examples }) },
  ])
  return {
    description: answer.description,
    headers: headerReferences(names),
    ...(content.length > 0 && { content: Object.fromEntries(content) }),
  }
}
