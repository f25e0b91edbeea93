// Every query of webhooks and their deliveries.

import { sql } from 'kysely'
import { alone } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'

const webhookColumns = ['id', 'url', 'verbs', 'secret_sealed', 'created_at', 'paused_at', 'paused_by'] as const
const deliveryColumns = [
  'id',
  'webhook_id',
  'body',
  'created_at',
  'tries',
  'due_at',
  'delivered_at',
  'last_status',
  'last_error',
  'last_tried_at',
] as const

export interface WebhookRow {
  id: string
  url: string
  verbs: string[]
  secret_sealed: Buffer
  created_at: Date
  paused_at: Date | null
  paused_by: string | null
}

export interface DeliveryRow {
  id: string
  webhook_id: string
  body: unknown
  created_at: Date
  tries: number
  due_at: Date | null
  delivered_at: Date | null
  last_status: number | null
  last_error: string | null
  last_tried_at: Date | null
}

export interface LastDelivery {
  webhook_id: string
  last_tried_at: Date
  delivered_at: Date | null
  last_status: number | null
  last_error: string | null
}

// ── Webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const readWebhooks = (tx: Tx, orgId: string): Promise<WebhookRow[]> =>
  tx.selectFrom('webhooks').select(webhookColumns).where('org_id', '=', orgId).orderBy('id').execute()

export const readWebhook = (tx: Tx, orgId: string, id: string): Promise<WebhookRow | undefined> =>
  tx.selectFrom('webhooks').select(webhookColumns).where('org_id', '=', orgId).where('id', '=', id).executeTakeFirst()

/** The only statement of its transaction: it is asked after every write. */
export async function anyWebhookWorks(tx: Tx, orgId: string): Promise<boolean> {
  const found = await sql`${sql.raw(alone)}
    select id from webhooks where org_id = ${orgId} and paused_at is null limit 1`.execute(tx)
  return found.rows.length > 0
}

export const insertWebhook = (
  tx: Tx,
  row: {
    org_id: string
    id: string
    url: string
    verbs: string[]
    secret_sealed: Buffer
    created_at: Date
    created_by: string
  },
): Promise<WebhookRow> => tx.insertInto('webhooks').values(row).returning(webhookColumns).executeTakeFirstOrThrow()

export const updateWebhook = (
  tx: Tx,
  orgId: string,
  id: string,
  change: { url?: string; verbs?: string[]; paused_at?: Date | null; paused_by?: string | null },
): Promise<WebhookRow | undefined> =>
  tx
    .updateTable('webhooks')
    .set(change)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returning(webhookColumns)
    .executeTakeFirst()

