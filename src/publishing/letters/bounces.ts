// What comes back: an address that does not exist, a full mailbox, a complaint. Told by the mail server at once, by webhook or in a mailbox.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { afterBounce } from './rules.ts'
import { moveSubscriber, type SubscriberRow, subscriberAt, subscriberById } from './store-subscribers.ts'
import type { Bounce } from './types.ts'

/** Answers whether the address is known here; what nobody subscribed is none of our business. */
export function takeBounce(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  place: { orgId: string; accountId: string },
  { address, kind, message }: Bounce,
): Promise<boolean> {
  return inOrg(db, place.orgId, async (tx) => {
    const row = await subscriberAt(tx, place.orgId, place.accountId, address)
    if (!row) return false
    // A complaint arrived, so its letter did too. Some services tell of each of their tries: a letter comes back once.
    const cameBack = kind !== 'complaint' && (await markLatestSend(tx, row, message))
    if (kind !== 'soft' || cameBack) await apply(tx, row, { kind, message }, clock())
    return true
  })
}

/** The mail server refused a letter to this subscriber. */
export async function bounceSubscriber(
  tx: Tx,
  { org_id, subscriber_id }: { org_id: string; subscriber_id: string },
  bounce: Omit<Bounce, 'address'>,
  now: Date,
): Promise<void> {
  const row = await subscriberById(tx, org_id, subscriber_id)
  if (row) await apply(tx, row, bounce, now)
}

async function apply(tx: Tx, row: SubscriberRow, { kind, message }: Omit<Bounce, 'address'>, now: Date): Promise<void> {
  const after = afterBounce({ state: row.state, softBounces: row.soft_bounces }, kind)
  if (!after) return
  await moveSubscriber(tx, row, { ...after, at: now, lastBounce: message.slice(0, 500) })
  if (after.state === row.state) return
  await record(tx, row.org_id, longrunItself, now, {
    verb: `subscriber.${after.state}`,
    subject: { kind: 'subscriber', id: row.id },
    facts: { accountId: row.account_id, kind },
  })
}

/** A bounce speaks of a letter that was taken: the latest one is meant. Answers whether there was one that had not come back yet. */
async function markLatestSend(tx: Tx, row: SubscriberRow, message: string): Promise<boolean> {
  const marked = await tx
    .updateTable('letter_sends')
    .set({ state: 'bounced', error: message.slice(0, 300) || 'It came back.' })
    .where('org_id', '=', row.org_id)
    .where('subscriber_id', '=', row.id)
    .where('state', 'in', ['sent', 'unknown'])
    .where('settled_at', '=', (eb) =>
      eb
        .selectFrom('letter_sends as other')
        .select((inner) => inner.fn.max('other.settled_at').as('at'))
        .where('other.org_id', '=', row.org_id)
        .where('other.subscriber_id', '=', row.id),
    )
    .executeTakeFirst()
  return Number(marked.numUpdatedRows) > 0
}
