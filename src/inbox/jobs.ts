// Background work of the inbox.

import { z } from 'zod'
import { seenBy } from '../db/tx.ts'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { forgetBulks } from './bulk/actions.ts'
import { bulkJob } from './bulk/job.ts'
import { workOn } from './bulk/work.ts'
import { wakeConversations } from './conversations/actions.ts'
import { freeWhatOwnersLeft } from './conversations/owners-behind-walls.ts'
import { forgetPresence } from './presence/actions.ts'
import { climbPromises } from './promises/climb.ts'
import { giveEverywhere, giveJob, giveOwners } from './routing/give.ts'
import { readStaleWords } from './search/keep-words.ts'
import { tellEndingTrainings } from './trainings/actions.ts'

const wakeJob: Job<Services, unknown> = {
  name: 'inbox.wake',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: wakeConversations,
}

const climbJob: Job<Services, unknown> = {
  name: 'inbox.climb',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services) => void (await climbPromises(services)),
}

const presenceJob: Job<Services, unknown> = {
  name: 'inbox.forget-presence',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '17 * * * *',
  once: true,
  run: forgetPresence,
}

const trainingsJob: Job<Services, unknown> = {
  name: 'inbox.tell-ending-trainings',
  payload: z.unknown(),
  retries: { limit: 3, delaySeconds: 600 },
  concurrency: 1,
  cron: '20 6 * * *',
  once: true,
  run: tellEndingTrainings,
}

const wordsJob: Job<Services, unknown> = {
  name: 'inbox.words',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: readStaleWords,
}

const changeMany: Job<Services, unknown> = {
  ...bulkJob,
  // A process that is killed takes a try too.
  retries: { limit: 20, delaySeconds: 10 },
  concurrency: 2,
  async run(services, payload) {
    const { caller, bulkId } = bulkJob.payload.parse(payload)
    // Whoever began it may see less by now.
    const db = seenBy(services.db, { memberId: caller.memberId })
    await workOn({ ...services, db }, caller, bulkId, () => false)
  },
}

const forgetMany: Job<Services, unknown> = {
  name: 'inbox.forget-bulks',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '40 3 * * *',
  once: true,
  run: forgetBulks,
}

/** Sent where somebody left a conversation without an owner; by the clock for whoever was full or away. */
const give: Job<Services, { orgId?: string | undefined }> = {
  ...giveJob,
  retries: { limit: 3, delaySeconds: 5 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services, { orgId }) => {
    if (orgId) await giveOwners(services, orgId)
    else await giveEverywhere(services)
  },
}

const freeJob: Job<Services, unknown> = {
  ...wakeJob,
  name: 'inbox.free',
  run: freeWhatOwnersLeft,
}

export const inboxJobs: Job<Services, unknown>[] = [
  ...[wakeJob, freeJob, climbJob, presenceJob, trainingsJob, wordsJob, changeMany, forgetMany],
  give as Job<Services, unknown>,
]
