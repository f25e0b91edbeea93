// Verbs of webhooks: add, change, pause, resume, remove, test.

import { inOrg, type Tx } from '../db/tx.ts'
import { newId } from '../lib/ids.ts'
import { notFound } from '../lib/refusal.ts'
import { newSecret } from '../lib/secrets.ts'
import type { Caller } from '../people/types.ts'
import type { Services } from '../services.ts'
import { record } from './actions.ts'
import { sendNow, webhookSecretPurpose } from './deliver.ts'
import {
  type DeliveryRow,
  deleteWebhook,
  insertDeliveries,
  insertWebhook,
  type LastDelivery,
  readDeliveries,
  readDue,
  readLastDeliveries,
  readWebhook,
  readWebhooks,
  updateWebhook,
  type WebhookRow,
} from './store-webhooks.ts'
import { refuseUnreachable } from './target.ts'
import { deliverWebhook } from './types.ts'

export interface SeenWebhook {
  webhook: WebhookRow
  last: LastDelivery | null
}

export const listWebhooks = ({ db }: Services, orgId: string): Promise<SeenWebhook[]> =>
  inOrg(db, orgId, async (tx) => {
    const last = await readLastDeliveries(tx, orgId)
    return (await readWebhooks(tx, orgId)).map((webhook) => ({
      webhook,
      last: last.find((each) => each.webhook_id === webhook.id) ?? null,
    }))
  })

export async function addWebhook(
  services: Services,
  caller: Caller,
  wanted: { url: string; verbs: string[] },
): Promise<{ webhook: WebhookRow; secret: string }> {
  const { db, sealer, clock, config } = services
  const { orgId } = caller
  await refuseUnreachable(wanted.url, config.allowPrivate)
  const id = newId()
  const secret = `whsec_${newSecret()}`
  const at = clock()
  return inOrg(db, orgId, async (tx) => {
    const sealed = sealer.seal(secret, webhookSecretPurpose(id))
    const row = {
      org_id: orgId,
      id,
      url: wanted.url,
      verbs: wanted.verbs,
      secret_sealed: sealed,
      created_at: at,
      created_by: caller.memberId,
    }
    const webhook = await insertWebhook(tx, row)
    await record(tx, orgId, caller.actor, at, {
      verb: 'webhook.added',
      subject: { kind: 'webhook', id },
      facts: { url: wanted.url, verbs: wanted.verbs },
    })
    return { webhook, secret }
  })
}

export async function changeWebhook(
  services: Services,
  caller: Caller,
  id: string,
  change: { url?: string; verbs?: string[]; paused?: boolean },
): Promise<SeenWebhook> {
  const { db, clock, config } = services
  const { orgId } = caller
  if (change.url !== undefined) await refuseUnreachable(change.url, config.allowPrivate)
  const at = clock()
  return inOrg(db, orgId, async (tx) => {
    const before = await readWebhook(tx, orgId, id)
    if (!before) throw notFound('webhook')
    const webhook = (await updateWebhook(tx, orgId, id, {
      url: change.url ?? before.url,
      verbs: change.verbs ?? before.verbs,
      ...pauseOf(before, change.paused, { at, by: caller.memberId }),
    }))!
    if (before.paused_at && !webhook.paused_at) await resume(services, tx, orgId, id)
    const last = (await readLastDeliveries(tx, orgId)).find((each) => each.webhook_id === id) ?? null
    const facts = { from: factsOf(before), to: factsOf(webhook) }
    await record(tx, orgId, caller.actor, at, { verb: 'webhook.changed', subject: { kind: 'webhook', id }, facts })
    return { webhook, last }
  })
}

function pauseOf(before: WebhookRow, paused: boolean | undefined, now: { at: Date; by: string }) {
  if (paused === undefined || paused === (before.paused_at !== null)) return {}
  return paused ? { paused_at: now.at, paused_by: now.by } : { paused_at: null, paused_by: null }
}

const factsOf = ({ url, verbs, paused_at }: WebhookRow) => ({ url, verbs, paused: paused_at !== null })

/** What waited while the webhook rested goes on. */
async function resume({ queue, clock }: Services, tx: Tx, orgId: string, webhookId: string): Promise<void> {
  for (const { id } of await readDue(tx, clock(), { orgId, webhookId }))
    await queue.send(tx, deliverWebhook, { orgId, deliveryId: id })
}

export function removeWebhook({ db, clock }: Services, caller: Caller, id: string): Promise<void> {
  const { orgId } = caller
  return inOrg(db, orgId, async (tx) => {
    const url = await deleteWebhook(tx, orgId, id)
    if (url === undefined) throw notFound('webhook')
    await record(tx, orgId, caller.actor, clock(), {
      verb: 'webhook.removed',
      subject: { kind: 'webhook', id },
      facts: { url },
    })
  })
}

/** Sends a test at once and tells what came back. It is never tried again by itself. */
export async function testWebhook(services: Services, caller: Caller, id: string): Promise<DeliveryRow> {
  const { db, clock } = services
  const { orgId } = caller
  const deliveryId = newId()
  const at = clock()
  const body = {
    verb: 'webhook.tested',
    organisation: orgId,
    seq: null,
    at: at.toISOString(),
    actor: { ...caller.actor, name: null },
    subject: { kind: 'webhook', id },
    facts: {},
  }
  await inOrg(db, orgId, async (tx) => {
    if (!(await readWebhook(tx, orgId, id))) throw notFound('webhook')
    await insertDeliveries(tx, [
      { org_id: orgId, id: deliveryId, webhook_id: id, event_seq: null, body, created_at: at, due_at: null },
    ])
    await record(tx, orgId, caller.actor, at, { verb: 'webhook.tested', subject: { kind: 'webhook', id } })
  })
  return sendNow(services, orgId, { id: deliveryId, webhookId: id })
}

export async function redeliver(
  services: Services,
  caller: Caller,
  delivery: { id: string; webhookId: string },
): Promise<DeliveryRow> {
  const { db, clock } = services
  const sent = await sendNow(services, caller.orgId, delivery)
  const facts = { deliveryId: delivery.id, status: sent.last_status }
  await inOrg(db, caller.orgId, (tx) =>
    record(tx, caller.orgId, caller.actor, clock(), {
      verb: 'webhook.redelivered',
      subject: { kind: 'webhook', id: delivery.webhookId },
      facts,
    }),
  )
  return sent
}

export const listDeliveries = (
  { db }: Services,
  orgId: string,
  webhookId: string,
  page: { beforeId: string | null; limit: number },
): Promise<DeliveryRow[]> =>
  inOrg(db, orgId, async (tx) => {
    if (!(await readWebhook(tx, orgId, webhookId))) throw notFound('webhook')
    return readDeliveries(tx, orgId, webhookId, page)
  })
