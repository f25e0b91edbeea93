// Routes of the event log: activity, its chain, webhooks out, and a person's notifications.

import { z } from 'zod'
import { byId, inOrgInput, instant, pageInput, pageOf, route } from '../lib/route.ts'

export const event = z.object({
  seq: z.number().int(),
  at: instant,
  verb: z.string(),
  actor: z.object({
    kind: z.enum(['member', 'token', 'system', 'network', 'outsider']),
    id: z.uuid().nullable(),
    name: z.string().nullable(),
  }),
  subject: z.object({ kind: z.string(), id: z.uuid().nullable() }),
  facts: z.record(z.string(), z.unknown()),
  departmentId: z
    .uuid()
    .nullable()
    .describe('The walled department behind whose wall it happened: it has a log of its own, with its own numbers'),
  hash: z.string(),
})

export const webhook = z.object({
  id: z.uuid(),
  url: z.string(),
  verbs: z.array(z.string()),
  createdAt: instant,
  pausedAt: instant.nullable(),
  pausedByLongrun: z.boolean(),
  lastDelivery: z
    .object({ at: instant, ok: z.boolean(), status: z.number().int().nullable(), error: z.string().nullable() })
    .nullable(),
})

export const webhookDelivery = z.object({
  id: z.uuid(),
  verb: z.string(),
  createdAt: instant,
  tries: z.number().int(),
  dueAt: instant.nullable(),
  deliveredAt: instant.nullable(),
  lastStatus: z.number().int().nullable(),
  lastError: z.string().nullable(),
  body: z.unknown(),
})

export const notification = z.object({
  id: z.uuid(),
  kind: z.string(),
  facts: z.record(z.string(), z.unknown()),
  subject: z.object({ kind: z.string().nullable(), id: z.uuid().nullable() }),
  createdAt: instant,
  readAt: instant.nullable(),
})

const webhookUrl = z.url({ protocol: /^https?$/ }).max(2000)
const verbs = z.array(z.string().regex(/^[a-z-]+\.[a-z-]+$|^[a-z-]+\.\*$/)).max(50)

export const eventsContract = {
  events: {
    list: route('events.read')
      .route({ method: 'GET', path: '/orgs/{org}/events', summary: 'Activity, newest first' })
      .input(
        pageInput.extend({
          subjectId: z.uuid().optional(),
          verb: z.string().max(80).optional(),
          actorId: z.uuid().optional(),
          before: instant.optional(),
          after: instant.optional(),
        }),
      )
      .output(pageOf(event)),
    verify: route('events.read')
      .route({
        method: 'GET',
        path: '/orgs/{org}/events/verification',
        summary: 'Whether the chain of hashes is unbroken',
      })
      .input(inOrgInput)
      .output(
        z.object({
          ok: z.boolean(),
          count: z.number().int(),
          brokenAt: z.number().int().nullable(),
          headHash: z.string().nullable(),
        }),
      ),
  },
  webhooks: {
    list: route('webhooks.read')
      .route({ method: 'GET', path: '/orgs/{org}/webhooks', summary: 'Webhooks' })
      .input(inOrgInput)
      .output(z.array(webhook)),
    add: route('webhooks.change')
      .route({ method: 'POST', path: '/orgs/{org}/webhooks', successStatus: 201, summary: 'Add a webhook' })
      .input(inOrgInput.extend({ url: webhookUrl, verbs: verbs.default([]) }))
      .output(webhook.extend({ secret: z.string().describe('Shown once; signs every delivery') })),
    change: route('webhooks.change')
      .route({ method: 'PATCH', path: '/orgs/{org}/webhooks/{id}', summary: 'Change, pause or resume' })
      .input(byId.extend({ url: webhookUrl.optional(), verbs: verbs.optional(), paused: z.boolean().optional() }))
      .output(webhook),
    remove: route('webhooks.change')
      .route({ method: 'DELETE', path: '/orgs/{org}/webhooks/{id}', summary: 'Remove a webhook' })
      .input(byId)
      .output(z.object({ removed: z.literal(true) })),
    test: route('webhooks.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/webhooks/{id}/test',
        summary: 'Send a test now and tell what came back',
      })
      .input(byId)
      .output(webhookDelivery),
    deliveries: route('webhooks.read')
      .route({ method: 'GET', path: '/orgs/{org}/webhooks/{id}/deliveries', summary: 'Delivery log, newest first' })
      .input(pageInput.extend({ id: z.uuid() }))
      .output(pageOf(webhookDelivery)),
    redeliver: route('webhooks.change')
      .route({
        method: 'POST',
        path: '/orgs/{org}/webhooks/{id}/deliveries/{delivery}/again',
        summary: 'Deliver again',
      })
      .input(byId.extend({ delivery: z.uuid() }))
      .output(webhookDelivery),
  },
  notifications: {
    list: route('notifications.own')
      .route({ method: 'GET', path: '/orgs/{org}/notifications', summary: 'My notifications, newest first' })
      .input(pageInput)
      .output(pageOf(notification).extend({ unread: z.number().int() })),
    markRead: route('notifications.own')
      .route({
        method: 'POST',
        path: '/orgs/{org}/notifications/read',
        summary: 'Mark notifications as read; without ids all of them',
      })
      .input(inOrgInput.extend({ ids: z.array(z.uuid()).max(200).optional() }))
      .output(z.object({ unread: z.number().int() })),
  },
}
