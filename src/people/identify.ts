// Finds out who sent a request: a person's session (cookie or bearer) or an API token.

import { sql } from 'kysely'
import { alone } from '../db/pool.ts'
import { asSystem, readInOrg } from '../db/tx.ts'
import { sha256Hex } from '../lib/hash.ts'
import type { Services } from '../services.ts'
import type { Auth } from './auth.ts'
import { livingSession } from './living-session.ts'
import type { Role } from './permissions.ts'
import type { Caller } from './types.ts'

export type Identity =
  | { kind: 'session'; userId: string; sessionId: string }
  | { kind: 'token'; userId: string; orgId: string; memberId: string; tokenId: string; scopes: string[] }

export const tokenPrefix = 'lr_'

/** Answer headers receive the cookie that better-auth renews while a session is in use. */
export async function identify(
  services: Services,
  auth: Auth,
  headers: Headers,
  answer: Headers,
): Promise<Identity | null> {
  const bearer = /^bearer\s+(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer?.startsWith(tokenPrefix)) return tokenIdentity(services.db, bearer, services.clock())
  const living = await livingSession(services, auth, headers)
  if (living) return { kind: 'session', userId: living.userId, sessionId: living.id }
  const { response, headers: set } = await auth.api.getSession({ headers, returnHeaders: true })
  for (const cookie of set?.getSetCookie() ?? []) answer.append('set-cookie', cookie)
  return response ? { kind: 'session', userId: response.user.id, sessionId: response.session.id } : null
}

async function tokenIdentity(db: Services['db'], token: string, now: Date): Promise<Identity | null> {
  return asSystem(db, async (tx) => {
    const found = await tx
      .selectFrom('api_tokens')
      .innerJoin('members', (join) =>
        join.onRef('members.org_id', '=', 'api_tokens.org_id').onRef('members.id', '=', 'api_tokens.member_id'),
      )
      .select([
        'api_tokens.id',
        'api_tokens.org_id',
        'api_tokens.member_id',
        'api_tokens.scopes',
        'api_tokens.last_used_at',
        'members.user_id',
      ])
      .where('api_tokens.secret_hash', '=', sha256Hex(token))
      .where('api_tokens.revoked_at', 'is', null)
      .where('members.ended_at', 'is', null)
      .where((where) =>
        where.or([where('api_tokens.expires_at', 'is', null), where('api_tokens.expires_at', '>', now)]),
      )
      .executeTakeFirst()
    if (!found) return null
    // Once a minute is exact enough for "last used", and keeps a busy token from writing a row per request.
    if (!found.last_used_at || now.getTime() - found.last_used_at.getTime() > 60_000) {
      await tx
        .updateTable('api_tokens')
        .set({ last_used_at: now })
        .where('org_id', '=', found.org_id)
        .where('id', '=', found.id)
        .execute()
    }
    return {
      kind: 'token',
      userId: found.user_id,
      orgId: found.org_id,
      memberId: found.member_id,
      tokenId: found.id,
      scopes: found.scopes,
    }
  })
}

/** The identity as a member of one organisation; null where it is none. */
export async function callerOf(db: Services['db'], identity: Identity, orgId: string): Promise<Caller | null> {
  if (identity.kind === 'token' && identity.orgId !== orgId) return null
  // Asked with every request: a single statement, whose plan is kept.
  const found = await readInOrg(db, orgId, (tx) =>
    sql<{ id: string; role: string }>`${sql.raw(alone)}
      select id, role from members where org_id = ${orgId} and user_id = ${identity.userId} and ended_at is null`.execute(
      tx,
    ),
  )
  const member = found.rows[0]
  if (!member) return null
  const actor =
    identity.kind === 'token'
      ? ({ kind: 'token', id: identity.tokenId } as const)
      : ({ kind: 'member', id: member.id } as const)
  return {
    orgId,
    userId: identity.userId,
    memberId: member.id,
    role: member.role as Role,
    actor,
    scopes: identity.kind === 'token' ? identity.scopes : null,
  }
}
