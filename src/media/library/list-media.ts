// The library as a list: searched, narrowed, ordered and paged, each file with its uses and its doubles.

import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { addDays, dayIn } from '../../lib/days.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { libraryLine } from '../contract.ts'
import { type MediaKind, postableKinds } from '../rules.ts'
import { type MediaRow, shown } from '../views.ts'
import { zoneOf } from './ends.ts'
import { endingDays, tagOf } from './rules.ts'
import type { MediaOrder, RightsState } from './types.ts'
import { isUsed } from './used.ts'

type Line = z.infer<typeof libraryLine>

export interface LibraryFilter {
  limit: number
  cursor?: string
  q?: string
  kind?: MediaKind | 'postable'
  folderId?: string
  tag?: string
  rights?: RightsState
  used?: 'yes' | 'no'
  /** Posts, or answers of a conversation. */
  usableFor?: string
  twice?: 'yes' | 'no'
  order: MediaOrder
}

type Row = MediaRow & { uses: number; copies: number; place: string }

/** Where a page ended, in the words of its order: nothing else is given to the database. */
const places: Record<MediaOrder, z.ZodType<string>> = {
  newest: z.uuid(),
  oldest: z.uuid(),
  name: z.string().max(200),
  largest: z.string().regex(/^\d{1,15}$/),
  expiry: z.union([z.iso.date(), z.literal('infinity')]),
}

export function listMedia(
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  filter: LibraryFilter,
): Promise<{ items: Line[]; nextCursor: string | null }> {
  const after = readCursor(filter.cursor, z.tuple([places[filter.order], z.uuid()]))
  return inOrg(services.db, caller.orgId, async (tx) => {
    const today = filter.rights ? dayIn(services.clock(), await zoneOf(tx, caller.orgId)) : null
    const rows = await pageOfMedia(tx, caller.orgId, filter, after, today)
    const key = (row: Row) => [row.place, row.id]
    return pageFrom(rows, filter.limit, key, (row) => ({ ...shown(row), uses: row.uses, copies: row.copies }))
  })
}

interface Order {
  by: RawBuilder<unknown>
  /** What the cursor carries is text: as what it is compared. */
  type: RawBuilder<unknown>
  down: boolean
}

/** Ids are made in the order of time. */
const orders: Record<MediaOrder, Order> = {
  newest: { by: sql`m.id`, type: sql`uuid`, down: true },
  oldest: { by: sql`m.id`, type: sql`uuid`, down: false },
  name: { by: sql`lower(left(m.file_name, 60)) collate "C"`, type: sql`text`, down: false },
  largest: { by: sql`m.bytes`, type: sql`bigint`, down: true },
  expiry: { by: sql`coalesce(m.rights_until, 'infinity'::date)`, type: sql`date`, down: false },
}

/** Uses and doubles are counted for the page alone. */
async function pageOfMedia(
  tx: Tx,
  orgId: string,
  filter: LibraryFilter,
  after: [string, string] | null,
  today: string | null,
): Promise<Row[]> {
  const { by, type, down } = orders[filter.order]
  const direction = down ? sql`desc` : sql`asc`
  const beyond = after && sql`and (${by}, m.id) ${down ? sql`<` : sql`>`} (${after[0]}::${type}, ${after[1]}::uuid)`
  const found = await sql<Row>`
    with page as materialized (
      select m.*, (${by})::text as place, row_number() over (order by ${by} ${direction}, m.id ${direction}) as line from media m
      where m.org_id = ${orgId} and m.removed_at is null ${sql.join([sql``, ...conditions(orgId, filter, today)], sql` `)} ${beyond ?? sql``}
      order by ${by} ${direction}, m.id ${direction} limit ${filter.limit + 1})
    select page.*, (${usesOf(sql`page`)})::int as uses,
      (select count(*) from media o where o.org_id = page.org_id and o.sha256 = page.sha256 and o.id <> page.id and o.removed_at is null)::int as copies
    from page order by line`.execute(tx)
  return found.rows
}

/** Publishing keeps this table; posts that are deleted can come back, and count then. */
const usesOf = (file: RawBuilder<unknown>) => sql`
  select count(*) from post_media u join posts p on p.org_id = u.org_id and p.id = u.post_id
  where u.org_id = ${file}.org_id and u.media_id = ${file}.id and p.deleted_at is null`

function conditions(orgId: string, filter: LibraryFilter, today: string | null): RawBuilder<unknown>[] {
  const { q, kind, folderId, tag, used, usableFor, twice } = filter
  const like = `%${(q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  const isTwice = sql`exists (select from media o where o.org_id = m.org_id and o.sha256 = m.sha256 and o.id <> m.id and o.removed_at is null)`
  const wanted = [
    q &&
      sql`(m.file_name ilike ${like} or m.alt ilike ${like} or m.source ilike ${like} or m.credit ilike ${like}
      or exists (select from unnest(m.tags) tag where tag like ${like.toLowerCase()}))`,
    kind && (kind === 'postable' ? sql`m.kind = any(${postableKinds}::text[])` : sql`m.kind = ${kind}`),
    folderId === 'none' && sql`m.folder_id is null`,
    folderId && folderId !== 'none' && sql`m.folder_id in (${folderAndBelow(orgId, folderId)})`,
    tag && sql`${tagOf(tag)} = any(m.tags)`,
    used && (used === 'yes' ? isUsed(sql`m`) : sql`not ${isUsed(sql`m`)}`),
    usableFor && isFreeFor(usableFor),
    twice && (twice === 'yes' ? isTwice : sql`not ${isTwice}`),
    filter.rights && today && rightsCondition(filter.rights, today),
  ]
  return wanted.flatMap((each) => (each ? [sql`and ${each}`] : []))
}

/** Not behind a wall, or brought for the same conversation. */
const isFreeFor = (use: string): RawBuilder<unknown> => sql`(m.conversation_id is null
  ${use === 'posts' ? sql`` : sql`or m.conversation_id = ${use}::uuid`}
  or exists (select from conversations c where c.org_id = m.org_id and c.id = m.conversation_id and c.wall_id is null))`

const folderAndBelow = (orgId: string, id: string) => sql`
  with recursive below as (
    select id from media_folders where org_id = ${orgId} and id = ${id}
    union
    select f.id from media_folders f join below b on f.parent_id = b.id where f.org_id = ${orgId})
  select id from below`

/** The same as `rightsOn` in rules.ts, which a test compares. */
function rightsCondition(state: RightsState, today: string): RawBuilder<unknown> {
  const soon = addDays(today, endingDays)
  const over = sql`coalesce(m.rights_until < ${today}::date, false)`
  const ending = sql`coalesce(m.rights_until <= ${soon}::date, false)`
  if (state === 'expired') return over
  if (state === 'unknown') return sql`(m.rights_basis is null and not ${over})`
  if (state === 'expiring') return sql`(m.rights_basis is not null and not ${over} and ${ending})`
  return sql`(m.rights_basis is not null and not ${ending})`
}

/** How many files have each tag, the most used first. */
export const listTags = (services: Pick<Services, 'db'>, caller: Caller): Promise<{ tag: string; files: number }[]> =>
  inOrg(services.db, caller.orgId, async (tx) => {
    const found = await sql<{ tag: string; files: number }>`
      select tag, count(*)::int as files from media m, unnest(m.tags) tag
      where m.org_id = ${caller.orgId} and m.removed_at is null group by tag order by count(*) desc, tag limit 2000`.execute(
      tx,
    )
    return found.rows
  })
