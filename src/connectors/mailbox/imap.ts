// One visit to a mailbox by IMAP: connected under the guard, and never in the clear.

import { isIP } from 'node:net'
import type { ImapFlow } from 'imapflow'
import { z } from 'zod'
import { FetchError } from '../../lib/fetch-error.ts'
import { isLoopback } from '../../lib/loopback.ts'
import type { ErrorKind, Json, Session } from '../contract.ts'
import { ConnectorError } from '../errors.ts'
import { failureOf } from '../http.ts'

export const credentialsSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  user: z.string(),
  password: z.string(),
  folder: z.string(),
  /** The way out; null: nothing is answered from here. */
  smtp: z.object({ host: z.string(), port: z.number().int() }).nullable().default(null),
  from: z.object({ name: z.string(), address: z.string() }).nullable().default(null),
})
export type Credentials = z.infer<typeof credentialsSchema>

export type Reaching = Pick<Session, 'signal'> & { reach?: Session['reach'] }

/** Longer mails are read up to here: what they say stands at their beginning, what follows are files. */
export const maxMailBytes = 2_000_000

export function readCredentials(credentials: Json): Credentials {
  const parsed = credentialsSchema.safeParse(credentials)
  if (parsed.success) return parsed.data
  throw new ConnectorError({ kind: 'auth-revoked', code: 'credentials-unreadable' })
}

/** @throws ConnectorError for everything that goes wrong with the server. What `work` throws by itself is passed on. */
export async function visit<T>(
  session: Reaching,
  credentials: Credentials,
  work: (client: ImapFlow) => Promise<T>,
  /** Of the largest mail that is asked for. */
  maxBytes = maxMailBytes,
): Promise<T> {
  const { host, port, user, password } = credentials
  const address = await addressOf(session, host, port)
  const atHome = isLoopback(host)
  const secure = port === 993
  // Loaded with the first visit: it takes a tenth of what Longrun needs at rest.
  const { ImapFlow: Client } = await import('imapflow')
  const client = new Client({
    host: address,
    ...(isIP(host) ? {} : { servername: host }),
    port,
    secure,
    // On this machine a server on trial has no certificate; everywhere else the password is never sent in the clear.
    ...(secure ? {} : { doSTARTTLS: !atHome }),
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: 15_000,
    greetingTimeout: 10_000,
    socketTimeout: 60_000,
    maxLiteralSize: Math.max(3 * maxMailBytes, 2 * maxBytes),
  })
  const stop = () => client.close()
  session.signal.addEventListener('abort', stop, { once: true })
  // Without a listener, an error of the line would end the process.
  client.on('error', () => undefined)
  try {
    session.signal.throwIfAborted()
    await client.connect()
    return await work(client)
  } catch (error) {
    throw meaningOf(error)
  } finally {
    session.signal.removeEventListener('abort', stop)
    client.close()
  }
}

async function addressOf(session: Reaching, host: string, port: number): Promise<string> {
  try {
    if (!session.reach) throw new FetchError('address-refused', false)
    return await session.reach(host, port)
  } catch (error) {
    throw failureOf(error, false)
  }
}

interface ImapTrouble {
  authenticationFailed?: boolean
  serverResponseCode?: string
  code?: string
  responseStatus?: string
}

function meaningOf(error: unknown): ConnectorError {
  if (error instanceof ConnectorError) return error
  const { authenticationFailed, serverResponseCode, code = '', responseStatus } = (error ?? {}) as ImapTrouble
  const told = (kind: ErrorKind, name: string) => new ConnectorError({ kind, code: name })
  // RFC 5530: this is for now, whatever the status says.
  if (serverResponseCode === 'UNAVAILABLE' || serverResponseCode === 'INUSE')
    return told('unavailable', 'mail-server-busy')
  if (serverResponseCode === 'LIMIT') return told('rate-limited', 'rate-limited')
  if (authenticationFailed) return told('auth-revoked', 'mail-signin-refused')
  if (responseStatus === 'NO' || responseStatus === 'BAD') return told('rejected', 'folder-missing')
  if (/^(ERR_TLS|CERT_|DEPTH_|UNABLE_|SELF_SIGNED|ERR_SSL|TLS)/.test(code)) return told('unavailable', 'tls-failed')
  if (code === 'ECONNREFUSED') return told('unavailable', 'connection-refused')
  if (code === 'GREETING_TIMEOUT' || code === 'CONNECT_TIMEOUT' || code === 'ETIMEOUT')
    return told('unavailable', 'timeout')
  return told('unavailable', 'connection-lost')
}
