// The calendar as a file: every planned post of a range and filter, in the form that an import reads back to the same calendar.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Draft } from '../../connectors/contract.ts'
import { inOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { belongingTo, type Whose } from '../lines.ts'
import { type ExportRow, headLine, joined, linesOf } from './cells.ts'
import { type Directory, readDirectory } from './names.ts'
import { cellsOfWords, type Details, needsDetails } from './post-cells.ts'

interface ExportedPost {
  id: string
  content: Draft
  state: string
  due_at: Date
  due_wall: string | null
  due_zone: string | null
  campaign_id: string | null
  department_id: string | null
  owner_id: string | null
  initiator: string
  origin: string
  origin_post_id: string | null
  adapted_for: string | null
  variants: { accountId: string; content: Draft | null }[]
}

const place = z.tuple([z.iso.datetime(), z.uuid()])

export function exportPage(
  services: Pick<Services, 'db'>,
  caller: Caller,
  given: Whose & { from: string; to: string; limit: number; cursor?: string },
): Promise<{ csv: string; posts: number; nextCursor: string | null }> {
  const { cursor, limit, from, to, ...whose } = given
  if (new Date(to) <= new Date(from)) throw new Refusal('range-backwards', { field: 'to' })
  const after = readCursor(cursor, place)
  return inOrg(services.db, caller.orgId, async (tx) => {
    const directory = await readDirectory(tx, caller.orgId)
    const rows = await plannedPosts(tx, caller.orgId, {
      ...whose,
      from: new Date(from),
      to: new Date(to),
      after,
      limit: limit + 1,
    })
    const key = (row: ExportedPost) => [row.due_at.toISOString(), row.id]
    const { items, nextCursor } = pageFrom(rows, limit, key, (row) => exportRowOf(row, directory))
    return { csv: (after ? '' : headLine) + linesOf(items), posts: items.length, nextCursor }
  })
}

async function plannedPosts(
  tx: Tx,
  orgId: string,
  { from, to, after, limit, ...whose }: Whose & { from: Date; to: Date; after: [string, string] | null; limit: number },
): Promise<ExportedPost[]> {
  const found = await sql<ExportedPost>`
    select p.id, p.content, p.state, p.due_at, p.due_wall, p.due_zone, p.campaign_id, p.department_id, p.owner_id, p.initiator, p.origin,
      p.origin_post_id, p.adapted_for,
      (select coalesce(jsonb_agg(jsonb_build_object('accountId', v.account_id, 'content', v.content) order by v.id), '[]')
        from variants v where v.org_id = p.org_id and v.post_id = p.id) as variants
    from posts p
    where p.org_id = ${orgId} and p.deleted_at is null and p.due_at >= ${from} and p.due_at < ${to} ${belongingTo(whose)}
      ${after ? sql`and (p.due_at, p.id) > (${new Date(after[0])}, ${after[1]}::uuid)` : sql``}
    order by p.due_at, p.id limit ${limit}`.execute(tx)
  return found.rows
}

export function exportRowOf(
  post: Omit<ExportedPost, 'due_at' | 'id'>,
  { nameOf }: Pick<Directory, 'nameOf'>,
): ExportRow {
  const own = post.variants.filter((each): each is { accountId: string; content: Draft } => each.content !== null)
  const more: Details = {
    ...(needsDetails(post.content) ? { content: post.content as Details['content'] } : {}),
    ...(own.length > 0 ? { variants: own as Details['variants'] } : {}),
    ...(post.origin_post_id ? { originPostId: post.origin_post_id } : {}),
  }
  return {
    ...cellsOfWords(post.content as Parameters<typeof cellsOfWords>[0]),
    date: post.due_wall?.slice(0, 16) ?? '',
    zone: post.due_zone ?? '',
    accounts: joined(post.variants.map(({ accountId }) => nameOf.accounts(accountId))),
    state: post.state,
    campaign: nameOf.campaigns(post.campaign_id),
    department: nameOf.departments(post.department_id),
    owner: nameOf.members(post.owner_id),
    ...{ initiator: post.initiator, origin: post.origin, adaptedFor: post.adapted_for ?? '' },
    longrun: Object.keys(more).length > 0 ? JSON.stringify(more) : '',
  }
}
