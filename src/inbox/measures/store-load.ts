// Queries of what stood in the inbox over time. Each goes through the conversations, so that nobody counts what they may not see.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { asks } from '../reading/store.ts'
import type { ConversationFacts, Piece, Turn, Word } from './pieces.ts'
import { isCounted } from './store.ts'

export interface LoadSpan {
  orgId: string
  accountId?: string | undefined
  from: Date
  until: Date
}

/** Ends of days of a zone, both days included. */
export async function dayEnds(
  tx: Tx,
  { from, to, zone }: { from: string; to: string; zone: string },
): Promise<{ begin: Date; ends: Date[] }> {
  const found = await sql<{ at: Date }>`
    select (day at time zone ${zone}) as at from generate_series(${from}::date::timestamp, (${to}::date + 1)::timestamp, interval '1 day') day order by 1`.execute(
    tx,
  )
  const [begin, ...ends] = found.rows.map(({ at }) => at)
  return { begin: begin!, ends }
}

const turning = sql`e.kind in ('state', 'reopened', 'owner', 'department')`
/** Moved here from another conversation, it is no news of this one; a department of old was told by its name alone. */
const isOwn = sql`coalesce(e.facts ->> 'of', e.conversation_id::text) = e.conversation_id::text
  and (e.kind <> 'department' or e.facts ? 'fromId')`

const ofAccount = ({ accountId }: LoadSpan) => (accountId ? sql`and c.account_id = ${accountId}` : sql``)

/** In which nothing was said or done since the time began, counted by how they stand: most of them, and few rows. */
export async function unchangedPieces(tx: Tx, span: LoadSpan): Promise<Piece[]> {
  const { orgId, from } = span
  const found = await sql<Omit<Piece, 'from' | 'to'> & { since: Date }>`
    select c.account_id as "accountId", c.department_id as "departmentId", c.owner_id as "ownerId", c.waiting_since is not null as "isWaiting",
        c.state = 'snoozed' as "isPutOff", greatest(a.created_at, ${from}::timestamptz) as since, count(*)::integer as count
      from conversations c join accounts a on a.org_id = c.org_id and a.id = c.account_id
      where c.org_id = ${orgId} and ${isCounted} and c.state in ('open', 'snoozed') and c.last_at < ${from} ${ofAccount(span)}
        and not exists (select from conversation_entries e where e.org_id = c.org_id and e.conversation_id = c.id and e.at >= ${from} and ${turning} and ${isOwn})
      group by 1, 2, 3, 4, 5, 6`.execute(tx)
  return found.rows.flatMap(({ since, ...of }) =>
    since <= span.until ? [{ ...of, from: since.getTime(), to: Number.POSITIVE_INFINITY }] : [],
  )
}

/** All others that were open at any moment of the time, as far as they are not more than `limit`. */
export async function changedIds(tx: Tx, span: LoadSpan, limit: number): Promise<string[]> {
  const { orgId, from, until } = span
  const found = await sql<{ id: string }>`
    (select c.id from conversations c where c.org_id = ${orgId} and ${isCounted} and c.last_at >= ${from} and c.began_at <= ${until} ${ofAccount(span)}
      limit ${limit})
    union
    select c.id from conversation_entries e join conversations c on c.org_id = e.org_id and c.id = e.conversation_id
      where e.org_id = ${orgId} and e.at >= ${from} and ${turning} and ${isOwn} and ${isCounted} and c.began_at <= ${until} ${ofAccount(span)}
    limit ${limit}`.execute(tx)
  return found.rows.map(({ id }) => id)
}

/** As many of the changed ones (`changedIds`) as are held in memory at once. */
export async function changedFacts(tx: Tx, span: LoadSpan, ids: readonly string[]): Promise<ConversationFacts[]> {
  const [words, turns] = [await wordsOf(tx, span, ids), await turnsOf(tx, span, ids)]
  const found = await sql<{
    id: string
    account_id: string
    since: Date
    state: string
    owner_id: string | null
    department_id: string | null
    was_waiting: boolean | null
  }>`
    select c.id, c.account_id, greatest(c.began_at, a.created_at) as since, c.state, c.owner_id, c.department_id, before.was_waiting
      from conversations c join accounts a on a.org_id = c.org_id and a.id = c.account_id
        left join lateral (select not m.is_ours as was_waiting from messages m where m.org_id = c.org_id and m.conversation_id = c.id
          and m.at < ${span.from} and (m.is_ours or ${asks}) order by m.at desc, m.is_ours desc limit 1) before on true
      where c.org_id = ${span.orgId} and c.id = any(${[...ids]}::uuid[])`.execute(tx)
  return found.rows.map((row) => ({
    ...{ accountId: row.account_id, since: row.since.getTime(), wasWaiting: row.was_waiting ?? false },
    now: { state: row.state, owner: row.owner_id, department: row.department_id },
    ...{ words: words.get(row.id) ?? [], turns: turns.get(row.id) ?? [] },
  }))
}

/** Only where the other side takes its turn: what is said on top of it changes nothing. */
async function wordsOf(tx: Tx, span: LoadSpan, ids: readonly string[]): Promise<Map<string, Word[]>> {
  const found = await sql<{ id: string; at: Date; is_ours: boolean }>`
    select id, at, is_ours from (select m.conversation_id as id, m.at, m.is_ours,
        lag(m.is_ours) over (partition by m.conversation_id order by m.at, m.is_ours) as before from messages m
      where m.org_id = ${span.orgId} and m.conversation_id = any(${[...ids]}::uuid[]) and m.at >= ${span.from} and m.at <= ${span.until}
        and (m.is_ours or ${asks})) said
      where is_ours is distinct from before order by at, is_ours`.execute(tx)
  return grouped(found.rows, ({ at, is_ours }) => ({ at: at.getTime(), isOurs: is_ours }))
}

async function turnsOf(tx: Tx, span: LoadSpan, ids: readonly string[]): Promise<Map<string, Turn[]>> {
  const found = await sql<{ id: string; at: Date; kind: Turn['kind']; before: string | null }>`
    select e.conversation_id as id, e.at, case e.kind when 'reopened' then 'state' else e.kind end as kind,
        case e.kind when 'department' then e.facts ->> 'fromId' else e.facts ->> 'from' end as before
      from conversation_entries e where e.org_id = ${span.orgId} and e.conversation_id = any(${[...ids]}::uuid[]) and e.at >= ${span.from}
        and ${turning} and ${isOwn} order by e.at, e.id`.execute(tx)
  return grouped(found.rows, ({ at, kind, before }) => ({ at: at.getTime(), kind, before }))
}

function grouped<Row extends { id: string }, Value>(
  rows: readonly Row[],
  read: (row: Row) => Value,
): Map<string, Value[]> {
  const found = new Map<string, Value[]>()
  for (const row of rows) {
    const of = found.get(row.id)
    if (of) of.push(read(row))
    else found.set(row.id, [read(row)])
  }
  return found
}
