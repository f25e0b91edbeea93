// Every query of the mails of listening briefs: claimed one by one, on record before the mail server is asked.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Settled } from '../../publishing/letters/rules.ts'

export interface BriefMail {
  org_id: string
  brief_id: string
  member_id: string
  kind: 'brief' | 'reminder'
  state: 'sending' | 'left-out'
  tries: number
  address: string
}

export async function addMails(
  tx: Tx,
  orgId: string,
  { briefId, memberIds, kind, at }: { briefId: string; memberIds: string[]; kind: BriefMail['kind']; at: Date },
): Promise<void> {
  if (memberIds.length === 0) return
  await tx
    .insertInto('listening_brief_mails')
    .values(
      memberIds.map((memberId) => ({
        ...{ org_id: orgId, brief_id: briefId, member_id: memberId, kind, state: 'waiting', due_at: at },
      })),
    )
    .onConflict((known) => known.doNothing())
    .execute()
}

/** Takes one that is due. Who left, has read it, or whose brief was taken back gets none. Must run as the system. */
export async function claimMail(tx: Tx, now: Date): Promise<BriefMail | null> {
  const claimed = await sql<BriefMail>`
    with due as materialized (
      select org_id, brief_id, member_id, kind from listening_brief_mails
        where state = 'waiting' and due_at <= ${now} order by due_at limit 1 for update skip locked),
    judged as (
      select d.*, u.email as address, b.state = 'published' and m.ended_at is null and r.read_at is null as wanted
        from due d join listening_briefs b on b.org_id = d.org_id and b.id = d.brief_id
          join listening_brief_readers r on r.org_id = d.org_id and r.brief_id = d.brief_id and r.member_id = d.member_id
          join members m on m.org_id = d.org_id and m.id = d.member_id join users u on u.id = m.user_id)
    update listening_brief_mails x set claimed_at = ${now}, state = case when j.wanted then 'sending' else 'left-out' end,
        tries = x.tries + case when j.wanted then 1 else 0 end, due_at = case when j.wanted then x.due_at end,
        settled_at = case when j.wanted then null else ${now}::timestamptz end
      from judged j where x.org_id = j.org_id and x.brief_id = j.brief_id and x.member_id = j.member_id and x.kind = j.kind
      returning x.org_id, x.brief_id, x.member_id, x.kind, x.state, x.tries, j.address`.execute(tx)
  return claimed.rows[0] ?? null
}

export const settleMail = (tx: Tx, mail: BriefMail, { state, dueAt, error }: Settled, now: Date) =>
  tx
    .updateTable('listening_brief_mails')
    .set({ state, due_at: dueAt, error, settled_at: dueAt ? null : now })
    .where('org_id', '=', mail.org_id)
    .where('brief_id', '=', mail.brief_id)
    .where('member_id', '=', mail.member_id)
    .where('kind', '=', mail.kind)
    .where('state', '=', 'sending')
    .execute()

/** A worker vanished with these in hand: whether they left nobody can tell, so they are not sent again. */
export const doubtAbandonedMails = (tx: Tx, before: Date, now: Date) =>
  tx
    .updateTable('listening_brief_mails')
    .set({ state: 'unknown', due_at: null, settled_at: now, error: 'The worker that sent it vanished.' })
    .where('state', '=', 'sending')
    .where('claimed_at', '<', before)
    .execute()

/** What a withdrawal kept back goes out after all. */
export const reviveMails = (tx: Tx, orgId: string, briefId: string, now: Date) =>
  tx
    .updateTable('listening_brief_mails')
    .set({ state: 'waiting', due_at: now, settled_at: null })
    .where('org_id', '=', orgId)
    .where('brief_id', '=', briefId)
    .where('state', '=', 'left-out')
    .execute()

/** Mails that wait are not sent: the brief was taken back. */
export const leaveOutMails = (tx: Tx, orgId: string, briefId: string, now: Date) =>
  tx
    .updateTable('listening_brief_mails')
    .set({ state: 'left-out', due_at: null, settled_at: now })
    .where('org_id', '=', orgId)
    .where('brief_id', '=', briefId)
    .where('state', '=', 'waiting')
    .execute()
