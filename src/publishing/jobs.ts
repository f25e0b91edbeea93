// Background work of publishing. Delivery is not among it: the calendar row is the only clock (see delivery/worker.ts).

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { readNumbers } from './numbers.ts'

const readNumbersJob: Job<Services, unknown> = {
  name: 'publishing.read-numbers',
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron: '* * * * *',
  once: true,
  run: async (services) => void (await readNumbers(services)),
}

export const publishingJobs: Job<Services, unknown>[] = [readNumbersJob]
