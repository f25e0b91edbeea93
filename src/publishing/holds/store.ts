// Every query of holds: what they bind, what they stopped, and how that goes on.

import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { Holds } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Answering } from '../answers/types.ts'
import { bindingHold, itsPostOrAnswer } from '../delivery/claim.ts'
import type { Reason, VariantState } from '../types.ts'
import type { HoldScope, Scope } from './types.ts'

export type HoldRow = Omit<Selectable<Holds>, 'scope'> & { scope: Scope }

export interface BoundRow {
  post_id: string
  variant_id: string
  account_id: string
  summary: string
  state: VariantState
  due_at: Date | null
}

/** A part that was sent, or is being processed, and has no outcome. Of `v`. */
const openPart = sql`exists (select from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.revision = v.revision
  and r.published_at is null and (r.sent_at is not null or r.ref is not null))`

/** Waiting, or claimed and not being written: what a hold takes out of delivery's hands. Of `v`. */
const stoppable = sql`v.state in ('scheduled', 'parked', 'sending') and not ${openPart}`
const beingWritten = sql`v.state in ('sending', 'processing', 'looking-up') and ${openPart}`

const boundBy = ({ scope, scopeId }: HoldScope): RawBuilder<unknown> =>
  ({
    everything: sql`true`,
    campaigns: sql`p.campaign_id is not null`,
    campaign: sql`p.campaign_id = ${scopeId}`,
    account: sql`v.account_id = ${scopeId}`,
    department: sql`coalesce(p.department_id, said.department_id) = ${scopeId}`,
  })[scope]

const lineOf = sql`v.post_id, v.id as variant_id, v.account_id, p.summary, v.state, v.due_at`

export async function insertHold(tx: Tx, hold: HoldRow): Promise<void> {
  await tx.insertInto('holds').values(hold).execute()
}

