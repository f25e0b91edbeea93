// Every query about words that were said before: marks of what was scheduled, candidates, and exactly equal posts.

import { type RawBuilder, sql } from 'kysely'
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
/** So many are asked whether they are said still: drafts again, deleted and long past ones must not stand in the way of others. */
const mostAsked = 400
/** Of a mark that more posts have (a greeting, a closing line) the newest count. It bounds the work, whatever there is. */
const postsOfMark = 200

/** Posts with marks in common, whose time lies after `from`, with what they say; those most in common first. A series says the same again on purpose. */
export async function candidatesFor(
  tx: Tx,
  orgId: string,
  given: { marks: number[]; from: Date; not: string },
): Promise<Candidate[]> {
  if (given.marks.length === 0) return []
  // Limits within keep to look-ups by key, whatever PostgreSQL believes of a table that has just grown.
  const counts = sql`v.state in ${said} and coalesce(v.published_at, v.due_at) >= ${given.from}`
  const found = await sql<Candidate>`
    with met as materialized (select * from posts_with_marks(${orgId}, ${given.marks}::integer[], ${given.not}, ${postsOfMark}, ${mostAsked})),
    few as materialized (
      select met.post_id, met.shared, p.summary, p.content from met
        cross join lateral (select summary, content from posts p where p.org_id = ${orgId} and p.id = met.post_id and p.deleted_at is null limit 1) p
        cross join lateral (select from variants v where v.org_id = ${orgId} and v.post_id = met.post_id and ${counts} limit 1) v
      where not ${sameSeries(orgId, given.not, sql`met.post_id`)}
      order by met.shared desc, met.post_id desc limit ${mostCandidates})
    select v.post_id, v.account_id, few.summary, v.state, coalesce(v.published_at, v.due_at) as at, coalesce(v.content, few.content) as content
    from few cross join lateral (select * from variants v where v.org_id = ${orgId} and v.post_id = few.post_id offset 0) v
    where ${counts}
    order by few.shared desc, v.id`.execute(tx)
  return found.rows
}

const sameSeries = (orgId: string, one: string, other: RawBuilder<unknown>) =>
  sql`exists (select from occurrences mine join occurrences theirs on theirs.org_id = mine.org_id and theirs.series_id = mine.series_id
    where mine.org_id = ${orgId} and mine.post_id = ${one} and theirs.post_id = ${other})`

/** Two people who schedule the same words at one moment: the second sees what the first did. */
export const lockSaying = (tx: Tx, orgId: string, says: { accountId: string; hash: string }[]): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(said, 0))
    from unnest(${says.map(({ accountId, hash }) => `said ${orgId} ${accountId} ${hash}`).sort()}::text[]) said`.execute(
    tx,
  )

/** Other posts that say exactly the same to the same account, near `at`; not those of its own series. */
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
      and not ${sameSeries(orgId, given.postId, sql`v.post_id`)}
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
