/** What is wrong with an answer by its component in the OpenAPI document, for answers that do not say what they are. */
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { ALL_SCHEMAS } from '../../src/openapi.ts'

const ajv = new Ajv({ allErrors: true, strict: false })
// The package's types describe its CommonJS shape; at run time the function is the default export.
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
for (const schema of ALL_SCHEMAS) ajv.addSchema(schema)

export function faultsOf(component: string, body: unknown): string[] {
  const validate = ajv.getSchema(component)
  if (!validate) return [`There is no component ${component}.`]
  return validate(body) ? [] : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
}
