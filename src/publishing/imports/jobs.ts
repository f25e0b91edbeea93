// Background work of imports: making and taking back their posts, and forgetting files that nobody imported.

import { asSystem } from '../../db/tx.ts'
import { type Job, timer } from '../../lib/queue.ts'
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
  timer('publishing.forget-imports', '20 3 * * *', ({ db, clock }) =>
    asSystem(db, (tx) => deleteStaleImports(tx, new Date(clock().getTime() - keptMs))),
  ),
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
