// Background work of events: telling webhooks, sending deliveries, letters about notifications, sweeping.

import type { z } from 'zod'
import { asSystem, inOrg, seenBy } from '../db/tx.ts'
import { type Job, timer } from '../lib/queue.ts'
import { readMailAddress } from '../people/directory.ts'
import { mayKnow } from '../people/walls.ts'
import type { Services } from '../services.ts'
import { sendDelivery } from './deliver.ts'
import { fanOutEvents } from './fan-out.ts'
import { deliveryLogMs } from './rules.ts'
import { deleteOldNotifications } from './store.ts'
import { deleteOldDeliveries, readDue } from './store-webhooks.ts'
import { deliverWebhook, fanOut, notificationMail } from './types.ts'

const notificationsKeptMs = 180 * 86_400_000
const quickly = { limit: 3, delaySeconds: 5 }

export const fanOutJob: Job<Services, z.infer<typeof fanOut.payload>> = {
  ...fanOut,
  retries: quickly,
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: (services, { orgId }) => fanOutEvents(services, orgId),
}

/** The row of a delivery says when it is due; the job only brings it to mind. */
export const deliverJob: Job<Services, z.infer<typeof deliverWebhook.payload>> = {
  ...deliverWebhook,
  retries: quickly,
  concurrency: 4,
  run: sendDelivery,
}

/** Finds deliveries that nobody remembered: after a crash with one in hand, or when the queue lost a job. */
export const recallDeliveries = timer('events.recall-deliveries', '*/5 * * * *', recall, quickly)

async function recall(services: Services): Promise<void> {
  const overdue = new Date(services.clock().getTime() - 60_000)
  for (const { org_id: orgId, id: deliveryId } of await asSystem(services.db, (tx) => readDue(tx, overdue)))
    await sendDelivery(services, { orgId, deliveryId })
}

export const mailNotification: Job<Services, z.infer<typeof notificationMail.payload>> = {
  ...notificationMail,
  retries: { limit: 8, delaySeconds: 30 },
  concurrency: 2,
  async run({ db, mailer }, { orgId, memberId, subject, text, about }) {
    const to = await inOrg(seenBy(db, 'all'), orgId, async (tx) => {
      // A wall may have come up while it waited.
      if (about && (await mayKnow(tx, orgId, about, [memberId])).length === 0) return null
      return readMailAddress(tx, orgId, memberId)
    })
    if (to) await mailer.send({ to, subject, text })
  },
}

export const sweepEvents = timer('events.sweep', '41 3 * * *', sweep, quickly)

async function sweep({ db, clock }: Services): Promise<void> {
  const now = clock().getTime()
  await asSystem(db, (tx) => deleteOldDeliveries(tx, new Date(now - deliveryLogMs)))
  await asSystem(db, (tx) => deleteOldNotifications(tx, new Date(now - notificationsKeptMs)))
}

export const eventsJobs = [fanOutJob, deliverJob, recallDeliveries, mailNotification, sweepEvents]
