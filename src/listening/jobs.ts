// Timers of listening.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { expireMentions, prepareMonths, tidyReaders } from './mentions/upkeep.ts'

const nothing = z.object({})
const retries = { limit: 3, delaySeconds: 60 }

export const listeningJobs: Job<Services, unknown>[] = [
  {
    name: 'listening.prepare-months',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '11 3 * * *',
    once: true,
    run: (services) => prepareMonths(services),
  },
  {
    name: 'listening.expire-mentions',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '23 * * * *',
    once: true,
    run: (services) => expireMentions(services),
  },
  {
    name: 'listening.tidy-readers',
    payload: nothing,
    retries,
    concurrency: 1,
    cron: '41 * * * *',
    once: true,
    run: (services) => tidyReaders(services),
  },
]
