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
  const memberIds = news.subject ? await mayKnow(tx, orgId, news.subject, named) : named
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
  for (const memberId of memberIds) await queue.send(tx, notificationMail, { orgId, memberId, ...news.mail })
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
