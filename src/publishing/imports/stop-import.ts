// Ends an import before its last row: by a person who stops it, or because it broke off too often. What has its post keeps it.

import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type Caller, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { numbered } from './check-import.ts'
import { mustFind } from './open-import.ts'
import { endImport, importJob } from './run-import.ts'
import { findImport, type ImportRow, postsOfImport, updateImport } from './store.ts'
import { type ImportView, viewOf } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>

/** No further row begins; the background ends it when those that are being made are done. */
export function stopImport(
  services: Deps & Pick<Services, 'queue'>,
  caller: Caller,
  { id }: { id: string },
): Promise<ImportView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, 'locked')
    if (found.state !== 'running') throw new Refusal('import.not-running', { status: 409 })
    await updateImport(tx, caller.orgId, id, { state: 'stopping' })
    await services.queue.send(tx, importJob, { orgId: caller.orgId, id })
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'import.stopped',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name },
    })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

/** The work behind it. */
export const endStopped = (services: Deps, orgId: string, id: string): Promise<void> =>
  inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id, 'alone')
    if (found?.state === 'stopping') await endEarly(tx, found, 'import-stopped', services.clock())
  })

/** With the first try. */
const mostTries = 5

/**
 * After an error that nobody foresaw. Answers whether it is to be tried again; else it has ended where it was: an import that never
 * ends would keep every later one waiting.
 */
export function afterBreakingOff(services: Deps, { orgId, id }: { orgId: string; id: string }): Promise<boolean> {
  return inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id, 'alone')
    if (!found || found.state === 'open' || found.state === 'done' || found.state === 'undone') return false
    const tries = found.tries + 1
    await updateImport(tx, orgId, id, { tries })
    if (tries < mostTries) return true
    const at = services.clock()
    // Of an undo the posts are there still: a person may undo it again.
    if (found.state === 'undoing') await updateImport(tx, orgId, id, { state: 'done' })
    else await endEarly(tx, found, 'import-broke-off', at)
    await record(tx, orgId, longrunItself, at, {
      verb: 'import.broke-off',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name },
    })
    return false
  })
}

/** Names the rows without a post. */
async function endEarly(tx: Tx, found: ImportRow, code: string, at: Date): Promise<void> {
  const made = new Set((await postsOfImport(tx, found.org_id, found.id)).map(({ row }) => row))
  const problems = numbered(found.cells)
    .filter(({ row }) => !made.has(row))
    .map(({ row }) => ({ row, level: 'error' as const, field: 'row', code, params: {} }))
  await endImport(tx, found, { problems, imported: made.size, at })
}
