// Upkeep of media files: what a crash left half received is removed.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { mediaFolder } from './actions.ts'
import { removeStaleTemporaries } from './files.ts'

const dayMs = 24 * 3600_000

export const mediaJobs: Job<Services, unknown>[] = [
  {
    name: 'media.remove-leftovers',
    payload: z.unknown(),
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '17 3 * * *',
    once: true,
    run: async ({ config, clock }) =>
      void (await removeStaleTemporaries(mediaFolder(config), new Date(clock().getTime() - dayMs))),
  },
]
