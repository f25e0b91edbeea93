// Finds out who sent a request: a person's session (cookie or bearer) or an API token.

import { sql } from 'kysely'
import { alone } from '../db/pool.ts'
import { asSystem, inOrg, readInOrg } from '../db/tx.ts'
import { sha256Hex } from '../lib/hash.ts'
import type { Services } from '../services.ts'
import type { Auth } from './auth.ts'
import { livingSession, type Membership } from './living-session.ts'
import type { Role } from './permissions.ts'
import { markTokenUsed } from './store-tokens.ts'
import type { Caller } from './types.ts'

export type Identity = (
  | { kind: 'session'; userId: string; sessionId: string }
  | { kind: 'token'; userId: string; orgId: string; memberId: string; tokenId: string; scopes: string[] }
) & {
  /** Where it was looked up together with the rest. */
  membership?: Membership | null
}

export const tokenPrefix = 'lr_'

interface Asked {
  headers: Headers
  /** Receives the cookie that better-auth renews while a session is in use. */
  answer: Headers
  /** Of what is asked for, where it is one's: who asks is looked up as a member of it at once. */
  orgId: string | null
}

export async function identify(
  services: Services,
  auth: Auth,
  { headers, answer, orgId }: Asked,
): Promise<Identity | null> {
  const bearer = /^bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer?.startsWith(tokenPrefix)) return tokenIdentity(services.db, bearer, services.clock())
  const living = await livingSession(services, auth, headers, orgId)
  if (living) return { kind: 'session', userId: living.userId, sessionId: living.id, membership: living.membership }
  const { response, headers: set } = await auth.api.getSession({ headers, returnHeaders: true })
  for (const cookie of set?.getSetCookie() ?? []) answer.append('set-cookie', cookie)
  return response ? { kind: 'session', userId: response.user.id, sessionId: response.session.id } : null
}

async function tokenIdentity(db: Services['db'], token: string, now: Date): Promise<Identity | null> {
  const { rows } = await asSystem(db, (tx) =>
    sql<TokenFound>`${sql.raw(alone)}
      select t.id, t.org_id, t.member_id, t.scopes, t.last_used_at, m.user_id, m.role
        from api_tokens t join members m on m.org_id = t.org_id and m.id = t.member_id and m.ended_at is null
        where t.secret_hash = ${sha256Hex(token)} and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})`.execute(
      tx,
    ),
  )
  const found = rows[0]
  if (!found) return null
  // Once a minute is exact enough for "last used", and keeps a busy token from writing a row per request.
  if (!found.last_used_at || now.getTime() - found.last_used_at.getTime() > 60_000)
    await inOrg(db, found.org_id, (tx) => markTokenUsed(tx, found.org_id, found.id, now))
  const { id: tokenId, org_id: orgId, member_id: memberId, user_id: userId, scopes, role } = found
  return { kind: 'token', userId, orgId, memberId, tokenId, scopes, membership: { orgId, memberId, role } }
}

interface TokenFound {
  id: string
  org_id: string
  member_id: string
  scopes: string[]
  last_used_at: Date | null
  user_id: string
  role: string
}

/** The identity as a member of one organisation; null where it is none. */
export async function callerOf(db: Services['db'], identity: Identity, orgId: string): Promise<Caller | null> {
  if (identity.kind === 'token' && identity.orgId !== orgId) return null
  const known = identity.membership?.orgId === orgId ? identity.membership : null
  const member = known ?? (await membershipOf(db, identity, orgId))
  if (!member) return null
  const actor =
    identity.kind === 'token'
      ? ({ kind: 'token', id: identity.tokenId } as const)
      : ({ kind: 'member', id: member.memberId } as const)
  return {
    orgId,
    userId: identity.userId,
    memberId: member.memberId,
    role: member.role as Role,
    actor,
    scopes: identity.kind === 'token' ? identity.scopes : null,
  }
}

async function membershipOf(
  db: Services['db'],
  { userId }: Pick<Identity, 'userId'>,
  orgId: string,
): Promise<Membership | null> {
  const { rows } = await readInOrg(db, orgId, (tx) =>
    sql<Membership>`${sql.raw(alone)}
      select org_id as "orgId", id as "memberId", role from members where org_id = ${orgId} and user_id = ${userId} and ended_at is null`.execute(
      tx,
    ),
  )
  return rows[0] ?? null
}
