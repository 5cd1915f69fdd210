/** Whether an answer is what the OpenAPI document says: every answer in these tests is checked. */
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { ALL_SCHEMAS } from '../../src/openapi.ts'

const ajv = new Ajv({ allErrors: true, strict: false })
// The package's types describe its CommonJS shape; at run time the function is the default export.
;(addFormats as unknown as (ajv: Ajv) => void)(ajv)
for (const schema of ALL_SCHEMAS) ajv.addSchema(schema)

const BY_OBJECT: Readonly<Record<string, string>> = {
  customer: 'Customer',
  payment: 'Payment',
  invoice: 'Invoice',
  operation: 'Operation',
  connection: 'Connection',
}

interface Body {
  readonly object?: string
  readonly data?: readonly { readonly object?: string }[]
  readonly totals?: unknown
  readonly page?: unknown
}

/** Throws when a JSON answer does not fit its component. */
export function checkAnswer(status: number, contentType: string, body: unknown): void {
  const name = /^application\/problem\+json/.test(contentType) ? 'Problem' : componentOf(body as Body | null)
  const validate: ValidateFunction | undefined = name === null ? undefined : ajv.getSchema(name)
  if (!validate || validate(body)) return
  const faults = (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  )
  throw new Error(`The answer (${status}) is no ${name}:\n${faults.join('\n')}`)
}

function componentOf(body: Body | null): string | null {
  if (body?.object !== 'list') return BY_OBJECT[body?.object ?? ''] ?? null
  if (body.totals) return 'OpenItemList'
  const kind = BY_OBJECT[body.data?.[0]?.object ?? '']
  return kind ? `${kind}List` : null
}