export async function findHold(tx: Tx, orgId: string, id: string): Promise<HoldRow | undefined> {
  return tx
    .selectFrom('holds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst() as Promise<HoldRow | undefined>
}

/** Nobody else ends it until this transaction does. */
export async function lockHold(tx: Tx, orgId: string, id: string): Promise<HoldRow | undefined> {
  return tx
    .selectFrom('holds')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst() as Promise<HoldRow | undefined>
}

export async function markEnded(tx: Tx, hold: HoldRow, by: string | null, at: Date): Promise<void> {
  await tx
    .updateTable('holds')
    .set({ ended_at: at, ended_by: by })
    .where('org_id', '=', hold.org_id)
    .where('id', '=', hold.id)
    .execute()
}

/**
 * For statements that write thousands of references. A connection keeps its plan for checking one from when the table was small:
 * then it goes through all of the table for each row, and a hold of everything takes a minute instead of two seconds.
 */
export const planEachCheck = (tx: Tx): Promise<unknown> =>
  sql`set local plan_cache_mode = 'force_custom_plan'`.execute(tx)

// ── Beginning ───────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Takes the rows before anything is decided about them: whoever has one now finishes first, and the statements that follow see what
 * came of it.
 */
export async function lockBound(tx: Tx, orgId: string, scope: HoldScope): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select v.id from variants v ${itsPostOrAnswer}
    where v.org_id = ${orgId} and v.state in ('scheduled', 'parked', 'sending', 'processing', 'looking-up') and ${boundBy(scope)}
    order by v.id for update of v`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** An answer that a hold met. What it says, and that it is there, is no business of those who see the hold. */
export interface MetAnswer {
  variant_id: string
  account_id: string
  answer: Pick<Answering, 'id' | 'conversationId'> | null
}

export const postsAmong = <Row extends { post_id: string | null }>(rows: Row[]) =>
  rows.flatMap((row) => (row.post_id === null ? [] : [{ ...row, post_id: row.post_id }]))

/** A worker that has one of them loses it: its fence no longer fits. Its attempt ends here, since nobody else will tell. */
export async function stopVariants(
  tx: Tx,
  hold: HoldRow,
  ids: string[],
): Promise<{ posts: BoundRow[]; answers: MetAnswer[] }> {
  const found = await sql<MetRow>`
    with stopped as (
      update variants v set state = 'held', reason = ${reasonOf(hold)}::jsonb, state_since = ${hold.begun_at}, hold_id = ${hold.id},
        wake_at = null, worker_id = null, lease_until = null, announced = null
      where v.org_id = ${hold.org_id} and v.id = any(${ids}::uuid[]) and ${stoppable}
      returning v.org_id, v.post_id, v.answer_id, v.id, v.account_id, v.state, v.due_at),
    noted as (
      insert into held_variants (org_id, hold_id, variant_id, found, found_at)
      select org_id, ${hold.id}, id, 'stopped', ${hold.begun_at} from stopped),
    ended as (
      update attempts a set ended_at = ${hold.begun_at}, outcome = 'deferred', error_code = 'held' from stopped s
      where a.org_id = s.org_id and a.variant_id = s.id and a.ended_at is null)
    select s.post_id, s.id as variant_id, s.account_id, p.summary, s.state, s.due_at, ${answerOf(sql`s`)}
    from stopped s left join posts p on p.org_id = s.org_id and p.id = s.post_id`.execute(tx)
  return { posts: postsAmong(found.rows), answers: found.rows.filter((row) => row.answer !== null) }
}

type MetRow = Omit<BoundRow, 'post_id'> & MetAnswer & { post_id: string | null }

/** Of a row with `answer_id`. */
export const answerOf = (row: RawBuilder<unknown>) => sql`(
  select jsonb_build_object('id', w.id, 'conversationId', w.conversation_id) from answers w
  where w.org_id = ${row}.org_id and w.id = ${row}.answer_id) as answer`

/** What was being written when it began, noted by name; posts are answered. */
export async function noteUnderWay(tx: Tx, hold: HoldRow, ids: string[]): Promise<BoundRow[]> {
  const found = await sql<Omit<MetRow, 'answer'>>`
    with writing as (
      select v.org_id, ${lineOf} from variants v left join posts p on p.org_id = v.org_id and p.id = v.post_id
      where v.org_id = ${hold.org_id} and v.id = any(${ids}::uuid[]) and ${beingWritten}),
    noted as (
      insert into held_variants (org_id, hold_id, variant_id, found, found_at)
      select org_id, ${hold.id}, variant_id, 'under-way', ${hold.begun_at} from writing)
    select * from writing order by due_at, variant_id`.execute(tx)
  return postsAmong(found.rows)
}

export async function setCounts(tx: Tx, hold: HoldRow, counts: { stopped: number; underWay: number }): Promise<void> {
  await tx
    .updateTable('holds')
    .set({ stopped: counts.stopped, under_way: counts.underWay })
    .where('org_id', '=', hold.org_id)
    .where('id', '=', hold.id)
    .execute()
}

/** Who answers for the posts: their owner, or who wrote them. */
export async function ownersOf(tx: Tx, orgId: string, postIds: string[]): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select distinct m.id from posts p join members m on m.org_id = p.org_id and m.id = coalesce(p.owner_id, p.created_by)
    where p.org_id = ${orgId} and p.id = any(${postIds}::uuid[]) and m.ended_at is null`.execute(tx)
  return found.rows.map((row) => row.id)
}

/** What it would stop, without stopping it. */
export async function boundNow(
  tx: Tx,
  orgId: string,
  scope: HoldScope,
  most: number,
): Promise<{ count: number; next: BoundRow[]; underWay: BoundRow[] }> {
  const all = sql`from variants v ${itsPostOrAnswer} where v.org_id = ${orgId} and v.post_id is not null and ${boundBy(scope)}`
  const counted = await sql<{ count: number }>`select count(*)::int as count ${all} and ${stoppable}`.execute(tx)
  const next =
    await sql<BoundRow>`select ${lineOf} ${all} and ${stoppable} order by v.due_at, v.id limit ${most}`.execute(tx)
  const writing =
    await sql<BoundRow>`select ${lineOf} ${all} and ${beingWritten} order by v.due_at, v.id limit ${most}`.execute(tx)
  return { count: counted.rows[0]!.count, next: next.rows, underWay: writing.rows }
}

// ── Coming under one later ──────────────────────────────────────────────────────────────────────────────────────────

/**
 * Holds what of these posts waits for its time under a hold. Answers the posts of which something was held. Whoever ends that hold
 * at this moment is waited for: it lets go only of what it holds by then.
 */
