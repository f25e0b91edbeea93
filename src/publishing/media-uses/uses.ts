// Where a file is used: the posts that name it, by state and by department, with those whose time comes after its permission; campaigns, briefs and series.

import { sql } from 'kysely'
import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { liveMedia } from '../../media/actions.ts'
import { inSeries } from '../../media/library/used.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { LineRow } from '../lines.ts'
import type { VariantState } from '../types.ts'
import { lineOf } from '../views.ts'

type UseRow = LineRow & { department_id: string | null; late: boolean }

const place = z.tuple([z.uuid()])

export function usesOfMedia(
  services: Pick<Services, 'db'>,
  caller: Caller,
  { id, limit, cursor }: { id: string; limit: number; cursor?: string },
) {
  const after = readCursor(cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    await liveMedia(tx, caller.orgId, id)
    const page = pageFrom(
      await useRows(tx, caller.orgId, { id, after: after?.[0] ?? null, limit: limit + 1 }),
      limit,
      (row) => [row.id],
      (row) => ({ ...lineOf(caller.orgId)(row), departmentId: row.department_id, late: row.late }),
    )
    const counts = await countsOf(tx, caller.orgId, id)
    return { ...counts, ...(await otherUses(tx, caller.orgId, id)), ...page }
  })
}

async function useRows(
  tx: Tx,
  orgId: string,
  { id, after, limit }: { id: string; after: string | null; limit: number },
): Promise<UseRow[]> {
  const found = await sql<UseRow>`
    select p.id, p.summary, p.state, p.due_at, p.updated_at, p.account_ids, p.campaign_id, p.picture_id, p.department_id,
      p.state <> all(${over}) and coalesce(m.rights_until < (p.due_at at time zone o.time_zone)::date, false) as late
    from post_media u
    join posts p on p.org_id = u.org_id and p.id = u.post_id
    join media m on m.org_id = u.org_id and m.id = u.media_id
    join organisations o on o.id = u.org_id
    where u.org_id = ${orgId} and u.media_id = ${id} and p.deleted_at is null ${after ? sql`and p.id < ${after}::uuid` : sql``}
    order by p.id desc limit ${limit}`.execute(tx)
  return found.rows
}

/** What keeps a file beside posts, in the order of names. */
async function otherUses(tx: Tx, orgId: string, id: string) {
  const campaigns = await tx
    .selectFrom('campaigns')
    .select(['id', 'name'])
    .where('org_id', '=', orgId)
    .where(sql<boolean>`${id}::uuid = any(asset_ids)`)
    .orderBy('name')
    .execute()
  const briefs = await tx
    .selectFrom('briefs')
    .select(['id', 'title as name'])
    .where('org_id', '=', orgId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`${id}::uuid = any(media_ids)`)
    .orderBy('title')
    .execute()
  const series = await sql<{ id: string; name: string }>`
    select s.id, s.summary as name from series s, media m
    where s.org_id = ${orgId} and m.org_id = s.org_id and m.id = ${id} and ${inSeries(sql`m`)} order by s.summary, s.id`.execute(
    tx,
  )
  return { campaigns, briefs, series: series.rows }
}

/** What is over cannot come too late any more. */
const over: VariantState[] = ['published', 'removed', 'cancelled']

async function countsOf(tx: Tx, orgId: string, id: string) {
  const found = await sql<{ state: VariantState; department_id: string | null; posts: number }>`
    select p.state, p.department_id, count(*)::int as posts from post_media u
    join posts p on p.org_id = u.org_id and p.id = u.post_id
    where u.org_id = ${orgId} and u.media_id = ${id} and p.deleted_at is null
    group by p.state, p.department_id`.execute(tx)
  const sums = <Key>(keyOf: (row: (typeof found.rows)[number]) => Key) =>
    [...Map.groupBy(found.rows, keyOf)]
      .map(([key, rows]) => ({ key, posts: sumOf(rows) }))
      .sort((one, other) => other.posts - one.posts)
  return {
    total: sumOf(found.rows),
    byState: sums((row) => row.state).map(({ key, posts }) => ({ state: key, posts })),
    byDepartment: sums((row) => row.department_id).map(({ key, posts }) => ({ departmentId: key, posts })),
  }
}

const sumOf = (rows: { posts: number }[]): number => rows.reduce((sum, row) => sum + row.posts, 0)
