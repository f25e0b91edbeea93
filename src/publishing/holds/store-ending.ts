// Queries for the end of a hold: what goes on by itself, what stays under another one, what was missed, and what becomes of that.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { anyHold, bindingHold, itsPostOrAnswer } from '../delivery/claim.ts'
import type { Reason } from '../types.ts'
import type { MissedPost } from './rules.ts'
import { answerOf, type HoldRow, type MetAnswer, postsAmong } from './store.ts'

export interface LetGo {
  wentOn: string[]
  missed: string[]
  elsewhere: string[]
  /** Every post of which something was let go. */
  postIds: string[]
  /** Answers are not sent late by themselves: each waits for a person. */
  answers: MetAnswer[]
}

const missed: Reason = { code: 'missed-while-on-hold' }

interface LetGoRow {
  variant_id: string
  /** null: an answer, which waits for its author. */
  post_id: string | null
  account_id: string
  answer: MetAnswer['answer']
  let_go: 'went-on' | 'missed' | 'another-hold'
}

/** The hold counts as ended already. Rows are taken first, so that what people did meanwhile is seen. */
export async function letGo(tx: Tx, hold: HoldRow, at: Date): Promise<LetGo> {
  await sql`select from variants where org_id = ${hold.org_id} and hold_id = ${hold.id} and state = 'held' order by id for update`.execute(
    tx,
  )
  const found = await sql<LetGoRow>`
    with bound as materialized (
      select v.org_id, v.id, v.due_at,
        case when ${anyHold} then ${bindingHold(at)} end as other
      from variants v ${itsPostOrAnswer}
      where v.org_id = ${hold.org_id} and v.hold_id = ${hold.id} and v.state = 'held'),
    free as (
      select b.*, h.reason, h.begun_by,
        case when b.other is not null then 'another-hold' when b.due_at > ${at} then 'went-on' else 'missed' end as let_go
      from bound b left join holds h on h.org_id = b.org_id and h.id = b.other),
    moved as (
      update variants v set hold_id = f.other, state_since = ${at}, announced = null, tries = 0,
        state = case f.let_go when 'went-on' then 'scheduled' else 'held' end,
        wake_at = case f.let_go when 'went-on' then v.due_at end,
        reason = case f.let_go when 'missed' then ${JSON.stringify(missed)}::jsonb when 'another-hold' then
          jsonb_strip_nulls(jsonb_build_object('code', 'held', 'holdId', f.other, 'text', f.reason, 'by', f.begun_by)) end
      from free f where v.org_id = f.org_id and v.id = f.id
      returning v.org_id, v.id, v.post_id, v.answer_id, v.account_id, f.other, f.let_go),
    told as (
      update held_variants t set let_go = m.let_go from moved m
      where t.org_id = m.org_id and t.hold_id = ${hold.id} and t.variant_id = m.id),
    passed_on as (
      insert into held_variants (org_id, hold_id, variant_id, found, found_at)
      select org_id, other, id, 'stopped', ${at} from moved where other is not null
      on conflict (org_id, hold_id, variant_id) do update set found = 'stopped', let_go = null)
    select m.id as variant_id, m.post_id, m.account_id, m.let_go, ${answerOf(sql`m`)} from moved m`.execute(tx)
  const posts = postsAmong(found.rows)
  const of = (kind: LetGoRow['let_go']) => posts.filter((row) => row.let_go === kind).map((row) => row.variant_id)
  return {
    wentOn: of('went-on'),
    missed: of('missed'),
    elsewhere: of('another-hold'),
    postIds: [...new Set(posts.map((row) => row.post_id))],
    answers: found.rows.filter((row) => row.answer !== null),
  }
}

export interface MissedRow extends MissedPost {
  /** Variants of it that were missed. */
  variantIds: string[]
  zone: string | null
}

/** Posts that were missed under a hold and wait for a person, locked. Those that another hold binds by now are not among them. */
export async function lockMissed(
  tx: Tx,
  orgId: string,
  holdId: string,
  { postIds, at }: { postIds: string[] | null; at: Date },
): Promise<MissedRow[]> {
  const locked = await sql<{ id: string }>`
    select v.id from variants v join held_variants t on t.org_id = v.org_id and t.variant_id = v.id
    where v.org_id = ${orgId} and v.post_id is not null and t.hold_id = ${holdId} and t.let_go = 'missed' ${stillMissed}
      ${postIds ? sql`and v.post_id = any(${postIds}::uuid[])` : sql``}
    order by v.id for update of v`.execute(tx)
  const found = await sql<{
    post_id: string
    ids: string[]
    accounts: string[]
    due_at: Date
    due_zone: string | null
  }>`
    select v.post_id, array_agg(v.id) as ids, array_agg(v.account_id) as accounts, min(v.due_at) as due_at, min(p.due_zone) as due_zone
    from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id
    where v.org_id = ${orgId} and v.id = any(${locked.rows.map((row) => row.id)}::uuid[]) ${stillMissed} and p.deleted_at is null
      and binding_hold(v.org_id, p.campaign_id, v.account_id, p.department_id, ${at}) is null
    group by v.post_id`.execute(tx)
  return found.rows.map((row) => ({
    id: row.post_id,
    accountIds: row.accounts,
    variantIds: row.ids,
    dueAt: row.due_at,
    zone: row.due_zone,
  }))
}

const stillMissed = sql`and v.state = 'held' and v.reason->>'code' = 'missed-while-on-hold'`

export interface NewTime {
  postId: string
  variantIds: string[]
  at: Date
  wall: string
  zone: string
}

/** Gives missed posts their new times; delivery takes them from there. */
export async function replan(tx: Tx, orgId: string, times: NewTime[], now: Date): Promise<void> {
  const rows = JSON.stringify(
    times.flatMap(({ variantIds, postId, at, wall, zone }) =>
      variantIds.map((variantId) => ({ postId, variantId, at, wall, zone })),
    ),
  )
  await sql`
    with planned as (
      select * from jsonb_to_recordset(${rows}::jsonb) as w("postId" uuid, "variantId" uuid, at timestamptz, wall timestamp, zone text)),
    moved as (
      update variants v set state = 'scheduled', reason = null, state_since = ${now}, due_at = w.at, wake_at = w.at, hold_id = null,
        worker_id = null, lease_until = null, tries = 0, announced = null
      from planned w where v.org_id = ${orgId} and v.id = w."variantId")
    update posts p set due_at = w.at, due_wall = w.wall, due_zone = w.zone
    from planned w where p.org_id = ${orgId} and p.id = w."postId"`.execute(tx)
}

/** Active holds whose time is over, across organisations. Runs in a system transaction. */
export async function overdueHolds(tx: Tx, at: Date): Promise<{ org_id: string; id: string }[]> {
  const found = await sql<{ org_id: string; id: string }>`
    select org_id, id from holds where ended_at is null and ends_at <= ${at} order by ends_at, id`.execute(tx)
  return found.rows
}