/** False when it was paused already: one failure too many pauses it once. */
export async function pauseWebhook(tx: Tx, orgId: string, id: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('webhooks')
    .set({ paused_at: at, paused_by: null })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('paused_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

export async function deleteWebhook(tx: Tx, orgId: string, id: string): Promise<string | undefined> {
  const gone = await tx
    .deleteFrom('webhooks')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returning('url')
    .executeTakeFirst()
  return gone?.url
}

// ── Deliveries ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The latest attempt of each webhook. */
export const readLastDeliveries = (tx: Tx, orgId: string): Promise<LastDelivery[]> =>
  tx
    .selectFrom('webhook_deliveries')
    .distinctOn('webhook_id')
    .select(['webhook_id', 'delivered_at', 'last_status', 'last_error'])
    .select(({ ref }) => ref('last_tried_at').$notNull().as('last_tried_at'))
    .where('org_id', '=', orgId)
    .where('last_tried_at', 'is not', null)
    .orderBy('webhook_id')
    .orderBy('last_tried_at', 'desc')
    .execute()

export function readDeliveries(
  tx: Tx,
  orgId: string,
  webhookId: string,
  page: { beforeId: string | null; limit: number },
): Promise<DeliveryRow[]> {
  let query = tx
    .selectFrom('webhook_deliveries')
    .select(deliveryColumns)
    .where('org_id', '=', orgId)
    .where('webhook_id', '=', webhookId)
  if (page.beforeId !== null) query = query.where('id', '<', page.beforeId)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export interface NewDelivery {
  org_id: string
  id: string
  webhook_id: string
  /** null: a test. */
  event_seq: number | null
  body: object
  created_at: Date
  due_at: Date | null
}

/** Leaves out events that this webhook has already been told of. Returns the ids that are new. */
export async function insertDeliveries(tx: Tx, rows: NewDelivery[]): Promise<string[]> {
  if (rows.length === 0) return []
  const stored = await tx
    .insertInto('webhook_deliveries')
    .values(rows.map((row) => ({ ...row, body: JSON.stringify(row.body) })))
    .onConflict((conflict) => conflict.columns(['org_id', 'webhook_id', 'event_seq']).doNothing())
    .returning('id')
    .execute()
  return stored.map((row) => row.id)
}

/** Takes a delivery into work until `until`; undefined when it is not due, over, in other hands, or its webhook rests. */
export const claimDelivery = (
  tx: Tx,
  orgId: string,
  id: string,
  { now, until }: { now: Date; until: Date },
): Promise<DeliveryRow | undefined> =>
  tx
    .updateTable('webhook_deliveries')
    .from('webhooks')
    .set(({ eb }) => ({ due_at: until, last_tried_at: now, tries: eb('webhook_deliveries.tries', '+', 1) }))
    .where('webhook_deliveries.org_id', '=', orgId)
    .where('webhook_deliveries.id', '=', id)
    .where('webhook_deliveries.due_at', '<=', now)
    .whereRef('webhooks.org_id', '=', 'webhook_deliveries.org_id')
    .whereRef('webhooks.id', '=', 'webhook_deliveries.webhook_id')
    .where('webhooks.paused_at', 'is', null)
    .returning(deliveryColumns.map((name) => `webhook_deliveries.${name}` as const))
    .executeTakeFirst()

/** What stands in the log of a delivery that was due when a wall came between it and its receiver. */
const behindWall = 'behind-wall'

/** Ends a delivery that nobody of no department could claim though it is due: it went behind a wall. Runs with eyes that see everything. */
export const giveUpBehindWall = (tx: Tx, orgId: string, id: string, now: Date): Promise<unknown> =>
  sql`update webhook_deliveries d set due_at = null, last_error = ${behindWall} from webhooks w
    where d.org_id = ${orgId} and d.id = ${id} and d.due_at <= ${now} and w.org_id = d.org_id and w.id = d.webhook_id and w.paused_at is null`.execute(
    tx,
  )

/** As whoever asks sees it. */
export const findDelivery = (
  tx: Tx,
  orgId: string,
  { id, webhookId }: { id: string; webhookId: string },
): Promise<{ id: string } | undefined> =>
  tx
    .selectFrom('webhook_deliveries')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst()

/** For sending at a person's wish, whatever the state of the delivery. */
export const takeDelivery = (
  tx: Tx,
  orgId: string,
  delivery: { id: string; webhookId: string },
  now: Date,
): Promise<DeliveryRow | undefined> =>
  tx
    .updateTable('webhook_deliveries')
    .set(({ eb }) => ({ last_tried_at: now, tries: eb('tries', '+', 1) }))
    .where('org_id', '=', orgId)
    .where('id', '=', delivery.id)
    .where('webhook_id', '=', delivery.webhookId)
    .returning(deliveryColumns)
    .executeTakeFirst()

export interface DeliveryResult {
  due_at: Date | null
  delivered_at?: Date
  last_status: number | null
  last_error: string | null
}

export const settleDelivery = (
  tx: Tx,
  orgId: string,
  id: string,
  result: DeliveryResult,
): Promise<DeliveryRow | undefined> =>
  tx
    .updateTable('webhook_deliveries')
    .set(result)
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .returning(deliveryColumns)
    .executeTakeFirst()

export async function readLastSuccess(tx: Tx, orgId: string, webhookId: string): Promise<Date | null> {
  const found = await tx
    .selectFrom('webhook_deliveries')
    .select(({ fn }) => fn.max('delivered_at').as('at'))
    .where('org_id', '=', orgId)
    .where('webhook_id', '=', webhookId)
    .executeTakeFirst()
  return found?.at ?? null
}

/** Deliveries whose time has come; all organisations, or one webhook of one. */
export async function readDue(
  tx: Tx,
  now: Date,
  of?: { orgId: string; webhookId: string },
): Promise<{ org_id: string; id: string }[]> {
  return tx
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', (join) =>
      join
        .onRef('webhooks.org_id', '=', 'webhook_deliveries.org_id')
        .onRef('webhooks.id', '=', 'webhook_deliveries.webhook_id'),
    )
    .select(['webhook_deliveries.org_id', 'webhook_deliveries.id'])
    .where('webhook_deliveries.due_at', '<=', now)
    .where('webhooks.paused_at', 'is', null)
    .$if(of !== undefined, (query) =>
      query
        .where('webhook_deliveries.org_id', '=', of!.orgId)
        .where('webhook_deliveries.webhook_id', '=', of!.webhookId),
    )
    .orderBy('webhook_deliveries.due_at')
    .limit(1_000)
    .execute()
}

export async function deleteOldDeliveries(tx: Tx, before: Date): Promise<number> {
  const done = await tx
    .deleteFrom('webhook_deliveries')
    .where('created_at', '<', before)
    .where('due_at', 'is', null)
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
