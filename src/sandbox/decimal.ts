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

/** Millionths are whole numbers that a double holds exactly up to here. */
const EXACT = 4_000_000_000

export function sum(amounts: Iterable<string>): string {
  const list = [...amounts]
  let millionths = 0
  for (const amount of list) {
    const number = Number(amount)
    millionths += Math.round(number * 1_000_000)
    // Large or very fine amounts take the slow, exact way.
    const isFine = amount.length - amount.indexOf('.') > 7 && amount.includes('.')
    if (isFine || Math.abs(number) > EXACT || Math.abs(millionths) > EXACT * 1_000_000) return exactSum(list)
  }
  return fromMillionths(millionths)
}

function fromMillionths(millionths: number): string {
  const digits = String(Math.abs(millionths)).padStart(7, '0')
  const fraction = digits.slice(-6).replace(/0+$/, '')
  return `${millionths < 0 ? '-' : ''}${digits.slice(0, -6)}${fraction && `.${fraction}`}`
}

function exactSum(amounts: readonly string[]): string {
  return amounts.reduce((total, amount) => total.plus(amount), new Big(0)).toFixed()
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
