// Tells members something: in the app, and by mail where a mail server is set up.

import type { Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { mayKnow } from '../people/walls.ts'
import type { Services } from '../services.ts'
import { type NewNotification, notificationMail } from './types.ts'

/** In the caller's transaction: nobody is told of what did not happen. */
export async function notify(
  tx: Tx,
  { queue, mailer, clock }: Pick<Services, 'queue' | 'mailer' | 'clock'>,
  orgId: string,
  news: NewNotification,
): Promise<void> {
  const named = [...new Set(news.memberIds)]
  // Whoever is not behind the wall is not told that there is something.
  const knowing = news.subject ? await mayKnow(tx, orgId, news.subject, named) : named
  const memberIds = news.quietFor === undefined ? knowing : await notTold(tx, orgId, knowing, news, clock())
  if (memberIds.length === 0) return
  const shared = {
    org_id: orgId,
    kind: news.kind,
    facts: JSON.stringify(news.facts ?? {}),
    subject_kind: news.subject?.kind ?? null,
    subject_id: news.subject?.id ?? null,
    created_at: clock(),
  }
  const rows = memberIds.map((memberId) => ({ ...shared, id: newId(), member_id: memberId }))
  await tx.insertInto('notifications').values(rows).execute()
  if (!news.mail || !mailer.available) return
  const id = news.subject?.id
  const about = id ? { about: { kind: news.subject!.kind, id } } : {}
  for (const memberId of memberIds) await queue.send(tx, notificationMail, { orgId, memberId, ...news.mail, ...about })
}

/** Those of them who have not been told this of this subject lately. */
async function notTold(
  tx: Tx,
  orgId: string,
  memberIds: string[],
  { kind, subject, quietFor = 0 }: NewNotification,
  now: Date,
): Promise<string[]> {
  const rows = await tx
    .selectFrom('notifications')
    .select('member_id')
    .where('org_id', '=', orgId)
    .where('kind', '=', kind)
    .where('subject_id', subject?.id ? '=' : 'is', subject?.id ?? null)
    .where('created_at', '>', new Date(now.getTime() - quietFor))
    .execute()
  const told = new Set(rows.map((row) => row.member_id))
  return memberIds.filter((id) => !told.has(id))
}

/** What is told of one thing leads to another from now on, of which it became a part. */
export const leadNotifications = (
  tx: Tx,
  orgId: string,
  { kind, from, into }: { kind: string; from: string; into: string },
): Promise<unknown> =>
  tx
    .updateTable('notifications')
    .set({ subject_id: into })
    .where('org_id', '=', orgId)
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', from)
    .execute()
