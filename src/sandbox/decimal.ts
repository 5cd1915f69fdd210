/** Exact sums and comparisons of decimal text, for the sandboxes' books. Results carry no trailing zeros: "225.5". */
import Big from 'big.js'

/** The same number in its shortest plain form; throws for what is no decimal number. */
export function plain(amount: string): string {
  return new Big(amount).toFixed()
}

export function plus(left: string, right: string): string {
  return new Big(left).plus(right).toFixed()
}

export function minus(left: string, right: string): string {
  return new Big(left).minus(right).toFixed()
}

export function sum(amounts: Iterable<string>): string {
  let total = new Big(0)
  for (const amount of amounts) total = total.plus(amount)
  return total.toFixed()
}

export function isAbove(left: string, right: string): boolean {
  return new Big(left).gt(right)
}

export function isBelowZero(amount: string): boolean {
  return new Big(amount).lt(0)
}

export function smaller(left: string, right: string): string {
  return isAbove(left, right) ? right : left
}
