// How many conversations the usual lists have, and which tags there are.

import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { isUnread } from '../unread/store.ts'

export interface Counts {
  open: number
  mine: number
  nobodys: number
  waiting: number
  snoozed: number
  due: number
  unread: { open: number; mine: number; nobodys: number }
}

/** More are not counted: a list of a hundred thousand is as quick as a short one. */
export const mostCounted = 1_000

/** Each up to `mostCounted`, by the index of its list; unread ones among as many of the newest. */
export async function countConversations(
  tx: Tx,
  orgId: string,
  { memberId, now }: { memberId: string; now: Date },
): Promise<Counts> {
  const listed = (condition: RawBuilder<unknown>) => sql`from conversations c where c.org_id = ${orgId}
    and c.contact_id is not null and ${condition}`
  const some = (condition: RawBuilder<unknown>) =>
    sql`(select count(*)::integer from (select ${listed(condition)} limit ${mostCounted}) counted)`
  const both = (condition: RawBuilder<unknown>) => sql`(select count(*)::integer as count,
      (count(*) filter (where ${isUnread(memberId)}))::integer as unread
    from (select c.org_id, c.id, c.heard_at ${listed(condition)} order by c.last_at desc, c.id desc limit ${mostCounted}) c)`
  const [open, mine, nobodys] = [
    sql`c.state = 'open'`,
    sql`c.state = 'open' and c.owner_id = ${memberId}`,
    sql`c.state = 'open' and c.owner_id is null`,
  ]
  const found = await sql<Counts>`
    select open.count as open, mine.count as mine, nobodys.count as nobodys,
      ${some(sql`c.waiting_since is not null and c.state <> 'closed'`)} as waiting, ${some(sql`c.state = 'snoozed'`)} as snoozed,
      ${some(sql`c.due_at is not null and c.due_soon_at <= ${now} and c.state <> 'closed'`)} as due,
      json_build_object('open', open.unread, 'mine', mine.unread, 'nobodys', nobodys.unread) as unread
    from ${both(open)} open, ${both(mine)} mine, ${both(nobodys)} nobodys`.execute(tx)
  return found.rows[0]!
}

/** Nobody chooses from more. */
const mostTags = 200

/** Tags of conversations that whoever asks sees, in order. Step by step from one to the next, however many carry each. */
export async function tagsInUse(tx: Tx, orgId: string): Promise<string[]> {
  const next = (
    after: RawBuilder<unknown>,
  ) => sql`(select t.tag from conversation_tags t where t.org_id = ${orgId} ${after}
    order by t.tag limit 1)`
  const found = await sql<{ tag: string }>`
    with recursive step (tag, place) as (
      select ${next(sql``)}, 1
      union all select ${next(sql`and t.tag > step.tag`)}, step.place + 1 from step where step.tag is not null and step.place < ${mostTags})
    select tag from step where tag is not null order by tag`.execute(tx)
  return found.rows.map(({ tag }) => tag)
}
