/** The XML envelope around functions. The published schema enforces the order of every element here. */
import { renderDocument, type XmlNode } from '../../wire/xml.ts'
import type { Settings } from './settings.ts'

/** A function to call, such as `['query', […]]`. */
export type FunctionCall = XmlNode

export type Authentication = { readonly sessionId: string } | 'login'

export interface Envelope {
  readonly functions: readonly FunctionCall[]
  /** Correlates the request; for a write also the fence (see `once`). */
  readonly controlId: string
  /**
   * With it Intacct refuses a function whose control id was done before. The documentation says that the function's
   * control id is compared, a production client (OpenChain) that the request's is: both are the same here.
   */
  readonly once: boolean
  /** All functions or none. */
  readonly transaction: boolean
  readonly authentication: Authentication
}

/** The control id of one function; its result has it too. */
export const controlIdOf = (
  { functions, controlId }: Pick<Envelope, 'functions' | 'controlId'>,
  index: number,
): string => (functions.length === 1 ? controlId : `${controlId}-${index + 1}`)

export function renderEnvelope(settings: Settings, envelope: Envelope): string {
  const { controlId, functions } = envelope
  const control: XmlNode[] = [
    ['senderid', settings.senderId],
    ['password', settings.senderPassword],
    ['controlid', controlId],
    ['uniqueid', String(envelope.once)],
    ['dtdversion', '3.0'],
    ['includewhitespace', 'false'],
  ]
  if (settings.additionalErrorInfo) control.push(['showadditionalerrorinfo', 'true'])
  const content: XmlNode[] = functions.map((call, index) => [
    'function',
    [call],
    { controlid: controlIdOf(envelope, index) },
  ])
  return renderDocument([
    'request',
    [
      ['control', control],
      [
        'operation',
        [
          ['authentication', [authentication(settings, envelope.authentication)]],
          ['content', content],
        ],
        { transaction: String(envelope.transaction) },
      ],
    ],
  ])
}

function authentication(settings: Settings, how: Authentication): XmlNode {
  if (how !== 'login') return ['sessionid', how.sessionId]
  const login: XmlNode[] = [
    ['userid', settings.userId],
    ['companyid', settings.companyId],
    ['password', settings.userPassword],
  ]
  if (settings.entityId !== undefined) login.push(['locationid', settings.entityId])
  return ['login', login]
}
