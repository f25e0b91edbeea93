// Upkeep of media files: what was removed long ago is forgotten, what a crash left is cleared away, and ends of permissions are told.

import { type Job, timer } from '../lib/queue.ts'
import type { Services } from '../services.ts'
import { mediaFolder, sweepFiles } from './content.ts'
import { removeStaleTemporaries } from './files.ts'
import { announceEndingMedia } from './library/announce.ts'
import { lookAtOld } from './library/look-at-old.ts'
import { forgetRemoved } from './removal.ts'

const dayMs = 24 * 3600_000

/** What one night leaves undone, the next one finds. */
export const mediaJobs: Job<Services, unknown>[] = [
  timer('media.forget-removed', '7 3 * * *', forgetRemoved),
  timer('media.announce-ending', '5 5 * * *', announceEndingMedia),
  timer('media.look-at-old', '40 2 * * *', lookAtOld),
  timer('media.remove-leftovers', '17 3 * * *', async (services) => {
    await removeStaleTemporaries(mediaFolder(services.config), new Date(services.clock().getTime() - dayMs))
    await sweepFiles(services)
  }),
]
