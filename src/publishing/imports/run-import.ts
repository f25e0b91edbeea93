// Makes the posts of an import, row by row in the background: each row its own transaction, and a row that was made is never made again.

import { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import { may, scopeCovers } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustBelong } from '../belonging.ts'
import { setPlace } from '../place-draft.ts'
import { schedulePost } from '../schedule-post.ts'
import { findPost, insertPost } from '../store.ts'
import { instantOf } from '../times.ts'
import { isGood, readRows } from './check-import.ts'
import { markOf } from './marks.ts'
import { mustBeOpen, mustFind } from './open-import.ts'
import type { ReadRow } from './read-row.ts'
import { claimPost, findImport, type ImportRow, markPost, postsOfImport, updateImport } from './store.ts'
import type { RowIssue } from './types.ts'
import { type ImportView, viewOf } from './views.ts'

export type ImportServices = Pick<Services, 'db' | 'clock' | 'linkBases' | 'queue'>

export const importJob = {
  name: 'publishing.import',
  payload: z.object({ orgId: z.uuid(), id: z.uuid() }),
}

export function runImport(services: ImportServices, caller: Caller, { id }: { id: string }): Promise<ImportView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, true)
    mustBeOpen(found)
    if (found.settings.as === 'scheduled') mustSchedule(caller)
    const at = services.clock()
    await updateImport(tx, caller.orgId, id, { state: 'running', progress: 0, started_at: at, run_by: caller })
    await services.queue.send(tx, importJob, { orgId: caller.orgId, id })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'import.started',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name, rows: found.row_count },
    })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

export function mustSchedule({ role, scopes }: Caller): void {
  if (!may(role, 'posts.schedule')) throw new Refusal('role-forbids', { status: 403 })
  if (scopes && !scopeCovers(scopes, 'posts.schedule')) throw new Refusal('scope-missing', { status: 403 })
}

const told = 20

/** The work behind it. Goes on where an earlier try was stopped: rows that have their post are only finished. */
export async function importRows(services: ImportServices, orgId: string, id: string): Promise<void> {
  const start = await inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id)
    if (found?.state !== 'running' || !found.run_by) return null
    const made = new Map((await postsOfImport(tx, orgId, id)).map((post) => [post.row, post]))
    return { found, caller: found.run_by, made, rows: await readRows(tx, found, found.started_at ?? services.clock()) }
  })
  if (!start) return
  const problems: RowIssue[] = []
  for (const [at, row] of start.rows.entries()) {
    if (at % told === 0) await inOrg(services.db, orgId, (tx) => updateImport(tx, orgId, id, { progress: at }))
    if (!isGood(row)) problems.push(...row.issues.filter(({ level }) => level === 'error'))
    else problems.push(...(await importRow(services, start, row)))
  }
  await finish(services, start.found, problems)
}

interface Start {
  found: ImportRow
  caller: Caller
  made: Map<number, { id: string; mark: string | null }>
}

async function importRow(services: ImportServices, { found, caller, made }: Start, row: ReadRow): Promise<RowIssue[]> {
  const known = made.get(row.row)
  if (known?.mark) return []
  const { org_id: orgId } = found
  const problems: RowIssue[] = []
  const refused = (error: unknown, code?: string) => {
    if (!(error instanceof Refusal)) throw error
    const params = Object.fromEntries(
      Object.entries(error.params).flatMap(([name, value]) =>
        value === null ? [] : [[name, typeof value === 'boolean' ? String(value) : value]],
      ),
    )
    problems.push({
      row: row.row,
      level: code ? 'warning' : 'error',
      field: error.field ?? 'row',
      code: code ?? error.code,
      params: { ...params, ...(code ? { because: error.code } : {}) },
    })
  }
  let postId = known?.id
  try {
    postId ??= await inOrg(services.db, orgId, (tx) => makePost(tx, services, { found, caller }, row))
  } catch (error) {
    refused(error)
    return problems
  }
  if (found.settings.as === 'scheduled' && !row.isDraft && row.wall) {
    try {
      const when = { kind: 'at' as const, wall: row.wall, zone: row.zone }
      await schedulePost(services, caller, { id: postId, when, only: ['draft'] })
    } catch (error) {
      refused(error, 'stays-draft')
    }
  }
  const id = postId
  await inOrg(services.db, orgId, async (tx) => {
    const post = await findPost(tx, orgId, id)
    if (post) await markPost(tx, orgId, id, markOf(post))
  })
  return problems
}

async function makePost(
  tx: Tx,
  services: ImportServices,
  { found, caller }: Pick<Start, 'found' | 'caller'>,
  row: ReadRow,
): Promise<string> {
  const { org_id: orgId } = found
  const [id, at] = [newId(), services.clock()]
  const { campaignId, departmentId, ownerId, initiator, origin, originPostId, adaptedFor, variants } = row
  const belonging = {
    ...{ campaignId, departmentId, ownerId, originPostId, adaptedFor },
    ...(initiator ? { initiator } : {}),
    ...(origin ? { origin } : {}),
  }
  await mustBelong(tx, orgId, belonging, '')
  await insertPost(tx, orgId, { id, content: row.content!, variants, belonging, by: caller.memberId, at })
  if (row.wall) {
    const meaning = instantOf({ wall: row.wall, zone: row.zone })
    if (meaning.kind !== 'never')
      await setPlace(tx, orgId, id, { dueWall: row.wall, dueZone: row.zone, dueAt: meaning.at })
  }
  await claimPost(tx, orgId, id, found.id, row.row)
  await record(tx, orgId, caller.actor, at, {
    verb: 'post.created',
    subject: { kind: 'post', id },
    facts: { importId: found.id, row: row.row },
  })
  return id
}

function finish(
  services: ImportServices,
  { org_id: orgId, id, run_by, file_name }: ImportRow,
  problems: RowIssue[],
): Promise<void> {
  return inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id, true)
    if (found?.state !== 'running') return
    const at = services.clock()
    const imported = (await postsOfImport(tx, orgId, id)).length
    await updateImport(tx, orgId, id, {
      ...{ state: 'done', cells: null, progress: found.row_count, imported, problems, finished_at: at },
    })
    await record(tx, orgId, run_by!.actor, at, {
      verb: 'import.done',
      subject: { kind: 'import', id },
      facts: { fileName: file_name, imported, refused: found.row_count - imported },
    })
  })
}
