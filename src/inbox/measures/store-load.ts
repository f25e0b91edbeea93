// Queries of how conversations stood, told from what was said and done in them, and of when days end.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { asks } from '../reading/store.ts'
import type { ConversationFacts, Turn, Word } from './pieces.ts'
import { isCounted } from './store.ts'

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

export interface FactsOfOne extends ConversationFacts {
  id: string
}

/** From the beginning of each until now; those that are counted nowhere are left out. */
export async function factsOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<FactsOfOne[]> {
  if (ids.length === 0) return []
  const [words, turns] = [await wordsOf(tx, orgId, ids), await turnsOf(tx, orgId, ids)]
  const found = await sql<{
    id: string
    account_id: string
    since: Date
    state: string
    owner_id: string | null
    department_id: string | null
  }>`
    select c.id, c.account_id, greatest(c.began_at, a.created_at) as since, c.state, c.owner_id, c.department_id
      from conversations c join accounts a on a.org_id = c.org_id and a.id = c.account_id
      where c.org_id = ${orgId} and c.id = any(${[...ids]}::uuid[]) and ${isCounted}`.execute(tx)
  return found.rows.map((row) => ({
    ...{ id: row.id, accountId: row.account_id, since: row.since.getTime(), wasWaiting: false },
    now: { state: row.state, owner: row.owner_id, department: row.department_id },
    ...{ words: words.get(row.id) ?? [], turns: turns.get(row.id) ?? [] },
  }))
}

/** Only where the other side takes its turn: what is said on top of it changes nothing. */
async function wordsOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, Word[]>> {
  const found = await sql<{ id: string; at: Date; is_ours: boolean }>`
    select id, at, is_ours from (select m.conversation_id as id, m.at, m.is_ours,
        lag(m.is_ours) over (partition by m.conversation_id order by m.at, m.is_ours) as before from messages m
      where m.org_id = ${orgId} and m.conversation_id = any(${[...ids]}::uuid[]) and (m.is_ours or ${asks})) said
      where is_ours is distinct from before order by at, is_ours`.execute(tx)
  return grouped(found.rows, ({ at, is_ours }) => ({ at: at.getTime(), isOurs: is_ours }))
}

async function turnsOf(tx: Tx, orgId: string, ids: readonly string[]): Promise<Map<string, Turn[]>> {
  const found = await sql<{ id: string; at: Date; kind: Turn['kind']; before: string | null }>`
    select e.conversation_id as id, e.at, case e.kind when 'reopened' then 'state' else e.kind end as kind,
        case e.kind when 'department' then e.facts ->> 'fromId' else e.facts ->> 'from' end as before
      from conversation_entries e where e.org_id = ${orgId} and e.conversation_id = any(${[...ids]}::uuid[])
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