export async function holdWhatIsBound(tx: Tx, orgId: string, postIds: string[], at: Date): Promise<string[]> {
  const found = await sql<{ post_id: string }>`
    with bound as (
      select v.org_id, v.id, h.id as hold_id, h.reason, h.begun_by from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id
        join holds h on h.org_id = v.org_id and h.id = binding_hold(v.org_id, p.campaign_id, v.account_id, p.department_id, ${at})
      -- The ids at every table: before its statistics are there PostgreSQL would read all posts and variants of the organisation instead.
      where v.org_id = ${orgId} and v.post_id = any(${postIds}::uuid[]) and v.state = 'scheduled' and p.id = any(${postIds}::uuid[])
        and h.ended_at is null for share of h),
    ${stopBound(sql`v.post_id = any(${postIds}::uuid[])`, at)}
    select distinct post_id from stopped`.execute(tx)
  return found.rows.map((row) => row.post_id)
}

/** The same for one answer. */
export async function holdOneIfBound(
  tx: Tx,
  { org_id: orgId, id }: { org_id: string; id: string },
  at: Date,
): Promise<boolean> {
  const found = await sql`
    with bound as (
      select v.org_id, v.id, h.id as hold_id, h.reason, h.begun_by from variants v ${itsPostOrAnswer}
        join holds h on h.org_id = v.org_id and h.id = ${bindingHold(at)}
      where v.org_id = ${orgId} and v.id = ${id} and v.state = 'scheduled' and h.ended_at is null for share of h),
    ${stopBound(sql`v.id = ${id}`, at)}
    select from stopped`.execute(tx)
  return found.rows.length > 0
}

/** Of rows `bound` with the hold of each; `among` says again which variants. */
const stopBound = (among: RawBuilder<unknown>, at: Date) => sql`
    stopped as (
      update variants v set state = 'held', reason = ${heldReason('b')}, state_since = ${at}, hold_id = b.hold_id,
        wake_at = null, worker_id = null, lease_until = null
      from bound b where v.org_id = b.org_id and v.id = b.id and ${among} returning v.org_id, v.post_id, v.id, v.hold_id),
    noted as (
      insert into held_variants (org_id, hold_id, variant_id, found, found_at)
      select org_id, hold_id, id, 'stopped', ${at} from stopped
      on conflict (org_id, hold_id, variant_id) do update set found = 'stopped', found_at = excluded.found_at, let_go = null)`

/** Those of these variants that a hold binds now, with its reason. */
export async function boundOf(tx: Tx, orgId: string, ids: string[], at: Date): Promise<Map<string, string>> {
  const found = await sql<{ id: string; reason: string }>`
    select v.id, h.reason from variants v ${itsPostOrAnswer}
      join holds h on h.org_id = v.org_id and h.id = ${bindingHold(at)}
    where v.org_id = ${orgId} and v.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(found.rows.map((row) => [row.id, row.reason]))
}

interface HeldStep {
  variant_id: string
  found: 'stopped' | 'under-way'
  found_at: Date
  let_go: 'went-on' | 'missed' | 'another-hold' | null
  reason: string
  ended_at: Date | null
  /** Names. */
  begun_by: string | null
  ended_by: string | null
}

/** The holds that a post met, for its way. */
export async function holdsOfPost(tx: Tx, orgId: string, postId: string): Promise<HeldStep[]> {
  const found = await sql<HeldStep>`
    select t.variant_id, t.found, t.found_at, t.let_go, h.reason, h.ended_at,
      (select u.name from members m join users u on u.id = m.user_id where m.org_id = h.org_id and m.id = h.begun_by) as begun_by,
      (select u.name from members m join users u on u.id = m.user_id where m.org_id = h.org_id and m.id = h.ended_by) as ended_by
    from held_variants t join holds h on h.org_id = t.org_id and h.id = t.hold_id
      join variants v on v.org_id = t.org_id and v.id = t.variant_id
    where t.org_id = ${orgId} and v.post_id = ${postId} order by t.found_at`.execute(tx)
  return found.rows
}

const reasonOf = ({ id, reason, begun_by }: HoldRow): string => {
  const told: Reason = { code: 'held', holdId: id, text: reason, ...(begun_by ? { by: begun_by } : {}) }
  return JSON.stringify(told)
}

/** The same reason in SQL, of a row that has `hold_id`, `reason` and `begun_by` of the hold. */
const heldReason = (row: string) =>
  sql.raw(
    `jsonb_strip_nulls(jsonb_build_object('code', 'held', 'holdId', ${row}.hold_id, 'text', ${row}.reason, 'by', ${row}.begun_by))`,
  )
