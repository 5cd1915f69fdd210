/** Connections: the configured ERP accounts, what they can do and how they are. */
import { type Static, Type } from 'typebox'
import { Instant } from './common.ts'
import { Constant, Dictionary, Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const OperationCapability = Strict(
  {
    supported: Type.Boolean({ description: 'Whether the connection can do it.' }),
    reason: Type.Optional(Type.String({ description: 'Why not.' })),
  },
  { $id: 'OperationCapability', description: 'Whether an operation is there.' },
)
export const FieldCapability = Strict(
  {
    read: Type.Boolean({ description: 'It is in answers.' }),
    create: Type.Boolean({ description: 'It can be given when creating.' }),
    update: Type.Boolean({ description: 'It can be changed.' }),
    filter: Type.Boolean({ description: 'Lists can be filtered by it.' }),
    sort: Type.Boolean({ description: 'The ERP can sort by it.' }),
    vendor: Nullable(Type.String(), { description: "The ERP's own name." }),
    reason: Type.Optional(Type.String({ description: 'Why it is not there, or cannot be written.' })),
  },
  { $id: 'FieldCapability', description: 'What can be done with a field.' },
)
export type FieldCapability = Static<typeof FieldCapability>
export const ResourceCapability = Strict(
  { fields: Dictionary(Ref(FieldCapability), { description: 'By the name of the field.' }) },
  { $id: 'ResourceCapability', description: 'What can be done with a kind of record.' },
)
export const Capabilities = Strict(
  {
    operations: Dictionary(Ref(OperationCapability), { description: 'By operationId.' }),
    customer: Ref(ResourceCapability),
    payment: Ref(ResourceCapability),
    invoice: Ref(ResourceCapability),
  },
  { $id: 'Capabilities', description: 'What the connection can do, field by field.' },
)
export type Capabilities = Static<typeof Capabilities>
export const Concurrency = Strict(
  {
    limit: Type.Integer({ description: 'How many requests the ERP gets at once.' }),
    inFlight: Type.Integer({ description: 'How many it is working on.' }),
    queued: Type.Integer({ description: 'How many wait.' }),
  },
  { $id: 'Concurrency', description: 'How busy the connection is.' },
)
export const ConnectionStatus = StringEnum(['ok', 'degraded', 'down', 'unchecked'], {
  $id: 'ConnectionStatus',
  description: 'How the last exchanges with the ERP went.',
})
export const ConnectionRest = Strict(
  {
    since: Ref(Instant, { description: 'When the login was refused.' }),
    until: Ref(Instant, {
      description: 'When it is asked again at the latest; a read before that may end the rest early.',
    }),
    reason: Type.String({ description: 'What the refusal said.' }),
  },
  {
    $id: 'ConnectionRest',
    description: 'A refused login: nothing is sent for a while, because more failures would lock the user.',
  },
)
export const Connection = Strict(
  {
    object: Constant('connection', { description: 'What it is.' }),
    id: Type.String({ description: 'Its name in the configuration and in ids.', examples: ['netsuite'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['netsuite'] }),
    title: Type.String({ description: 'Its name for people.' }),
    status: Ref(ConnectionStatus),
    rest: Nullable(Ref(ConnectionRest), {
      description: 'Why and until when nothing is sent to the ERP, after a refused login.',
    }),
    capabilities: Ref(Capabilities),
    concurrency: Ref(Concurrency),
  },
  { $id: 'Connection', description: 'A configured ERP account.' },
)
export type ConnectionAnswer = Static<typeof Connection>
export const ConnectionList = Strict(
  {
    object: Constant('list', { description: 'What it is.' }),
    data: Type.Array(Ref(Connection), { description: 'In the order of their names.' }),
  },
  { $id: 'ConnectionList', description: 'The connections that the key may use.' },
)
export const CheckStep = Strict(
  {
    name: Type.String({
      description: 'What was tried; a setting is tried under its dotted path.',
      examples: ['authenticate', 'defaults.depositAccountId'],
    }),
    ok: Type.Boolean({ description: 'Whether it worked.' }),
    detail: Type.Optional(Type.String({ description: 'What was found, or why it failed.' })),
    durationMs: Type.Number({ description: 'Milliseconds it took.' }),
  },
  { $id: 'CheckStep', description: 'A step of a probe.' },
)
export type CheckStep = Static<typeof CheckStep>
export const ConnectionCheck = Strict(
  {
    ok: Type.Boolean({ description: 'Whether every step worked.' }),
    steps: Type.Array(Ref(CheckStep), { description: 'In the order of trying.' }),
  },
  {
    $id: 'ConnectionCheck',
    description: 'A live probe, step by step; a refused login or an ERP that cannot be reached ends it.',
  },
)
export const connectionSchemas = [
  OperationCapability,
  FieldCapability,
  ResourceCapability,
  Capabilities,
  Concurrency,
  ConnectionStatus,
  ConnectionRest,
  Connection,
  ConnectionList,
  CheckStep,
  ConnectionCheck,
]
