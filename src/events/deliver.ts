// Sends one delivery of a webhook, signed, and decides what follows from the result.

import { inOrg, seenBy, type Tx } from '../db/tx.ts'
import { FetchError } from '../lib/fetch-error.ts'
import { linkTo } from '../lib/links.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { readAdminIds } from '../people/directory.ts'
import { longrunItself } from '../people/types.ts'
import type { Services } from '../services.ts'
import { record } from './actions.ts'
import { notify } from './notify.ts'
import { decideAfterFailure, signatureOf } from './rules.ts'
import {
  claimDelivery,
  type DeliveryRow,
  findDelivery,
  giveUpBehindWall,
  pauseWebhook,
  readLastSuccess,
  readWebhook,
  settleDelivery,
  takeDelivery,
  type WebhookRow,
} from './store-webhooks.ts'
import { deliverWebhook } from './types.ts'

const timeoutMs = 10_000
/** A worker that died with a delivery in hand has let go of it after this. */
const claimMs = 2 * 60_000
const shownOfError = 500

export const webhookSecretPurpose = (id: string): string => `webhook:${id}`

/** Sends what is due. Does nothing when it is over, not due yet, or in other hands. */
export async function sendDelivery(
  services: Services,
  { orgId, deliveryId }: { orgId: string; deliveryId: string },
): Promise<void> {
  const now = services.clock()
  // What went behind a wall since it was noted is not told any more.
  const claimed = await inOrg(seenBy(services.db, null), orgId, async (tx) => {
    const delivery = await claimDelivery(tx, orgId, deliveryId, { now, until: new Date(now.getTime() + claimMs) })
    const webhook = delivery && (await readWebhook(tx, orgId, delivery.webhook_id))
    return delivery && webhook ? { delivery, webhook } : null
  })
  if (!claimed) {
    await inOrg(seenBy(services.db, 'all'), orgId, (tx) => giveUpBehindWall(tx, orgId, deliveryId, now))
    return
  }
  const answer = await post(services, claimed.webhook, claimed.delivery)
  await inOrg(services.db, orgId, (tx) => settle(services, tx, orgId, { ...claimed, answer }))
}

/** Sends a delivery now because a person wants to see what comes back. @throws Refusal when there is none, or it is behind a wall. */
export async function sendNow(
  services: Services,
  orgId: string,
  wanted: { id: string; webhookId: string },
): Promise<DeliveryRow> {
  const { db, clock } = services
  // Also whoever sees it may not let it out: its receiver is nobody of any department.
  const taken = await inOrg(seenBy(db, null), orgId, async (tx) => {
    const webhook = await readWebhook(tx, orgId, wanted.webhookId)
    const delivery = await takeDelivery(tx, orgId, wanted, clock())
    return webhook && delivery ? { webhook, delivery } : null
  })
  if (!taken) {
    const seen = await inOrg(db, orgId, (tx) => findDelivery(tx, orgId, wanted))
    throw seen ? new Refusal('delivery-behind-wall', { status: 409 }) : notFound('delivery')
  }
  const answer = await post(services, taken.webhook, taken.delivery)
  const due = answer.ok ? null : taken.delivery.due_at
  const result = {
    due_at: due,
    last_status: answer.status,
    last_error: answer.error,
    ...(answer.ok ? { delivered_at: clock() } : {}),
  }
  return (await inOrg(db, orgId, (tx) => settleDelivery(tx, orgId, wanted.id, result)))!
}

interface Answer {
  ok: boolean
  status: number | null
  error: string | null
}

async function post({ fetch, sealer, clock }: Services, webhook: WebhookRow, delivery: DeliveryRow): Promise<Answer> {
  const body = JSON.stringify(delivery.body)
  const secret = sealer.open(webhook.secret_sealed, webhookSecretPurpose(webhook.id))
  const headers = {
    'content-type': 'application/json',
    'longrun-delivery': delivery.id,
    'longrun-signature': signatureOf(secret, body, clock()),
  }
  try {
    const answer = await fetch(webhook.url, { method: 'POST', headers, body, timeoutMs, maxBytes: 64_000 })
    if (answer.status >= 200 && answer.status < 300) {
      await answer.discard()
      return { ok: true, status: answer.status, error: null }
    }
    const text = await answer.text().catch(() => '')
    return { ok: false, status: answer.status, error: (text || `HTTP ${answer.status}`).slice(0, shownOfError) }
  } catch (error) {
    if (!(error instanceof FetchError)) throw error
    return { ok: false, status: null, error: error.code }
  }
}

interface Outcome {
  webhook: WebhookRow
  delivery: DeliveryRow
  answer: Answer
}

async function settle(
  services: Services,
  tx: Tx,
  orgId: string,
  { webhook, delivery, answer }: Outcome,
): Promise<void> {
  const { queue, clock } = services
  const now = clock()
  const seen = { last_status: answer.status, last_error: answer.error }
  if (answer.ok) {
    await settleDelivery(tx, orgId, delivery.id, { ...seen, due_at: null, delivered_at: now })
    return
  }
  const lastSuccessAt = await readLastSuccess(tx, orgId, webhook.id)
  const next = decideAfterFailure({ createdAt: delivery.created_at, tries: delivery.tries, lastSuccessAt, now })
  await settleDelivery(tx, orgId, delivery.id, { ...seen, due_at: next.kind === 'again' ? next.at : null })
  if (next.kind === 'again')
    await queue.send(tx, deliverWebhook, { orgId, deliveryId: delivery.id }, { startAfter: next.at })
  else if (next.pause && (await pauseWebhook(tx, orgId, webhook.id, now)))
    await tellOfPause(services, tx, orgId, { webhook, answer })
}

async function tellOfPause(
  services: Services,
  tx: Tx,
  orgId: string,
  { webhook, answer }: { webhook: WebhookRow; answer: Answer },
): Promise<void> {
  const { clock, publicUrl } = services
  const subject = { kind: 'webhook', id: webhook.id }
  const facts = { url: webhook.url, status: answer.status, error: answer.error }
  const why = answer.status ? `It answered ${answer.status}.` : `The last problem: ${answer.error}.`
  await notify(tx, services, orgId, {
    memberIds: await readAdminIds(tx, orgId),
    kind: 'webhook.paused',
    facts,
    subject,
    mail: {
      subject: 'Longrun paused a webhook',
      text: `For three days nothing arrived at ${webhook.url}. ${why}\n\nIt rests now. Resume it when the receiver works again:\n${linkTo(publicUrl, orgId, 'settings/webhooks')}\n`,
    },
  })
  await record(tx, orgId, longrunItself, clock(), { verb: 'webhook.paused', subject, facts })
}
