// Timers of listening briefs: drafts on Mondays, mails, reminders.

import { type Job, timer } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { draftDueBriefs } from './draft-briefs.ts'
import { sendBriefMails } from './jobs-sent.ts'
import { remindReaders, sendDueBriefs } from './send-mails.ts'

const retries = { limit: 2, delaySeconds: 60 }

export const listeningBriefsJobs: Job<Services, unknown>[] = [
  // Every quarter of an hour: Monday begins at another one in some zones, and who was away on Monday makes it afterwards.
  timer('listening.draft-briefs', '2,17,32,47 * * * *', draftDueBriefs, retries),
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
  timer('listening.remind-readers', '23 * * * *', remindReaders, retries),
]
