/** Connections: the configured ERP accounts, what they can do and how they are. */
import { type Static, Type } from 'typebox'
import { Constant, Dictionary, Nullable, Ref, Strict, StringEnum } from './kit.ts'

export const OperationCapability = Strict(
  { supported: Type.Boolean(), reason: Type.Optional(Type.String()) },
  { $id: 'OperationCapability' },
)
export const FieldCapability = Strict(
  {
    read: Type.Boolean(),
    create: Type.Boolean(),
    update: Type.Boolean(),
    filter: Type.Boolean(),
    sort: Type.Boolean(),
    vendor: Nullable(Type.String(), { description: "The ERP's own name." }),
    reason: Type.Optional(Type.String({ description: 'Why it is not there.' })),
  },
  { $id: 'FieldCapability' },
)
export type FieldCapability = Static<typeof FieldCapability>
export const ResourceCapability = Strict({ fields: Dictionary(Ref(FieldCapability)) }, { $id: 'ResourceCapability' })
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
  { limit: Type.Integer(), inFlight: Type.Integer(), queued: Type.Integer() },
  { $id: 'Concurrency' },
)
export const ConnectionStatus = StringEnum(['ok', 'degraded', 'down', 'unchecked'], {
  $id: 'ConnectionStatus',
  description: 'How the last exchanges with the ERP went.',
})
export const Connection = Strict(
  {
    object: Constant('connection'),
    id: Type.String(),
    provider: Type.String(),
    title: Type.String(),
    status: Ref(ConnectionStatus),
    capabilities: Ref(Capabilities),
    concurrency: Ref(Concurrency),
  },
  { $id: 'Connection', description: 'A configured ERP account.' },
)
export type ConnectionAnswer = Static<typeof Connection>
export const ConnectionList = Strict(
  { object: Constant('list'), data: Type.Array(Ref(Connection)) },
  { $id: 'ConnectionList' },
)
export const CheckStep = Strict(
  {
    name: Type.String({ examples: ['authenticate'] }),
    ok: Type.Boolean(),
    detail: Type.Optional(Type.String()),
    durationMs: Type.Number(),
  },
  { $id: 'CheckStep' },
)
export type CheckStep = Static<typeof CheckStep>
export const ConnectionCheck = Strict(
  { ok: Type.Boolean(), steps: Type.Array(Ref(CheckStep)) },
  { $id: 'ConnectionCheck', description: 'A live probe, step by step; the first step that fails ends it.' },
)
export const connectionSchemas = [
  OperationCapability,
  FieldCapability,
  ResourceCapability,
  Capabilities,
  Concurrency,
  ConnectionStatus,
  Connection,
  ConnectionList,
  CheckStep,
  ConnectionCheck,
]
