// Every query of measures. Each goes through the conversations, so that nobody counts what they may not see.

import { sql } from 'kysely'
import { withinDays } from '../../db/day-span.ts'
import type { Tx } from '../../db/tx.ts'
import type { ClockState } from '../promises/timeline.ts'
import type { PromiseMetric } from '../promises/types.ts'
import type { Grouping, MeasureFilter } from './types.ts'

export interface Span extends MeasureFilter {
  orgId: string
  zone: string
  /** Days as calendars have them, both included. */
  from: string
  to: string
  now: Date
}

const of = ({ departmentId, accountId, memberId }: MeasureFilter) => sql`
  ${departmentId ? sql`and c.department_id = ${departmentId}` : sql``} ${accountId ? sql`and c.account_id = ${accountId}` : sql``}
  ${memberId ? sql`and c.owner_id = ${memberId}` : sql``}`

/** Of a conversation `c`: it is with somebody, or was before its words and names went (`retention/`). */
export const isCounted = sql`(c.contact_id is not null or (c.emptied_at is not null and c.message_count > 0))`

export interface MessageDay {
  day: string
  heard: number
  answered: number
  judged: number
  negative: number
}

export async function messageDays(tx: Tx, span: Span): Promise<MessageDay[]> {
  const found = await sql<MessageDay>`
    select (m.at at time zone ${span.zone})::date as day, count(*) filter (where not m.is_ours)::integer as heard,
        count(*) filter (where m.is_ours)::integer as answered,
        count(m.sentiment) filter (where not m.is_ours)::integer as judged,
        count(*) filter (where not m.is_ours and m.sentiment < 0)::integer as negative
      from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${span.orgId} and ${withinDays(sql`m.at`, span)} and ${isCounted}
        and not m.marks && array['spam', 'automatic', 'bounce', 'gone'] and m.taken_at is null ${of(span)}
      group by 1 order by 1`.execute(tx)
  return found.rows
}

export async function countHeard(tx: Tx, span: Span): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(distinct m.conversation_id)::integer as count from messages m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${span.orgId} and ${withinDays(sql`m.at`, span)} and not m.is_ours
        and not m.marks && array['spam', 'automatic', 'bounce', 'gone'] and m.taken_at is null ${of(span)}`.execute(tx)
  return found.rows[0]!.count
}

export interface ClockSum {
  by: Grouping | null
  id: string | null
  metric: PromiseMetric
  states: Partial<Record<ClockState, number>>
  wall: [median: number, p90: number] | null
  promised: [median: number, p90: number] | null
  answered: number
}

const stateNow = (now: Date) =>
  sql`case when p.ended_at is null and coalesce(p.broken_at, p.due_at) < ${now} then 'overdue' else p.state end`

/** Clocks that began in these days, all together and by whom they were when they ended. What we began ourselves is counted apart (`beginning/`). */
export async function clockSums(tx: Tx, span: Span): Promise<ClockSum[]> {
  const wall = sql`extract(epoch from p.ended_at - p.started_at) * 1000`
  const found = await sql<ClockSum>`
    with counted as (select p.*, ${stateNow(span.now)} as now_state, ${wall} as wall_ms
      from promise_clocks p join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where p.org_id = ${span.orgId} and ${withinDays(sql`p.started_at`, span)} and c.initiator = 'them' ${of(span)})
    select case when grouping(department_id) = 0 then 'department' when grouping(account_id) = 0 then 'account'
          when grouping(owner_id) = 0 then 'person' end as by,
        coalesce(case when grouping(department_id) = 0 then department_id end, case when grouping(account_id) = 0 then account_id end,
          case when grouping(owner_id) = 0 then owner_id end) as id, metric,
        jsonb_strip_nulls(jsonb_build_object('met', nullif(count(*) filter (where now_state = 'met'), 0),
          'broken', nullif(count(*) filter (where now_state = 'broken'), 0), 'overdue', nullif(count(*) filter (where now_state = 'overdue'), 0),
          'waived', nullif(count(*) filter (where now_state = 'waived'), 0), 'running', nullif(count(*) filter (where now_state = 'running'), 0),
          'paused', nullif(count(*) filter (where now_state = 'paused'), 0))) as states,
        count(*) filter (where now_state in ('met', 'broken'))::integer as answered,
        percentile_cont(array[0.5, 0.9]) within group (order by wall_ms) filter (where now_state in ('met', 'broken')) as wall,
        percentile_cont(array[0.5, 0.9]) within group (order by spent_ms) filter (where now_state in ('met', 'broken')) as promised
      from counted group by grouping sets ((metric), (metric, department_id), (metric, account_id), (metric, owner_id))`.execute(
    tx,
  )
  return found.rows
}

export interface ReplyDay {
  day: string
  met: number
  due: number
  median: number | null
}

/** First replies by the day on which they were asked for. */
export async function replyDays(tx: Tx, span: Span): Promise<ReplyDay[]> {
  const found = await sql<ReplyDay>`
    with counted as (select p.started_at, p.ended_at, ${stateNow(span.now)} as now_state
      from promise_clocks p join conversations c on c.org_id = p.org_id and c.id = p.conversation_id
      where p.org_id = ${span.orgId} and p.metric = 'first-reply' and ${withinDays(sql`p.started_at`, span)} and c.initiator = 'them' ${of(span)})
    select (started_at at time zone ${span.zone})::date as day, count(*) filter (where now_state = 'met')::integer as met,
        count(*) filter (where now_state in ('met', 'broken', 'overdue'))::integer as due,
        percentile_cont(0.5) within group (order by extract(epoch from ended_at - started_at) * 1000)
          filter (where now_state in ('met', 'broken')) as median
      from counted group by 1 order by 1`.execute(tx)
  return found.rows
}

export async function countClosings(tx: Tx, span: Span): Promise<{ closed: number; reopened: number }> {
  const found = await sql<{ closed: number; reopened: number }>`
    select count(*) filter (where e.kind = 'state')::integer as closed, count(*) filter (where e.kind = 'reopened')::integer as reopened
      from conversation_entries e join conversations c on c.org_id = e.org_id and c.id = e.conversation_id
      where e.org_id = ${span.orgId} and ${withinDays(sql`e.at`, span)} and e.kind in ('state', 'reopened')
        and case e.kind when 'state' then e.facts ->> 'to' = 'closed' else e.facts ->> 'from' = 'closed' end ${of(span)}`.execute(
    tx,
  )
  return found.rows[0]!
}

export async function readBacklog(
  tx: Tx,
  span: Span,
): Promise<{ waiting: number; overdue: number; oldest: Date | null }> {
  const found = await sql<{ waiting: number; overdue: number; oldest: Date | null }>`
    select count(*) filter (where waiting_since is not null)::integer as waiting, count(*) filter (where due_at < ${span.now})::integer as overdue,
        min(waiting_since) as oldest
      from conversations c where org_id = ${span.orgId} and state in ('open', 'snoozed') and contact_id is not null ${of(span)}`.execute(
    tx,
  )
  return found.rows[0]!
}
