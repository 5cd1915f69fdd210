/** Ids of intents: 26 characters of `[a-z0-9]`, sorted by time, impossible to guess. */
import { randomBytes } from 'node:crypto'

/** Crockford's base 32 in lower case: sorts as text, and ERPs that fold case cannot confuse two ids. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_DIGITS = 10
const RANDOM_DIGITS = 16

export function newIntentId(milliseconds: number): string {
  let time = ''
  for (let rest = milliseconds; time.length < TIME_DIGITS; rest = Math.floor(rest / 32)) time = DIGITS[rest % 32] + time
  // 256 is a multiple of 32, so no digit is more likely than another.
  return time + Array.from(randomBytes(RANDOM_DIGITS), (byte) => DIGITS[byte % 32]).join('')
}
