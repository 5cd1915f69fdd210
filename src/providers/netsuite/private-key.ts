/** The private key of a login, read the same way when the settings are checked and when it signs. */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { OAuth2 } from './settings.ts'

/**
 * Null where it is no private key in PEM. What becomes of a PEM on its way through environments and files: line breaks
 * written as `\n`, those of other systems, quotes and spaces around it.
 */
export function readPrivateKey(text: string): KeyObject | null {
  const pem = text
    .trim()
    .replace(/^(["'])([\s\S]*)\1$/, '$2')
    .split(/\\r\\n|\\n|\\r|\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
  try {
    return createPrivateKey(`${pem}\n`)
  } catch {
    return null
  }
}

/** RFC 7518: which curve each ES algorithm signs with, by the names of OpenSSL. */
const CURVES: Readonly<Record<string, string>> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' }
/** Less is refused when signing (RFC 7518 section 3.5); Oracle takes certificates of 3072 or 4096 bits only. */
const LEAST_BITS = 2048

/** By dotted path; never a part of the key. */
export function keyFaults({ privateKey, algorithm }: OAuth2): string[] {
  const key = readPrivateKey(privateKey)
  if (key === null) return ['auth.privateKey: is no private key in PEM (PKCS #8, not encrypted)']
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  const isRsa = key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss'
  if (isRsa && (modulusLength ?? 0) < LEAST_BITS) return [`auth.privateKey: has less than ${LEAST_BITS} bits`]
  const fits = isRsa ? algorithm.startsWith('PS') : CURVES[algorithm] === (namedCurve ?? 'none')
  const found = namedCurve ?? key.asymmetricKeyType
  return fits ? [] : [`auth.algorithm: is ${algorithm}, and auth.privateKey is a key of another kind (${found})`]
}
