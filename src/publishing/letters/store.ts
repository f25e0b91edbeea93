// Every query of issues and single letters.

import { type Selectable, sql } from 'kysely'
import type { Letter } from '../../connectors/letters.ts'
import type { Letters as LettersTable } from '../../db/schema.gen.ts'
import type { Tx } from '../../db/tx.ts'
import type { Settled } from './rules.ts'

export type LetterRow = Omit<Selectable<LettersTable>, 'letter'> & { letter: Letter }

export interface Counts {
  recipients: number
  sent: number
  refused: number
  unknown: number
  bounced: number
  leftOut: number
  open: number
}

/** A letter that was taken: in hand, or left out because its reader is not subscribed any more. */
export interface Send {
  org_id: string
  key: string
  subscriber_id: string
  state: 'sending' | 'left-out'
  address: string
  tries: number
}

export async function findLetter(tx: Tx, key: string): Promise<LetterRow | null> {
  const row = await tx.selectFrom('letters').selectAll().where('key', '=', key).executeTakeFirst()
  return (row as LetterRow | undefined) ?? null
}

/** Whether it was not there before. */
export async function insertLetter(
  tx: Tx,
  row: { orgId: string; key: string; accountId: string; letter: Letter; at: Date },
): Promise<boolean> {
  const added = await sql`
    insert into letters (org_id, key, account_id, variant_id, letter, begun_at)
    values (${row.orgId}, ${row.key}, ${row.accountId},
      (select p.variant_id from variants v join parts p on p.org_id = v.org_id and p.variant_id = v.id
       where v.org_id = ${row.orgId} and v.account_id = ${row.accountId} and p.key = ${row.key} limit 1),
      ${JSON.stringify(row.letter)}::jsonb, ${row.at})
    on conflict do nothing`.execute(tx)
  return Number(added.numAffectedRows ?? 0) > 0
}

/** One letter to everybody who is subscribed at this moment. */
export const addSends = (tx: Tx, row: { orgId: string; key: string; accountId: string; at: Date }) =>
  sql`
    insert into letter_sends (org_id, key, subscriber_id, state, due_at)
    select org_id, ${row.key}, id, 'waiting', ${row.at} from subscribers
    where org_id = ${row.orgId} and account_id = ${row.accountId} and state = 'confirmed'`.execute(tx)

export async function countsOf(tx: Tx, orgId: string, keys: string[]): Promise<Map<string, Counts>> {
  if (keys.length === 0) return new Map()
  const found = await sql<Counts & { key: string }>`
    select key, count(*) as recipients, count(*) filter (where state = 'sent') as sent, count(*) filter (where state = 'refused') as refused,
      count(*) filter (where state = 'unknown') as unknown, count(*) filter (where state = 'bounced') as bounced,
      count(*) filter (where state = 'left-out') as "leftOut", count(*) filter (where state in ('waiting', 'sending')) as open
    from letter_sends where org_id = ${orgId} and key = any(${keys}) group by key`.execute(tx)
  return new Map(found.rows.map(({ key, ...counts }) => [key, counts]))
}

export const noCounts: Counts = { recipients: 0, sent: 0, refused: 0, unknown: 0, bounced: 0, leftOut: 0, open: 0 }

/** Ends an issue of which nothing is open. */
export async function finishLetters(tx: Tx, now: Date): Promise<LetterRow[]> {
  const found = await sql<LetterRow>`
    update letters l set finished_at = ${now} where finished_at is null and not exists (
      select from letter_sends s where s.org_id = l.org_id and s.key = l.key and s.state in ('waiting', 'sending'))
    returning *`.execute(tx)
  return found.rows
}

/**
 * Takes one letter that is due, of an issue that no hold binds; issues take turns, so that none waits for the end of a longer one. Who
 * left since it began is left out. Runs in a system transaction; `sending` is on record before any mail server is asked.
 */
export async function claimSend(tx: Tx, now: Date): Promise<Send | null> {
  const claimed = await sql<Send>`
    with issue as materialized (
      select l.org_id, l.key from letters l
        left join variants v on v.org_id = l.org_id and v.id = l.variant_id
        left join posts p on p.org_id = v.org_id and p.id = v.post_id
      where l.finished_at is null and binding_hold(l.org_id, p.campaign_id, l.account_id, p.department_id, ${now}) is null
        and exists (select from letter_sends s where s.org_id = l.org_id and s.key = l.key and s.state = 'waiting' and s.due_at <= ${now})
      order by random() limit 1),
    due as materialized (
      select s.org_id, s.key, s.subscriber_id from issue i join letter_sends s on s.org_id = i.org_id and s.key = i.key
      where s.state = 'waiting' and s.due_at <= ${now}
      order by s.due_at limit 1 for update of s skip locked)
    update letter_sends s set claimed_at = ${now},
      state = case when u.state = 'confirmed' then 'sending' else 'left-out' end,
      tries = case when u.state = 'confirmed' then s.tries + 1 else s.tries end,
      due_at = case when u.state = 'confirmed' then s.due_at end,
      settled_at = case when u.state = 'confirmed' then null else ${now}::timestamptz end
    from due d join subscribers u on u.org_id = d.org_id and u.id = d.subscriber_id
    where s.org_id = d.org_id and s.key = d.key and s.subscriber_id = d.subscriber_id
    returning s.org_id, s.key, s.subscriber_id, s.state, s.tries, u.address`.execute(tx)
  return claimed.rows[0] ?? null
}

/** Of somebody who was erased meanwhile nothing is tried again, and the words of the server, which may hold the address, are not kept. */
export const settleSend = (tx: Tx, send: Send, { state, dueAt, error }: Settled, now: Date) =>
  sql`
    update letter_sends s set
      state = case when ${dueAt}::timestamptz is null or u.id is not null then ${state} else 'left-out' end,
      due_at = case when u.id is not null then ${dueAt}::timestamptz end,
      settled_at = case when ${dueAt}::timestamptz is null or u.id is null then ${now}::timestamptz end,
      error = case when u.id is not null then ${error}::text end
    from (select 1) one left join subscribers u on u.org_id = ${send.org_id} and u.id = ${send.subscriber_id}
    where s.org_id = ${send.org_id} and s.key = ${send.key} and s.subscriber_id = ${send.subscriber_id} and s.state = 'sending'`.execute(
    tx,
  )

/** A worker vanished with these in hand: whether they left nobody can tell. */
export async function doubtAbandoned(tx: Tx, before: Date, now: Date): Promise<number> {
  const found = await tx
    .updateTable('letter_sends')
    .set({ state: 'unknown', due_at: null, settled_at: now, error: 'The worker that sent it vanished.' })
    .where('state', '=', 'sending')
    .where('claimed_at', '<', before)
    .executeTakeFirst()
  return Number(found.numUpdatedRows)
}

export async function listLetters(tx: Tx, orgId: string, accountId: string, limit: number): Promise<LetterRow[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('account_id', '=', accountId)
    .orderBy('begun_at', 'desc')
    .limit(limit)
    .execute()
  return rows as unknown as LetterRow[]
}
