/** What an exchange without an answer means: whether a byte had left decides, and the error's code only words it. */
import type { Failure } from './failure.ts'
import { UnreadableAnswer, type WireFault } from './sockets.ts'

/** Node's or undici's word for what happened; the numbers of DOMException say nothing. */
export const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}

export const isTimeout = (error: unknown): boolean => {
  const name = (error as { name?: unknown } | null)?.name
  return name === 'TimeoutError' || name === 'AbortError'
}

/** Certificates that OpenSSL or Node does not take (Node's documentation of `tls`: "X509 certificate error codes"), and names that do not fit. */
const CERTIFICATE =
  /CERT|SELF_SIGNED|_CRL|UNABLE_TO_(?:GET|VERIFY|DECRYPT)|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ALTNAME/
const HANDSHAKE = /^(?:EPROTO|ERR_SSL_|ERR_TLS_)/
/** The HTTP client does not take what it was given: ours, not the ERP's. */
const DEFECT =
  /^(?:UND_ERR_INVALID_ARG|UND_ERR_NOT_SUPPORTED|UND_ERR_REQ_CONTENT_LENGTH_MISMATCH|ERR_INVALID_|ERR_ASSERTION|ERR_UNESCAPED)/

export function failureOf({ left, cause }: WireFault): Failure {
  const code = codeOf(cause)
  const upstream = { status: null, code, message: null, supportId: null }
  if (!left) return { ...notSent(cause, code), applied: 'no', upstream }
  if (cause instanceof UnreadableAnswer)
    return { code: 'provider_garbled', detail: `The ERP's answer cannot be read. ${cause.message}`, upstream }
  if (isTimeout(cause))
    return { code: 'provider_timeout', detail: 'The ERP did not answer before the deadline.', upstream }
  return {
    code: 'provider_failed',
    detail: 'The connection to the ERP broke before its answer was complete.',
    upstream,
  }
}

function notSent(cause: unknown, code: string | null): Pick<Failure, 'code' | 'detail'> {
  if (isTimeout(cause))
    return {
      code: 'provider_timeout',
      detail: 'The deadline passed before a connection to the ERP was made; nothing was sent.',
    }
  if (code !== null && CERTIFICATE.test(code))
    return {
      code: 'provider_unavailable',
      detail: `The certificate of the ERP's address is not to be trusted (${code}); nothing was sent.`,
    }
  if (code !== null && HANDSHAKE.test(code))
    return {
      code: 'provider_unavailable',
      detail: `The ERP's address and the gateway found no common TLS (${code}); nothing was sent.`,
    }
  if (cause instanceof TypeError || (code !== null && DEFECT.test(code)))
    return {
      code: 'internal_error',
      detail:
        'The gateway made a request that no HTTP client can send; nothing was sent. Please report the request id.',
    }
  return { code: 'provider_unavailable', detail: 'No connection to the ERP could be made; nothing was sent.' }
}
