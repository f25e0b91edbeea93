// How often something may be tried within a time, counted in the database because several processes may serve it.

import { sql } from 'kysely'
import type { Db } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'

export interface UseLimit {
  most: number
  minutes: number
}

/** Whether `key` may be used once more; does not count. */
export async function clearOf(db: Db, key: string, { most, minutes }: UseLimit, now: Date): Promise<boolean> {
  const since = now.getTime() - minutes * 60_000
  const row = await db
    .selectFrom('rate_limits')
    .select('count')
    .where('key', '=', key)
    .where('last_request', '>', since)
    .executeTakeFirst()
  return (row?.count ?? 0) < most
}

/** Counts one use. Answers whether it was still within the limit. The count ends when nothing was tried for the time. */
export async function countUse(db: Db, key: string, { most, minutes }: UseLimit, now: Date): Promise<boolean> {
  const since = now.getTime() - minutes * 60_000
  const found = await sql<{ count: number }>`
    insert into rate_limits as r (id, key, count, last_request) values (${newId()}, ${key}, 1, ${now.getTime()})
    on conflict (key) do update set last_request = excluded.last_request,
      count = case when r.last_request > ${since} then r.count + 1 else 1 end
    returning count`.execute(db)
  return found.rows[0]!.count <= most
}
