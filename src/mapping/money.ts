/** Decimal text: exact sums and comparisons, and how many digits a currency has. */
import Big from 'big.js'
import currencies from 'currency-codes'
import { garbledValue } from './garbled.ts'

// No plus, no exponent, no thousands: neither ERP is known to write them, and what means something else must not be an amount.
const DECIMAL = /^-?(\d+(\.\d+)?|\.\d+)$/
const digitsByCurrency = new Map<string, number>()

/** Minor digits by ISO 4217 (JPY 0, USD 2, KWD 3); 2 for a code the standard does not know. */
export function minorDigits(currency: string | null): number {
  if (currency === null) return 2
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    digits = currencies.code(currency)?.digits ?? 2
    digitsByCurrency.set(currency, digits)
  }
  return digits
}

/** Whether ISO 4217 knows the code. */
export const isCurrency = (code: string): boolean => currencies.code(code) !== undefined

/** Whether the text is a decimal number as a vendor may write it. */
export const isDecimal = (value: string): boolean => DECIMAL.test(value)

/** Many amounts here are a vendor's own text. */
function exact(value: string): Big {
  return isDecimal(value) ? new Big(value) : garbledValue('an amount', value)
}

/** `225.5` becomes `225.50` in USD; more digits than the currency has are kept, never rounded. */
export function moneyText(value: string, currency: string | null): string {
  const amount = exact(value)
  const digits = minorDigits(currency)
  const text = amount.toFixed(digits)
  return new Big(text).eq(amount) ? text : amount.toFixed()
}

/** How many digits after the point the text needs (`1.50` needs 1). */
export function fractionDigits(value: string): number {
  const plain = exact(value).toFixed()
  const point = plain.indexOf('.')
  return point < 0 ? 0 : plain.length - point - 1
}

export const sum = (values: Iterable<string>): string => {
  let total = new Big(0)
  for (const value of values) total = total.plus(exact(value))
  return total.toFixed()
}
export const subtract = (from: string, value: string): string => exact(from).minus(exact(value)).toFixed()
export const compare = (left: string, right: string): -1 | 0 | 1 => exact(left).cmp(exact(right))
export const smallest = (left: string, right: string): string => (compare(left, right) <= 0 ? left : right)
export const isZero = (value: string): boolean => exact(value).eq(0)
export const isPositive = (value: string): boolean => exact(value).gt(0)
export const negate = (value: string): string => exact(value).times(-1).toFixed()
