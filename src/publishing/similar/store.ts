// Every query about words that were said before: marks of what was scheduled, candidates, and exactly equal posts.

import { sql } from 'kysely'
import type { Draft } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'

/** What counts as said: it is out, on its way, or planned. */
const said = sql`('in-review', 'scheduled', 'sending', 'processing', 'looking-up', 'unconfirmed', 'held', 'parked', 'published')`

export interface Marked {
  variantId: string
  hash: string | null
}

/** Keeps by which marks a post is found, and the hashes of what its variants say. */
export async function keepMarks(
  tx: Tx,
  orgId: string,
  postId: string,
  { marks, variants }: { marks: number[]; variants: Marked[] },
): Promise<void> {
  await sql`with marked as (
      insert into post_marks (org_id, mark, post_id) select ${orgId}, mark, ${postId} from unnest(${marks}::integer[]) mark
      on conflict do nothing)
    update variants v set said_hash = given.hash
    from unnest(${variants.map((each) => each.variantId)}::uuid[], ${variants.map((each) => each.hash)}::text[]) given (id, hash)
    where v.org_id = ${orgId} and v.id = given.id and v.said_hash is distinct from given.hash`.execute(tx)
}

export interface Candidate {
  post_id: string
  account_id: string
  summary: string
  state: string
  at: Date | null
  content: Draft
}

/** More posts than this are not compared word by word: those that share most marks come first. */
const mostCandidates = 40
/** Of a mark that more posts have (a greeting, a closing line) the newest count. It bounds the work, whatever there is. */
const postsOfMark = 200

/** Posts with marks in common, whose time lies after `from`, with what they say; those most in common first. */
export async function candidatesFor(
  tx: Tx,
  orgId: string,
  given: { marks: number[]; from: Date; not: string },
): Promise<Candidate[]> {
  if (given.marks.length === 0) return []
  const found = await sql<Candidate>`
    with few as (
      select m.post_id, count(*) as shared from unnest(${given.marks}::integer[]) sought (mark)
        cross join lateral (select post_id from post_marks where org_id = ${orgId} and mark = sought.mark
          order by post_id desc limit ${postsOfMark}) m
      where m.post_id <> ${given.not}
      group by m.post_id order by shared desc, m.post_id desc limit ${mostCandidates})
    select v.post_id, v.account_id, p.summary, v.state, coalesce(v.published_at, v.due_at) as at, coalesce(v.content, p.content) as content
    from few f join posts p on p.org_id = ${orgId} and p.id = f.post_id and p.deleted_at is null
      join variants v on v.org_id = ${orgId} and v.post_id = f.post_id
    where v.state in ${said} and coalesce(v.published_at, v.due_at) >= ${given.from}
    order by f.shared desc, v.id`.execute(tx)
  return found.rows
}

/** Two people who schedule the same words at one moment: the second sees what the first did. */
export const lockSaying = (tx: Tx, orgId: string, says: { accountId: string; hash: string }[]): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(said, 0))
    from unnest(${says.map(({ accountId, hash }) => `said ${orgId} ${accountId} ${hash}`).sort()}::text[]) said`.execute(
    tx,
  )

/** Other posts that say exactly the same to the same account, near `at`. */
export async function saidAgain(
  tx: Tx,
  orgId: string,
  given: { postId: string; says: { accountId: string; hash: string }[]; at: Date; withinMs: number },
): Promise<{ post_id: string; account_id: string; at: Date }[]> {
  if (given.says.length === 0) return []
  const [from, to] = [-given.withinMs, given.withinMs].map((ms) => new Date(given.at.getTime() + ms))
  const found = await sql<{ post_id: string; account_id: string; at: Date }>`
    select v.post_id, v.account_id, coalesce(v.published_at, v.due_at) as at
    from unnest(${given.says.map((each) => each.accountId)}::uuid[], ${given.says.map((each) => each.hash)}::text[]) says (account, hash)
      join variants v on v.org_id = ${orgId} and v.account_id = says.account and v.said_hash = says.hash
      join posts p on p.org_id = ${orgId} and p.id = v.post_id and p.deleted_at is null
    where v.post_id <> ${given.postId} and v.state in ${said} and coalesce(v.published_at, v.due_at) between ${from} and ${to}
      -- A series says the same again on purpose.
      and not exists (select from occurrences own join occurrences other on other.org_id = own.org_id and other.series_id = own.series_id
        where own.org_id = ${orgId} and own.post_id = ${given.postId} and other.post_id = v.post_id)
    order by 3`.execute(tx)
  return found.rows
}

/** Marks of posts that nobody will be warned of any more. Answers how many were forgotten. */
export async function forgetMarks(tx: Tx, before: Date): Promise<number> {
  const gone = await sql`delete from post_marks m where not exists (
      select from variants v where v.org_id = m.org_id and v.post_id = m.post_id and v.state in ${said}
        and coalesce(v.published_at, v.due_at) >= ${before})
    and not exists (select from variants v where v.org_id = m.org_id and v.post_id = m.post_id and v.state_since >= ${before})`.execute(
    tx,
  )
  return Number(gone.numAffectedRows ?? 0)
}
