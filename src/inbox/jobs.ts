// Background work of the inbox.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { wakeConversations } from './conversations/actions.ts'

const wakeJob: Job<Services, unknown> = {
  name: 'inbox.wake',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: wakeConversations,
}

export const inboxJobs: Job<Services, unknown>[] = [wakeJob]
