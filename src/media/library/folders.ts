// Folders of the library: added, renamed, moved, and removed when they are empty.

import { sql } from 'kysely'
import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { folderView } from './contract.ts'
import { placeFault } from './rules.ts'
import { mostFolders } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
export type Folder = z.infer<typeof folderView>

export const listFolders = (services: Pick<Services, 'db'>, caller: Caller): Promise<Folder[]> =>
  inOrg(services.db, caller.orgId, (tx) => foldersOf(tx, caller.orgId))

export function addFolder(
  services: Deps,
  caller: Caller,
  { name, parentId }: { name: string; parentId: string | null },
): Promise<Folder> {
  return changingFolders(services, caller, async (tx, folders) => {
    if (folders.length >= mostFolders)
      throw new Refusal('too-many-folders', { field: 'name', params: { max: mostFolders } })
    mustFit(folders, { id: null, parentId, name })
    const [id, now] = [newId(), services.clock()]
    const row = { org_id: caller.orgId, id, parent_id: parentId, name, created_at: now, created_by: caller.memberId }
    await tx.insertInto('media_folders').values(row).execute()
    await record(tx, caller.orgId, caller.actor, now, {
      verb: 'media-folder.added',
      subject: { kind: 'media-folder', id },
      facts: { name },
    })
    return { id, parentId, name, files: 0 }
  })
}

export function changeFolder(
  services: Deps,
  caller: Caller,
  { id, ...change }: { id: string; name?: string; parentId?: string | null },
): Promise<Folder> {
  return changingFolders(services, caller, async (tx, folders) => {
    const before = folders.find((folder) => folder.id === id)
    if (!before) throw notFound('folder')
    const after = {
      ...before,
      name: change.name ?? before.name,
      parentId: change.parentId === undefined ? before.parentId : change.parentId,
    }
    if (after.name === before.name && after.parentId === before.parentId) return before
    mustFit(folders, after)
    await tx
      .updateTable('media_folders')
      .set({ name: after.name, parent_id: after.parentId })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .execute()
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'media-folder.changed',
      subject: { kind: 'media-folder', id },
      facts: {
        from: { name: before.name, parentId: before.parentId },
        to: { name: after.name, parentId: after.parentId },
      },
    })
    return after
  })
}

/** Only an empty one, so that nothing is lost and adding it again undoes it. Removed files leave it for good. */
export function removeFolder(services: Deps, caller: Caller, { id }: { id: string }): Promise<{ removed: true }> {
  return changingFolders(services, caller, async (tx, folders) => {
    const folder = folders.find((each) => each.id === id)
    if (!folder) throw notFound('folder')
    if (folder.files > 0 || folders.some(({ parentId }) => parentId === id))
      throw new Refusal('folder-not-empty', { status: 409 })
    await tx.deleteFrom('media_folders').where('org_id', '=', caller.orgId).where('id', '=', id).execute()
    await record(tx, caller.orgId, caller.actor, services.clock(), {
      verb: 'media-folder.removed',
      subject: { kind: 'media-folder', id },
      facts: { name: folder.name },
    })
    return { removed: true }
  })
}

/** The folder cannot be removed until the transaction ends. @throws Refusal `folder-not-found`. */
export async function mustBeFolder(tx: Tx, orgId: string, id: string): Promise<void> {
  const found = await tx
    .selectFrom('media_folders')
    .select('id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst()
  if (!found) throw new Refusal('folder-not-found', { field: 'folderId' })
}

/** One change at a time in an organisation: two moves at once could put two folders into each other. */
function changingFolders<T>(
  services: Deps,
  caller: Caller,
  work: (tx: Tx, folders: Folder[]) => Promise<T>,
): Promise<T> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`media folders ${caller.orgId}`}, 0))`.execute(tx)
    return work(tx, await foldersOf(tx, caller.orgId))
  })
}

async function foldersOf(tx: Tx, orgId: string): Promise<Folder[]> {
  const found = await sql<Folder>`
    select f.id, f.parent_id as "parentId", f.name, coalesce(m.files, 0)::int as files
    from media_folders f
    left join (select folder_id, count(*) as files from media
      where org_id = ${orgId} and removed_at is null and folder_id is not null group by folder_id) m on m.folder_id = f.id
    where f.org_id = ${orgId}
    order by lower(f.name), f.id`.execute(tx)
  return found.rows
}

function mustFit(
  folders: Folder[],
  { id, parentId, name }: { id: string | null; parentId: string | null; name: string },
): void {
  const fault = placeFault(folders, id, parentId)
  if (fault) throw new Refusal(fault, { field: 'parentId' })
  const same = (folder: Folder) =>
    folder.id !== id && folder.parentId === parentId && folder.name.toLowerCase() === name.toLowerCase()
  if (folders.some(same)) throw new Refusal('name-taken', { status: 409, field: 'name' })
}
