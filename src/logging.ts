/** One line per call and one per exchange; what may stand in them is decided here and at those two places only. */
import { type DestinationStream, type Logger, pino } from 'pino'

/** A pino logger without host and pid noise. Nothing is redacted, because nothing secret is ever handed to it. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  }
  return destination ? pino(options, destination) : pino(options, pino.destination({ dest: 1, sync: false }))
}

/** An error without its message, which may quote what a customer sent: its name, code and the places it passed. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12)
  return { type: error.name, code: (error as { code?: unknown }).code, stack: frames.map((line) => line.trim()) }
}
