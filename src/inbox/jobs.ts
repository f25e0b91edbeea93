// Background work of the inbox.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { wakeConversations } from './conversations/actions.ts'
import { climbPromises } from './promises/climb.ts'

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

export const inboxJobs: Job<Services, unknown>[] = [wakeJob, climbJob]
