// Tells webhooks of what happened: reads the log behind the place where it stopped, and makes one delivery per webhook and event.

import { asSystem, inOrg, readInOrg, seenBy, type Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { readActorNames } from '../people/directory.ts'
import type { Services } from '../services.ts'
import { wants } from './rules.ts'
import { type EventRow, lockFanOut, moveFanOut, readBehind, readEventsAfter, readHead } from './store.ts'
import { anyWebhookWorks, insertDeliveries, readWebhooks, type WebhookRow } from './store-webhooks.ts'
import { deliverWebhook, fanOut } from './types.ts'

const batchSize = 200

/**
 * The place moves in the transaction that stores the deliveries and enqueues them, under a lock that another worker leaves
 * alone: no event is missed or told twice, wherever the process dies.
 */
export async function fanOutEvents(services: Services, orgId?: string): Promise<void> {
  const behind = orgId ? [orgId] : await asSystem(services.db, readBehind)
  // A webhook is nobody of any department: nothing behind a wall is told.
  const db = seenBy(services.db, null)
  for (const id of behind) while (await inOrg(db, id, (tx) => fanOutBatch(services, tx, id))) {}
}

/** Whether there may be more. */
async function fanOutBatch({ queue, clock }: Services, tx: Tx, orgId: string): Promise<boolean> {
  const from = await lockFanOut(tx, orgId)
  if (from === undefined) return false
  const chain = { orgId, wallId: null }
  // Before the events: what comes later is told later.
  const head = (await readHead(tx, chain))?.seq ?? from
  const webhooks = (await readWebhooks(tx, orgId)).filter((webhook) => webhook.paused_at === null)
  if (webhooks.length === 0) {
    await moveFanOut(tx, orgId, head)
    return false
  }
  const events = (await readEventsAfter(tx, chain, from, batchSize)).filter(({ seq }) => seq <= head)
  const full = events.length === batchSize
  const ids = await insertDeliveries(tx, await deliveriesOf(tx, orgId, { events, webhooks, at: clock() }))
  for (const deliveryId of ids) await queue.send(tx, deliverWebhook, { orgId, deliveryId })
  // What lies between and was not seen stands behind a wall by now.
  const to = full ? events.at(-1)!.seq : head
  if (to > from) await moveFanOut(tx, orgId, to)
  return full
}

async function deliveriesOf(
  tx: Tx,
  orgId: string,
  { events, webhooks, at }: { events: EventRow[]; webhooks: WebhookRow[]; at: Date },
) {
  const names = await readActorNames(
    tx,
    orgId,
    events.map((event) => event.actor_id),
  )
  return events.flatMap((event) =>
    webhooks
      // A new webhook is not told the past.
      .filter((webhook) => wants(webhook.verbs, event.verb) && event.at >= webhook.created_at)
      .map((webhook) => ({
        org_id: orgId,
        id: newId(),
        webhook_id: webhook.id,
        event_seq: event.seq,
        body: bodyOf(event, names),
        created_at: at,
        due_at: at,
      })),
  )
}

const bodyOf = (event: EventRow, names: Map<string, string>): object => ({
  verb: event.verb,
  organisation: event.org_id,
  seq: event.seq,
  at: event.at.toISOString(),
  actor: {
    kind: event.actor_kind,
    id: event.actor_id,
    name: event.actor_id ? (names.get(event.actor_id) ?? null) : null,
  },
  subject: { kind: event.subject_kind, id: event.subject_id },
  facts: event.facts,
})

/** Has an organisation's events told within a second instead of at the next minute; cheap where there is no webhook. */
export async function hurryFanOut({ db, queue }: Pick<Services, 'db' | 'queue'>, orgId: string): Promise<void> {
  if (!(await readInOrg(db, orgId, (tx) => anyWebhookWorks(tx, orgId)))) return
  await inOrg(db, orgId, (tx) => queue.send(tx, fanOut, { orgId }, { key: orgId }))
}
