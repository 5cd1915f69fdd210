/** Passthrough: a call of the ERP's own API, and its answer as it came. */
import { type Static, Type } from 'typebox'
import { Dictionary, Ref, Strict, StringEnum } from './kit.ts'

export const NativeMethod = StringEnum(['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'], {
  $id: 'NativeMethod',
  description: 'An HTTP method.',
})

const QueryValue = Type.Unsafe<string | number | boolean>({
  anyOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }],
})

export const PassthroughRequest = Strict(
  {
    method: Type.Optional(Ref(NativeMethod, { description: 'NetSuite: the HTTP method.' })),
    path: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: "NetSuite: the path, from `/services/rest/` on; the host and the login are the connection's.",
        examples: ['/services/rest/record/v1/customer/456'],
      }),
    ),
    query: Type.Optional(
      Dictionary(QueryValue, {
        description: 'NetSuite: query parameters, encoded by the gateway.',
        examples: [{ expandSubResources: true }],
      }),
    ),
    headers: Type.Optional(
      Dictionary(Type.String({ maxLength: 4000 }), {
        description: 'NetSuite: further headers; none about the login or the transport.',
        examples: [{ 'X-NetSuite-PropertyNameValidation': 'Error' }],
      }),
    ),
    function: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z_][A-Za-z0-9_]*$',
        maxLength: 64,
        description:
          "Sage Intacct: the function, generic or legacy; not `getAPISession`, the session is the connection's.",
        examples: ['readByQuery', 'create_customer'],
      }),
    ),
    body: Type.Optional(
      Type.Unknown({
        description:
          'NetSuite: JSON, sent as it is, numbers with all their digits. Sage Intacct: the content of the function, turned into XML: members in their order, `"@name"` is an attribute, `"#"` the text beside attributes, a list repeats its element, `null` and `{}` are an empty element.',
        examples: [{ object: 'CUSTOMER', keys: '33', fields: '*' }],
      }),
    ),
  },
  {
    $id: 'PassthroughRequest',
    description:
      'A call of the native API of the ERP: for NetSuite `method` and `path`, for Sage Intacct `function`, and a `body` where it takes one.',
  },
)
export type PassthroughRequest = Static<typeof PassthroughRequest>

export const Passthrough = Strict(
  {
    status: Type.Integer({ description: 'The HTTP status of the ERP, also where it says no.', examples: [200] }),
    headers: Dictionary(Type.String(), { description: 'Its headers, names in lower case; none of the transport.' }),
    body: Type.Unknown({
      description:
        'NetSuite: its JSON, null where there is none. Sage Intacct: `{status, data, errors}` of the function, the XML as JSON in the notation of the request, the records in `data` always as lists; text where csv or json was asked for.',
    }),
  },
  { $id: 'Passthrough', description: "The ERP's own answer." },
)
export type Passthrough = Static<typeof Passthrough>

export const passthroughSchemas = [NativeMethod, PassthroughRequest, Passthrough]
