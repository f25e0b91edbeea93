// The routes of events: each hands its input to a verb and shows the result.

import { z } from 'zod'
import { inOrg } from '../db/tx.ts'
import { pageFrom, readCursor } from '../lib/paging.ts'
import { readActorNames } from '../people/directory.ts'
import { serve } from '../people/serve.ts'
import { eventsContract } from './contract.ts'
import { countUnread, markNotificationsRead, readEvents, readNotifications } from './store.ts'
import { subjectNames } from './subjects.ts'
import { verifySeenChains } from './verify.ts'
import { deliveryView, eventView, notificationView, webhookView } from './views.ts'
import {
  addWebhook,
  changeWebhook,
  listDeliveries,
  listWebhooks,
  redeliver,
  removeWebhook,
  testWebhook,
} from './webhooks.ts'

const os = serve(eventsContract)
const placeCursor = z.tuple([z.number().int().nullable(), z.number().int().nullable()])
const idCursor = z.tuple([z.uuid()])

export const eventsRoutes = os.router({
  events: {
    list: os.events.list.handler(({ input: { limit, cursor, ...filter }, context: { services, caller } }) =>
      inOrg(services.db, caller.orgId, async (tx) => {
        const place = readCursor(cursor, placeCursor) ?? [null, null]
        const rows = await readEvents(tx, caller.orgId, filter, { place, limit: limit + 1 })
        const actors = await readActorNames(
          tx,
          caller.orgId,
          rows.map((row) => row.actor_id),
        )
        const subjects = await subjectNames(tx, caller.orgId, rows)
        return pageFrom(
          rows,
          limit,
          (row) => row.place,
          (row) => eventView(row, { actors, subjects }),
        )
      }),
    ),
    verify: os.events.verify.handler(({ context: { services, caller } }) =>
      verifySeenChains(services.db, caller.orgId),
    ),
  },
  webhooks: {
    list: os.webhooks.list.handler(async ({ context: { services, caller } }) =>
      (await listWebhooks(services, caller.orgId)).map(webhookView),
    ),
    add: os.webhooks.add.handler(async ({ input, context: { services, caller } }) => {
      const { webhook, secret } = await addWebhook(services, caller, input)
      return { ...webhookView({ webhook, last: null }), secret }
    }),
    change: os.webhooks.change.handler(async ({ input: { id, url, verbs, paused }, context: { services, caller } }) =>
      webhookView(await changeWebhook(services, caller, id, { url, verbs, paused })),
    ),
    remove: os.webhooks.remove.handler(async ({ input, context: { services, caller } }) => {
      await removeWebhook(services, caller, input.id)
      return { removed: true as const }
    }),
    test: os.webhooks.test.handler(async ({ input, context: { services, caller } }) =>
      deliveryView(await testWebhook(services, caller, input.id)),
    ),
    deliveries: os.webhooks.deliveries.handler(
      async ({ input: { id, limit, cursor }, context: { services, caller } }) => {
        const rows = await listDeliveries(services, caller.orgId, id, {
          beforeId: readCursor(cursor, idCursor)?.[0] ?? null,
          limit: limit + 1,
        })
        return pageFrom(rows, limit, (row) => [row.id], deliveryView)
      },
    ),
    redeliver: os.webhooks.redeliver.handler(async ({ input, context: { services, caller } }) =>
      deliveryView(await redeliver(services, caller, { id: input.delivery, webhookId: input.id })),
    ),
  },
  notifications: {
    list: os.notifications.list.handler(({ input: { limit, cursor }, context: { services, caller } }) =>
      inOrg(services.db, caller.orgId, async (tx) => {
        const beforeId = readCursor(cursor, idCursor)?.[0] ?? null
        const rows = await readNotifications(tx, caller.orgId, caller.memberId, { beforeId, limit: limit + 1 })
        return {
          ...pageFrom(rows, limit, (row) => [row.id], notificationView),
          unread: await countUnread(tx, caller.orgId, caller.memberId),
        }
      }),
    ),
    markRead: os.notifications.markRead.handler(({ input, context: { services, caller } }) =>
      inOrg(services.db, caller.orgId, async (tx) => {
        await markNotificationsRead(tx, caller.orgId, caller.memberId, { ids: input.ids ?? null, at: services.clock() })
        return { unread: await countUnread(tx, caller.orgId, caller.memberId) }
      }),
    ),
  },
})
