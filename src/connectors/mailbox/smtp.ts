// The way out of a mailbox: the account's own mail server, reached under the guard and never with a password in the clear.

import { isIP } from 'node:net'
import { FetchError } from '../../lib/fetch-error.ts'
import { isLoopback } from '../../lib/loopback.ts'
import type { SmtpLine } from '../../lib/postman.ts'
import type { Session } from '../contract.ts'
import { failureOf } from '../http.ts'

export interface Outgoing {
  smtp: { host: string; port: number }
  user: string
  password: string
}

export async function reachOut(session: Pick<Session, 'reach'>, { smtp, user, password }: Outgoing): Promise<SmtpLine> {
  const { host, port } = smtp
  const atHome = isLoopback(host)
  const secure = port === 465
  return {
    host: await addressOf(session, host, port),
    port,
    secure,
    // On this machine a server on trial has no certificate; everywhere else nothing is said before the line is sealed.
    requireTLS: !secure && !atHome,
    ignoreTLS: atHome && !secure,
    ...(isIP(host) ? {} : { servername: host }),
    auth: { user, pass: password },
  }
}

async function addressOf({ reach }: Pick<Session, 'reach'>, host: string, port: number): Promise<string> {
  try {
    if (!reach) throw new FetchError('address-refused', false)
    return await reach(host, port)
  } catch (error) {
    throw failureOf(error, false)
  }
}
