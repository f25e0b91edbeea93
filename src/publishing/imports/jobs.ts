// Background work of imports: making and taking back their posts, and forgetting files that nobody imported.

import { z } from 'zod'
import { asSystem } from '../../db/tx.ts'
import type { Job } from '../../lib/queue.ts'
import type { Services } from '../../services.ts'
import { importJob, importRows } from './run-import.ts'
import { afterBreakingOff, endStopped } from './stop-import.ts'
import { deleteStaleImports } from './store.ts'
import { removeRows } from './undo-import.ts'

const keptMs = 7 * 86_400_000

export const importsJobs: Job<Services, unknown>[] = [
  {
    ...importJob,
    // More than an import breaks off: a process that is killed takes one too.
    retries: { limit: 20, delaySeconds: 10 },
    concurrency: 2,
    run: (services, payload) => workOnImport(services, importJob.payload.parse(payload)),
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

/** Its state says which of these is to be done; the others find nothing to do. */
export async function workOnImport(services: Services, { orgId, id }: { orgId: string; id: string }): Promise<void> {
  try {
    await importRows(services, orgId, id)
    await endStopped(services, orgId, id)
    await removeRows(services, orgId, id)
  } catch (error) {
    if (await afterBreakingOff(services, { orgId, id })) throw error
    services.log.error('An import broke off', { import: id, error })
  }
}
