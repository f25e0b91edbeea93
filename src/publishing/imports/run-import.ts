// Runs an import in the background: some rows beside each other, for some minutes at a time, until all have their posts.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import { mustMay } from '../../people/admit.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { isGood, readRows } from './check-import.ts'
import { importRow, type Work } from './import-row.ts'
import { mustBeOpen, mustFind } from './open-import.ts'
import { fetchOnce } from './pictures.ts'
import type { ReadRow } from './read-row.ts'
import { anotherRuns, findImport, type ImportRow, postsOfImport, updateImport } from './store.ts'
import type { RowIssue } from './types.ts'
import { type ImportView, viewOf } from './views.ts'

export type ImportServices = Pick<Services, 'db' | 'clock' | 'linkBases' | 'queue' | 'config' | 'fetch'>

export const importJob = {
  name: 'publishing.import',
  payload: z.object({ orgId: z.uuid(), id: z.uuid() }),
}

export function runImport(services: ImportServices, caller: Caller, { id }: { id: string }): Promise<ImportView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, 'locked')
    mustBeOpen(found)
    if (found.settings.as === 'scheduled') mustMay(caller, 'posts.schedule')
    const media = found.settings.mapping.indexOf('media')
    if (found.cells?.rows.some((row) => row[media]?.trim())) mustMay(caller, 'media.upload')
    if (await anotherRuns(tx, caller.orgId, id)) throw new Refusal('import.another-runs', { status: 409 })
    const at = services.clock()
    await updateImport(tx, caller.orgId, id, {
      state: 'running',
      progress: 0,
      tries: 0,
      started_at: at,
      run_by: caller,
    })
    await services.queue.send(tx, importJob, { orgId: caller.orgId, id })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'import.started',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name, rows: found.row_count },
    })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

/** How often the page is told how far it is. */
const told = 10
/** Rows beside each other: more would only wait for one another at the chain of events. */
const hands = 4
/** Then the job hands over to a fresh one: a queue takes a job that works for a quarter of an hour for one that died. */
const shiftMs = 8 * 60_000

/** The work behind it. Goes on where an earlier try was stopped: rows that have their post are left. */
export async function importRows(services: ImportServices, orgId: string, id: string): Promise<void> {
  const start = await inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id)
    if (found?.state !== 'running' || !found.run_by) return null
    const made = new Set((await postsOfImport(tx, orgId, id)).map(({ row }) => row))
    return { found, caller: found.run_by, made, rows: await readRows(tx, found, found.started_at ?? services.clock()) }
  })
  if (!start) return
  const problems: RowIssue[] = []
  if (await workThrough(services, start, problems)) await finish(services, start.found, problems)
  else await inOrg(services.db, orgId, (tx) => services.queue.send(tx, importJob, { orgId, id }))
}

/** Answers whether all rows were done. What is said about rows without a post comes into `problems`. */
async function workThrough(
  services: ImportServices,
  { found, caller, made, rows }: Work & { made: Set<number>; rows: ReadRow[] },
  problems: RowIssue[],
): Promise<boolean> {
  const { org_id: orgId, id } = found
  const end = services.clock().getTime() + shiftMs
  const fetching = fetchOnce(services, caller)
  let [next, done, failed] = [0, 0, false]
  const hand = async () => {
    while (next < rows.length && !failed && services.clock().getTime() < end) {
      const row = rows[next++]!
      if (!isGood(row)) problems.push(...row.issues.filter(({ level }) => level === 'error'))
      else if (!made.has(row.row)) {
        const said = await importRow(services, { found, caller }, row, fetching)
        if (said === null) return
        problems.push(...said)
      }
      done += 1
      if (done % told === 0) await inOrg(services.db, orgId, (tx) => updateImport(tx, orgId, id, { progress: done }))
    }
  }
  const ends = await Promise.allSettled(
    Array.from({ length: hands }, () =>
      hand().catch((error) => {
        failed = true
        throw error
      }),
    ),
  )
  const broken = ends.find((each) => each.status === 'rejected')
  if (broken) throw broken.reason
  return done === rows.length
}

function finish(services: ImportServices, { org_id: orgId, id }: ImportRow, problems: RowIssue[]): Promise<void> {
  return inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id, 'locked')
    if (found?.state !== 'running') return
    const imported = (await postsOfImport(tx, orgId, id)).length
    await endImport(tx, found, { problems, imported, at: services.clock() })
  })
}

/** Its posts are the record from now on. */
export async function endImport(
  tx: Tx,
  { org_id: orgId, id, row_count, problems: before, run_by, file_name }: ImportRow,
  { problems, imported, at }: { problems: RowIssue[]; imported: number; at: Date },
): Promise<void> {
  const all = [...before, ...problems].toSorted((one, other) => one.row - other.row)
  await updateImport(tx, orgId, id, {
    ...{ state: 'done', cells: null, progress: row_count, imported, problems: all, finished_at: at },
  })
  await record(tx, orgId, run_by!.actor, at, {
    verb: 'import.done',
    subject: { kind: 'import', id },
    facts: { fileName: file_name, imported, refused: row_count - imported },
  })
}
