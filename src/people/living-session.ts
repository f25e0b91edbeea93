// Finds the session of a request in one statement, as nearly every request has one: whatever is out of the ordinary is left to better-auth.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { alone } from '../db/pool.ts'
import { asSystem } from '../db/tx.ts'
import type { Services } from '../services.ts'
import { type Auth, sessionSeconds } from './auth.ts'

export interface LivingSession {
  id: string
  userId: string
  membership: Membership | null
}

/** Of whoever asks, in the organisation that is asked for. */
export interface Membership {
  orgId: string
  memberId: string
  role: string
}

/** null: better-auth has to look, which also renews sessions, ends them and clears cookies. What it would refuse is never found here. */
export async function livingSession(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  auth: Auth,
  headers: Headers,
  orgId: string | null = null,
): Promise<LivingSession | null> {
  const token = await tokenOf(auth, headers)
  if (!token) return null
  const found = await asSystem(db, (tx) =>
    sql<{ id: string; user_id: string; expires_at: Date; member_id: string | null; role: string }>`${sql.raw(alone)}
      select s.id, s.user_id, s.expires_at, m.id as member_id, m.role
        from sessions s left join members m on m.org_id = ${orgId}::uuid and m.user_id = s.user_id and m.ended_at is null
        where s.token = ${token}`.execute(tx),
  )
  const session = found.rows[0]
  if (!session) return null
  const leftSeconds = (session.expires_at.getTime() - clock().getTime()) / 1000
  // Those of people who do not want to be remembered are shorter from the beginning.
  const isFresh = leftSeconds > sessionSeconds.lasts - sessionSeconds.renewedAfter
  if (!isFresh) return null
  const { id, user_id: userId, member_id: memberId, role } = session
  return { id, userId, membership: orgId !== null && memberId !== null ? { orgId, memberId, role } : null }
}

async function tokenOf(auth: Auth, headers: Headers): Promise<string | null> {
  const authorization = headers.get('authorization')
  // A token with a point carries its signature.
  if (authorization !== null) return /^bearer ([\w-]+)$/i.exec(authorization)?.[1] ?? null
  const cookies = headers.get('cookie')
  if (cookies === null) return null
  const { authCookies, secret } = await auth.$context
  const values = cookies.split(';').flatMap((cookie) => {
    const [name, value] = cookie.trim().split(/=(.*)/s)
    return name === authCookies.sessionToken.name && value ? [value] : []
  })
  return values.length === 1 ? unsigned(values[0]!, secret) : null
}

/** TOKEN.SIGNATURE as better-auth signs cookies; null where the signature is another's. */
function unsigned(value: string, secret: string): string | null {
  const [, token, signature] = /^([\w-]+)\.([A-Za-z0-9+/]{43}=)$/.exec(decoded(value)) ?? []
  if (!token || !signature) return null
  const own = createHmac('sha256', secret).update(token).digest()
  return timingSafeEqual(own, Buffer.from(signature, 'base64')) ? token : null
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return ''
  }
}
