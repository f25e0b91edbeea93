// A person and their own: name, time zone, memberships, sessions.

import type { z } from 'zod'
import { asSystem } from '../db/tx.ts'
import { record } from '../events/actions.ts'
import { notFound } from '../lib/refusal.ts'
import type { Services } from '../services.ts'
import type * as contract from './contract.ts'
import type { Role } from './permissions.ts'
import { readMemberships } from './store.ts'
import { deleteSession, readSessions, readUser, updateUser } from './store-users.ts'
import type { Person } from './types.ts'
import { organisationView } from './views.ts'

export async function readMe({ db }: Services, userId: string): Promise<z.infer<typeof contract.me>> {
  const { user, memberships } = await asSystem(db, async (tx) => ({
    user: await readUser(tx, userId),
    memberships: await readMemberships(tx, userId),
  }))
  return {
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      timeZone: user.time_zone,
      twoFactorEnabled: user.two_factor_enabled,
    },
    memberships: memberships.map((row) => ({
      organisation: organisationView(row),
      memberId: row.member_id,
      role: row.role as Role,
      departmentId: row.department_id,
    })),
  }
}

/** A new name shows in every organisation of the person, so each one's log tells of it. */
export async function changeMe(
  { db, clock }: Services,
  userId: string,
  change: { name?: string; timeZone?: string | null },
): Promise<void> {
  const at = clock()
  await asSystem(db, async (tx) => {
    const before = await readUser(tx, userId)
    await updateUser(tx, userId, { name: change.name, time_zone: change.timeZone, updated_at: at })
    if (change.name === undefined || change.name === before.name) return
    const memberships = await readMemberships(tx, userId)
    // In one order for everybody: each record holds an organisation's chain until commit.
    for (const { id: orgId, member_id: id } of memberships.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const facts = { from: before.name, to: change.name }
      await record(tx, orgId, { kind: 'member', id }, at, {
        verb: 'member.renamed',
        subject: { kind: 'member', id },
        facts,
      })
    }
  })
}

export async function listMySessions(
  { db, clock }: Services,
  person: Person,
): Promise<z.infer<typeof contract.signInSession>[]> {
  const rows = await readSessions(db, person.userId, clock())
  return rows.map((row) => ({
    id: row.id,
    current: row.id === person.sessionId,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.updated_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    ipAddress: row.ip_address,
    userAgent: row.user_agent,
  }))
}

export async function endMySession({ db }: Services, userId: string, id: string): Promise<void> {
  if (!(await deleteSession(db, userId, id))) throw notFound('session')
}
