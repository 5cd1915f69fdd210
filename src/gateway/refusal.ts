/** What counts as the ERP's definite no to the content of a call. */
import { GatewayError } from '../errors.ts'

/** 4xx answers that say nothing about the content: logins, permissions, pauses. */
const ABOUT_SOMETHING_ELSE = new Set([401, 403, 408, 429])

export const isRefusal = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && error.status >= 400 && error.status < 500 && !ABOUT_SOMETHING_ELSE.has(error.status)
