// Every query of users, their passwords and sessions beside what better-auth does itself. These tables belong to no organisation.

import { type Kysely, sql } from 'kysely'
import { locks } from '../db/locks.ts'
import type { DB } from '../db/schema.gen.ts'
import type { Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'

/** Users are outside the walls, so a plain connection serves as well as a transaction. */
type Reader = Kysely<DB>

export interface NewUser {
  id: string
  name: string
  email: string
  emailVerified: boolean
  timeZone: string | null
  passwordHash: string
}

/** A user with a password, as better-auth would write it. */
export async function insertUser(tx: Tx, user: NewUser, at: Date): Promise<void> {
  const times = { created_at: at, updated_at: at }
  await tx
    .insertInto('users')
    .values({
      id: user.id,
      name: user.name,
      email: user.email,
      email_verified: user.emailVerified,
      time_zone: user.timeZone,
      ...times,
    })
    .execute()
  await tx
    .insertInto('credentials')
    .values({
      id: newId(),
      user_id: user.id,
      account_id: user.id,
      provider_id: 'credential',
      password: user.passwordHash,
      ...times,
    })
    .execute()
}

export async function anyUserExists(db: Reader): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

export const readUser = (db: Reader, id: string) =>
  db
    .selectFrom('users')
    .select(['id', 'name', 'email', 'time_zone', 'two_factor_enabled'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

export const readUserByAddress = (db: Reader, email: string) =>
  db.selectFrom('users').select(['id', 'name', 'email']).where('email', '=', email).executeTakeFirst()

export const updateUser = (
  db: Reader,
  id: string,
  change: { name?: string; time_zone?: string | null; updated_at: Date },
): Promise<unknown> => db.updateTable('users').set(change).where('id', '=', id).execute()

export async function markEmailVerified(db: Reader, userId: string): Promise<void> {
  await db.updateTable('users').set({ email_verified: true }).where('id', '=', userId).execute()
}

export const readSessions = (db: Reader, userId: string, now: Date) =>
  db
    .selectFrom('sessions')
    .select(['id', 'created_at', 'updated_at', 'expires_at', 'ip_address', 'user_agent'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now)
    .orderBy('updated_at', 'desc')
    .execute()

export async function deleteSession(db: Reader, userId: string, id: string): Promise<boolean> {
  const done = await db.deleteFrom('sessions').where('user_id', '=', userId).where('id', '=', id).executeTakeFirst()
  return done.numDeletedRows > 0n
}

/** What has run out long ago is of no use to anybody. Returns how many rows went. */
export async function deleteExpired(db: Reader, before: Date): Promise<number> {
  const sessions = await db.deleteFrom('sessions').where('expires_at', '<', before).executeTakeFirst()
  const verifications = await db.deleteFrom('verifications').where('expires_at', '<', before).executeTakeFirst()
  const limits = await db.deleteFrom('rate_limits').where('last_request', '<', before.getTime()).executeTakeFirst()
  return Number(sessions.numDeletedRows + verifications.numDeletedRows + limits.numDeletedRows)
}

/** One first set-up at a time, over all processes; held until the transaction ends. */
export const lockSetUp = (tx: Tx): Promise<unknown> => sql`select pg_advisory_xact_lock(${locks.setUp})`.execute(tx)
