// Upkeep of media files: what was removed long ago is forgotten, what a crash left is cleared away, and ends of permissions are told.

import { z } from 'zod'
import type { Job } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { mediaFolder, sweepFiles } from './content.ts'
import { removeStaleTemporaries } from './files.ts'
import { announceEndingMedia } from './library/announce.ts'
import { lookAtOld } from './library/look-at-old.ts'
import { forgetRemoved } from './removal.ts'

const dayMs = 24 * 3600_000

/** A job of every night; what one night leaves undone, the next one finds. */
const nightly = (
  name: string,
  cron: string,
  run: (services: Services) => Promise<unknown>,
): Job<Services, unknown> => ({
  name,
  payload: z.unknown(),
  retries: { limit: 0, delaySeconds: 60 },
  concurrency: 1,
  cron,
  once: true,
  run: async (services) => void (await run(services)),
})

export const mediaJobs: Job<Services, unknown>[] = [
  nightly('media.forget-removed', '7 3 * * *', forgetRemoved),
  nightly('media.announce-ending', '5 5 * * *', announceEndingMedia),
  nightly('media.look-at-old', '40 2 * * *', lookAtOld),
  nightly('media.remove-leftovers', '17 3 * * *', async (services) => {
    await removeStaleTemporaries(mediaFolder(services.config), new Date(services.clock().getTime() - dayMs))
    await sweepFiles(services)
  }),
]
