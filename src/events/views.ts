// Rows of events in the form in which the API shows them.

import type { z } from 'zod'
import type * as contract from './contract.ts'
import type { EventRow, NotificationRow } from './store.ts'
import type { DeliveryRow } from './store-webhooks.ts'
import type { SeenWebhook } from './webhooks.ts'

const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null

interface Names {
  actors: Map<string, string>
  subjects: Map<string, string>
}

export const eventView = (row: EventRow, { actors, subjects }: Names): z.infer<typeof contract.event> => ({
  seq: row.seq,
  at: row.at.toISOString(),
  verb: row.verb,
  actor: {
    kind: row.actor_kind as 'member',
    id: row.actor_id,
    name: row.actor_id ? (actors.get(row.actor_id) ?? null) : null,
  },
  subject: { kind: row.subject_kind, id: row.subject_id },
  facts: { ...(row.facts as Record<string, unknown>), ...withName(subjects.get(row.subject_id ?? '')) },
  departmentId: row.wall_id,
  hash: row.hash,
})

const withName = (name: string | undefined) => (name === undefined ? {} : { with: name })

export const webhookView = ({ webhook, last }: SeenWebhook): z.infer<typeof contract.webhook> => ({
  id: webhook.id,
  url: webhook.url,
  verbs: webhook.verbs,
  createdAt: webhook.created_at.toISOString(),
  pausedAt: instantOrNull(webhook.paused_at),
  pausedByLongrun: webhook.paused_at !== null && webhook.paused_by === null,
  lastDelivery: last && {
    at: last.last_tried_at.toISOString(),
    ok: last.delivered_at !== null,
    status: last.last_status,
    error: last.last_error,
  },
})

export const deliveryView = (row: DeliveryRow): z.infer<typeof contract.webhookDelivery> => ({
  id: row.id,
  verb: (row.body as { verb: string }).verb,
  createdAt: row.created_at.toISOString(),
  tries: row.tries,
  dueAt: instantOrNull(row.due_at),
  deliveredAt: instantOrNull(row.delivered_at),
  lastStatus: row.last_status,
  lastError: row.last_error,
  body: row.body,
})

export const notificationView = (row: NotificationRow): z.infer<typeof contract.notification> => ({
  id: row.id,
  kind: row.kind,
  facts: row.facts as Record<string, unknown>,
  subject: { kind: row.subject_kind, id: row.subject_id },
  createdAt: row.created_at.toISOString(),
  readAt: instantOrNull(row.read_at),
})
