// Every query of how long what people said is kept: the rules, and what is old enough to go.

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { isUsed } from '../../media/library/used.ts'
import type { KeptClass } from './types.ts'

export interface KeptRow {
  class: KeptClass
  days: number
  changed_at: Date
  changed_by: string
}

export const rulesOf = async (tx: Tx, orgId: string): Promise<KeptRow[]> =>
  (await tx
    .selectFrom('inbox_retention')
    .select(['class', 'days', 'changed_at', 'changed_by'])
    .where('org_id', '=', orgId)
    .execute()) as KeptRow[]

/** Of all organisations. Runs as the system. */
export const everyRule = async (tx: Tx): Promise<(KeptRow & { org_id: string })[]> =>
  (await tx.selectFrom('inbox_retention').selectAll().orderBy('org_id').orderBy('class').execute()) as (KeptRow & {
    org_id: string
  })[]

export async function writeRule(
  tx: Tx,
  orgId: string,
  { class: name, days, at, by }: { class: KeptClass; days: number | null; at: Date; by: string },
): Promise<void> {
  await tx.deleteFrom('inbox_retention').where('org_id', '=', orgId).where('class', '=', name).execute()
  if (days === null) return
  const row = { org_id: orgId, class: name, days, changed_at: at, changed_by: by }
  await tx.insertInto('inbox_retention').values(row).execute()
}

/**
 * A conversation `c` that has been over since before then: closed, with no promise that runs, no answer on its way, no question to a
 * department, and nothing that is evidence of an issue that is still open (which listening is asked for in SQL).
 */
const isOver = (before: Date): RawBuilder<boolean> => sql`(
  c.state = 'closed' and c.message_count > 0 and c.last_at < ${before} and coalesce(c.closed_at, c.last_at) < ${before}
  and not exists (select from promise_clocks p where p.org_id = c.org_id and p.conversation_id = c.id and p.state in ('running', 'paused', 'overdue'))
  and not exists (select from answers w join variants v on v.org_id = w.org_id and v.answer_id = w.id
    where w.org_id = c.org_id and w.conversation_id = c.id and v.state not in ('published', 'removed', 'cancelled', 'rejected'))
  and not exists (select from department_questions q
    where q.org_id = c.org_id and q.conversation_id = c.id and q.answered_at is null and q.withdrawn_at is null)
  and not exists (select from issues i join issue_entries e on e.org_id = i.org_id and e.issue_id = i.id and e.mention_id is not null
      join mentions x on x.id = e.mention_id and x.org_id = e.org_id
      join messages m on m.org_id = c.org_id and m.conversation_id = c.id and m.remote_id = x.remote_id
    where i.org_id = c.org_id and i.state <> 'closed')
  and not exists (select from messages m join issue_entries e on e.org_id = m.org_id and e.mention_id = m.mention_id
      join issues i on i.org_id = e.org_id and i.id = e.issue_id
    where m.org_id = c.org_id and m.conversation_id = c.id and i.state <> 'closed'))`

/** Rows `t` of a class that are old enough, with `at`, since when they are. */
const goingOf: Record<KeptClass, (orgId: string, before: Date) => RawBuilder<unknown>> = {
  conversations: (orgId, before) => sql`
    select c.id, c.last_at as at from conversations c where c.org_id = ${orgId} and c.emptied_at is null and ${isOver(before)}`,
  // Whoever consented to something is kept with it until they withdraw: it is the proof. Whoever was put together with somebody stays as long
  // as that one does: it can be undone.
  contacts: (orgId, before) => sql`
    select p.id, i.seen_at as at from contacts p
      cross join lateral (select coalesce(max(n.seen_at), p.created_at) as seen_at from contact_identities n where n.org_id = p.org_id and n.contact_id = p.id) i
      where p.org_id = ${orgId} and i.seen_at < ${before}
        and not exists (select from conversations c where c.org_id = p.org_id and c.contact_id = p.id)
        and not exists (select from contact_identities n join conversation_people s on s.org_id = n.org_id and s.network = n.network
          and s.remote_id = n.remote_id where n.org_id = p.org_id and n.contact_id = p.id)
        and not exists (select from contact_consents k where k.org_id = p.org_id and k.contact_id = p.id and k.withdrawn_at is null)
        and not exists (select from contact_moves v where v.org_id = p.org_id and v.from_id = p.id and v.kind = 'merged' and v.undone_at is null)`,
  files: (orgId, before) => sql`
    select m.id, c.last_at as at from media m join conversations c on c.org_id = m.org_id and c.id = m.conversation_id
      where m.org_id = ${orgId} and m.removed_at is null and ${isOver(before)} and not ${isUsed(sql`m`)}`,
}

/** How much would go, and since when the oldest of it is over. */
export async function countGoing(
  tx: Tx,
  orgId: string,
  { class: name, before }: { class: KeptClass; before: Date },
): Promise<{ count: number; oldest: Date | null }> {
  const found = await sql<{ count: number; oldest: Date | null }>`
    select count(*)::int as count, min(t.at) as oldest from (${goingOf[name](orgId, before)}) t`.execute(tx)
  return found.rows[0]!
}

/** The oldest of them. Nobody else changes these until the transaction ends, and somebody who did meanwhile keeps theirs. */
export async function nextGoing(
  tx: Tx,
  orgId: string,
  { class: name, before, limit }: { class: KeptClass; before: Date; limit: number },
): Promise<string[]> {
  const going = (among: RawBuilder<unknown>) => sql<{ id: string }>`
    select t.id from (${goingOf[name](orgId, before)}) t where ${among} order by t.at, t.id limit ${limit}`
  const ids = (await going(sql`true`).execute(tx)).rows.map(({ id }) => id)
  const table = { conversations: 'conversations', contacts: 'contacts', files: 'media' }[name]
  await sql`select from ${sql.table(table)} where org_id = ${orgId} and id = any(${ids}::uuid[]) order by id for update`.execute(
    tx,
  )
  return (await going(sql`t.id = any(${ids}::uuid[])`).execute(tx)).rows.map(({ id }) => id)
}
