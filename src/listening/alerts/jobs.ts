// The timer of alerts.

import { z } from 'zod'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { watchSpikes } from './watch-spikes.ts'

export const alertsJobs: Job<Services, unknown>[] = [
  {
    name: 'listening.watch-spikes',
    payload: z.unknown(),
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '* * * * *',
    once: true,
    run: async (services) => void (await watchSpikes(services)),
  },
]
