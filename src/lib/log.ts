// Log lines: one JSON object a line when nobody watches, plain words in a terminal. Secrets never come here.

type Facts = Record<string, unknown>
type Level = 'info' | 'warn' | 'error'

export interface Log {
  info(message: string, facts?: Facts): void
  warn(message: string, facts?: Facts): void
  error(message: string, facts?: Facts): void
}

export const log: Log = {
  info: (message, facts) => write('info', message, facts),
  warn: (message, facts) => write('warn', message, facts),
  error: (message, facts) => write('error', message, facts),
}

function write(level: Level, message: string, facts: Facts = {}): void {
  const readable = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]))
  const line = process.stderr.isTTY
    ? `${level === 'info' ? '' : `${level}: `}${message}${Object.keys(readable).length ? ` ${JSON.stringify(readable)}` : ''}`
    : JSON.stringify({ at: new Date().toISOString(), level, message, ...readable })
  process.stderr.write(`${line}\n`)
}

/** Errors keep name, message and stack, never their other properties: libraries hang requests and tokens there. */
function plain(value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message, stack: value.stack } : value
}
