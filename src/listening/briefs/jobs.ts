// Timers of listening briefs: drafts on Mondays, mails, reminders.

import { z } from 'zod'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { draftDueBriefs } from './draft-briefs.ts'
import { sendBriefMails } from './jobs-sent.ts'
import { remindReaders, sendDueBriefs } from './send-mails.ts'

const nothing = z.object({})

export const listeningBriefsJobs: Job<Services, unknown>[] = [
  {
    // Every quarter of an hour: Monday begins at another one in some zones, and who was away on Monday makes it afterwards.
    name: 'listening.draft-briefs',
    payload: nothing,
    retries: { limit: 2, delaySeconds: 60 },
    concurrency: 1,
    cron: '2,17,32,47 * * * *',
    once: true,
    run: async (services) => void (await draftDueBriefs(services)),
  },
  {
    ...sendBriefMails,
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '* * * * *',
    once: true,
    run: async (services) => {
      if (await sendDueBriefs(services)) await services.queue.send(services.db, sendBriefMails, {}, { key: 'now' })
    },
  },
  {
    name: 'listening.remind-readers',
    payload: nothing,
    retries: { limit: 2, delaySeconds: 60 },
    concurrency: 1,
    cron: '23 * * * *',
    once: true,
    run: async (services) => void (await remindReaders(services)),
  },
]
