// Background work of imports: making and taking back their posts, and forgetting files that nobody imported.

import { z } from 'zod'
import { asSystem } from '../../db/tx.ts'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { importJob, importRows } from './run-import.ts'
import { deleteStaleImports } from './store.ts'
import { removeRows } from './undo-import.ts'

const keptMs = 7 * 86_400_000

export const importsJobs: Job<Services, unknown>[] = [
  {
    ...importJob,
    retries: { limit: 5, delaySeconds: 10 },
    concurrency: 2,
    async run(services, payload) {
      const { orgId, id } = importJob.payload.parse(payload)
      // Its state says which of the two is to be done; the other finds nothing to do.
      await importRows(services, orgId, id)
      await removeRows(services, orgId, id)
    },
  },
  {
    name: 'publishing.forget-imports',
    payload: z.unknown(),
    retries: { limit: 0, delaySeconds: 60 },
    concurrency: 1,
    cron: '20 3 * * *',
    once: true,
    run: (services) =>
      asSystem(services.db, (tx) => deleteStaleImports(tx, new Date(services.clock().getTime() - keptMs))),
  },
]
