/**
 * JSON with exact numbers. A double keeps 15 significant digits, which is every amount of up to 13 digits before the
 * point with two after it; only bodies with longer number literals take the slow exact way.
 */
import {
  isLosslessNumber,
  isSafeNumber,
  LosslessNumber,
  parse as parseLossless,
  stringify as stringifyLossless,
} from 'lossless-json'

/** A run of 16 or more digits (a point allowed) or an exponent could be a number that a double changes. */
const SUSPECT = /[\d.]{16}|\d[eE][+-]?\d/

/** Numbers that fit a double are numbers; longer ones are their decimal text. */
export const numberOf = (digits: string): unknown =>
  !SUSPECT.test(digits) || isSafeNumber(digits) ? Number(digits) : digits

export const parseJson = (body: string): unknown =>
  SUSPECT.test(body) ? parseLossless(body, null, numberOf) : JSON.parse(body)

/** A number that is written with exactly these digits. */
export const exactNumber = (digits: string): LosslessNumber => new LosslessNumber(digits)

/** JSON text; numbers made by `exactNumber` keep their digits. */
export const stringifyJson = (value: unknown): string => stringifyLossless(value) ?? 'null'

/** For what is only passed on: a number that a double would write with other digits is an exact one. */
export const exactNumberOf = (digits: string): unknown =>
  String(Number(digits)) === digits ? Number(digits) : exactNumber(digits)
export const parseExactJson = (body: string): unknown => parseLossless(body, null, exactNumberOf)

/** The digits of a number made by `exactNumber`; null for everything else. */
export const exactDigits = (value: unknown): string | null => (isLosslessNumber(value) ? value.value : null)
