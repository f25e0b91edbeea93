// How far each organisation's events have been read for its crossing points, and what lies behind that place.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

/** Organisations with events not read yet, or with firings that nobody carried out. System transaction. */
export async function organisationsBehind(tx: Tx): Promise<string[]> {
  const found = await sql<{ org_id: string }>`
    select h.org_id from event_heads h left join crossing_places p on p.org_id = h.org_id where h.wall_id is null and coalesce(p.seq, 0) < h.seq
    union select distinct org_id from crossing_firings where state = 'pending' order by 1`.execute(tx)
  return found.rows.map((row) => row.org_id)
}

/** undefined while another worker has it in hand. */
export async function lockPlace(tx: Tx, orgId: string): Promise<number | undefined> {
  await tx
    .insertInto('crossing_places')
    .values({ org_id: orgId, seq: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .selectFrom('crossing_places')
    .select('seq')
    .where('org_id', '=', orgId)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.seq
}

export const movePlace = (tx: Tx, orgId: string, seq: number): Promise<unknown> =>
  tx.updateTable('crossing_places').set({ seq }).where('org_id', '=', orgId).execute()

export interface LoggedEvent {
  seq: number
  at: Date
  verb: string
  subject_kind: string
  subject_id: string | null
  facts: Record<string, unknown>
}

/** Events of these verbs behind a place, oldest first, and the end of the log as it was before they were read. */
export async function eventsBehind(
  tx: Tx,
  orgId: string,
  { from, verbs, limit }: { from: number; verbs: string[]; limit: number },
): Promise<{ events: LoggedEvent[]; head: number }> {
  const head = await tx
    .selectFrom('event_heads')
    .select('seq')
    .where('org_id', '=', orgId)
    .where('wall_id', 'is', null)
    .executeTakeFirst()
  if (!head || verbs.length === 0) return { events: [], head: head?.seq ?? from }
  const events = await tx
    .selectFrom('events')
    .select(['seq', 'at', 'verb', 'subject_kind', 'subject_id', 'facts'])
    .where('org_id', '=', orgId)
    // What happens behind a wall sets nothing going elsewhere.
    .where('wall_id', 'is', null)
    .where('seq', '>', from)
    .where('seq', '<=', head.seq)
    .where('verb', 'in', verbs)
    .orderBy('seq')
    .limit(limit)
    .execute()
  return { events: events as unknown as LoggedEvent[], head: head.seq }
}

export interface SubjectFacts {
  campaignId: string | null
  initiator: string | null
  kind: string | null
}

/** What an event's post or campaign is, by its id: facts that conditions may ask for beside the event's own. */
export async function subjectsOf(tx: Tx, orgId: string, events: LoggedEvent[]): Promise<Map<string, SubjectFacts>> {
  const ids = (kind: string) => [
    ...new Set(events.flatMap((each) => (each.subject_kind === kind && each.subject_id ? [each.subject_id] : []))),
  ]
  const found = await sql<SubjectFacts & { id: string }>`
    select p.id, p.campaign_id as "campaignId", p.initiator, c.kind from posts p
      left join campaigns c on c.org_id = p.org_id and c.id = p.campaign_id
      where p.org_id = ${orgId} and p.id = any(${ids('post')}::uuid[])
    union all
    select c.id, c.id, null, c.kind from campaigns c where c.org_id = ${orgId} and c.id = any(${ids('campaign')}::uuid[])`.execute(
    tx,
  )
  return new Map(found.rows.map(({ id, ...facts }) => [id, facts]))
}
