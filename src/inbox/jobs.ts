// Background work of the inbox.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { wakeConversations } from './conversations/actions.ts'
import { forgetPresence } from './presence/actions.ts'
import { climbPromises } from './promises/climb.ts'
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

export const inboxJobs: Job<Services, unknown>[] = [wakeJob, climbJob, presenceJob, trainingsJob]
