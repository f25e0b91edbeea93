// Rows that the calendar has already: the same words at the same wall time for the same account, whoever put them there.

import { sql } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import { hashJson } from '../../lib/hash.ts'
import { instantOf } from '../times.ts'
import type { ReadRow } from './read-row.ts'

/** `[post, account, …]` of what is there. Posts of the import itself do not count: a try that was stopped goes on. */
interface There {
  id: string
  due_wall: string | null
  due_zone: string | null
  account_id: string | null
  content: Draft
}

/** Tells it to each row: an error, or a note where a person wants them all the same. */
export async function sayAlreadyThere(
  tx: Tx,
  { org_id: orgId, id, settings }: { org_id: string; id: string; settings: { again: boolean } },
  rows: ReadRow[],
): Promise<void> {
  const asked = rows.filter((row) => row.content !== null && !row.issues.some(({ level }) => level === 'error'))
  if (asked.length === 0) return
  const there = new Map<string, string>()
  for (const post of await postsLike(tx, orgId, id, asked))
    there.set(keyOf(post.content, [post.due_wall?.slice(0, 16) ?? null, post.due_zone], post.account_id), post.id)
  for (const row of asked) {
    const post = keysOf(row).flatMap((key) => there.get(key) ?? [])[0]
    if (!post) continue
    const level = settings.again ? 'warning' : 'error'
    row.issues.push({ row: row.row, level, field: 'row', code: 'already-there', params: { post } })
  }
}

const keysOf = ({ content, variants, wall, zone }: ReadRow): string[] =>
  variants.length === 0
    ? [keyOf(content!, [wall, zone], null)]
    : variants.map((each) => keyOf(each.content ?? content!, [wall, zone], each.accountId))

/** Pictures make no difference, unless there are no words: the same words twice at one time are a mistake with other pictures too. */
function keyOf(content: Draft, [wall, zone]: [string | null, string | null], accountId: string | null): string {
  const words = [content.title ?? '', ...content.segments.map(({ text }) => text)].map((text) =>
    text.normalize().trim(),
  )
  const said = words.some(Boolean) ? words : content.segments.map(({ media }) => media.map(({ id }) => id))
  return hashJson([accountId, wall, wall === null ? null : zone, said])
}

/** Those at the times of these rows, and those without a time that begin as one of them does. */
async function postsLike(tx: Tx, orgId: string, importId: string, rows: ReadRow[]): Promise<There[]> {
  const times = rows.flatMap(({ wall, zone }) => {
    const meaning = wall === null ? null : instantOf({ wall, zone })
    return meaning && meaning.kind !== 'never' ? [meaning.at] : []
  })
  const texts = rows.flatMap(({ wall, content, variants }) =>
    wall === null
      ? [content, ...variants.map((each) => each.content)].flatMap((each) => each?.segments[0]?.text ?? [])
      : [],
  )
  const found = await sql<There>`
    select p.id, to_char(p.due_wall, 'YYYY-MM-DD"T"HH24:MI') as due_wall, p.due_zone, v.account_id, coalesce(v.content, p.content) as content
    from posts p left join variants v on v.org_id = ${orgId} and v.post_id = p.id
    where p.org_id = ${orgId} and p.deleted_at is null and p.import_id is distinct from ${importId}
      and (p.due_at = any(${[...new Set(times.map((at) => at.toISOString()))]}::timestamptz[])
        or p.due_wall is null and p.content->'segments'->0->>'text' = any(${[...new Set(texts)]}::text[]))`.execute(tx)
  return found.rows
}
