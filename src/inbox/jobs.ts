// Background work of the inbox.

import { seenBy } from '../db/tx.ts'
import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { forgetBulks } from './bulk/actions.ts'
import { bulkJob } from './bulk/job.ts'
import { workOn } from './bulk/work.ts'
import { freeWhatOwnersLeft } from './conversations/owners-behind-walls.ts'
import { wakeConversations } from './conversations/wake.ts'
import { keepSpans } from './measures/keep-spans.ts'
import { forgetPresence } from './presence/actions.ts'
import { climbPromises } from './promises/climb.ts'
import { keepByRules } from './retention/actions.ts'
import { giveEverywhere, giveJob, giveOwners } from './routing/give.ts'
import { readStaleWords } from './search/keep-words.ts'
import { takeOverWaiting } from './taking-over/actions.ts'
import { followTaken } from './taking-over/follow.ts'
import { tellEndingTrainings } from './trainings/actions.ts'

const everyMinute = '* * * * *'

const changeMany: Job<Services, unknown> = {
  ...bulkJob,
  // A process that is killed takes a try too.
  retries: { limit: 20, delaySeconds: 5 },
  silentSeconds: 20,
  concurrency: 2,
  async run(services, payload) {
    const { caller, bulkId } = bulkJob.payload.parse(payload)
    // Whoever began it may see less by now.
    const db = seenBy(services.db, { memberId: caller.memberId })
    await workOn({ ...services, db }, caller, bulkId, () => false)
  },
}

/** Sent where somebody left a conversation without an owner; by the clock for whoever was full or away. */
const give: Job<Services, { orgId?: string | undefined }> = {
  ...giveJob,
  retries: { limit: 3, delaySeconds: 5 },
  concurrency: 1,
  cron: everyMinute,
  once: true,
  run: async (services, { orgId }) => {
    if (orgId) await giveOwners(services, orgId)
    else await giveEverywhere(services)
  },
}

export const inboxJobs: Job<Services, unknown>[] = [
  timer('inbox.wake', everyMinute, wakeConversations),
  timer('inbox.take-over', everyMinute, takeOverWaiting),
  timer('inbox.follow-taken', '9 * * * *', followTaken),
  timer('inbox.free', everyMinute, freeWhatOwnersLeft),
  timer('inbox.climb', everyMinute, climbPromises),
  timer('inbox.forget-presence', '17 * * * *', forgetPresence),
  timer('inbox.tell-ending-trainings', '20 6 * * *', tellEndingTrainings, { limit: 3, delaySeconds: 600 }),
  timer('inbox.keep-by-rules', '50 2 * * *', keepByRules),
  timer('inbox.words', everyMinute, readStaleWords),
  timer('inbox.spans', everyMinute, keepSpans),
  changeMany,
  timer('inbox.forget-bulks', '40 3 * * *', forgetBulks),
  give as Job<Services, unknown>,
]
