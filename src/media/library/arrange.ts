// Changes several files at once: where they lie, their tags, and what is known of their rights. Each answers what undoing it needs.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { wallsOf } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { type MediaRow, shown } from '../views.ts'
import type { arranged } from './contract.ts'
import { mustBeFolder } from './folders.ts'
import { changeTags } from './rules.ts'
import { mostTags, type Rights } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Arranged = z.infer<typeof arranged>

export interface Arranging {
  ids: string[]
  /** Absent: they stay where they are. */
  folderId?: string | null
  addTags: string[]
  removeTags: string[]
}

/** All of them or none. */
export function arrangeMedia(services: Deps, caller: Caller, wanted: Arranging): Promise<Arranged[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    if (wanted.folderId) await mustBeFolder(tx, caller.orgId, wanted.folderId)
    const rows = await liveRows(tx, caller.orgId, wanted.ids)
    const changes = rows.map((row) => {
      const { tags, add, remove } = changeTags(row.tags, { add: wanted.addTags, remove: wanted.removeTags })
      if (tags.length > mostTags)
        throw new Refusal('too-many-tags', { field: 'addTags', params: { file: row.file_name, max: mostTags } })
      return { row, tags, add, remove, folderId: wanted.folderId === undefined ? row.folder_id : wanted.folderId }
    })
    for (const { row, tags, folderId } of changes.filter(differs))
      await tx
        .updateTable('media')
        .set({ tags, folder_id: folderId })
        .where('org_id', '=', caller.orgId)
        .where('id', '=', row.id)
        .execute()
    await recordByWall(tx, caller, services.clock(), {
      verb: 'media.arranged',
      rows,
      factsOf: (ids) => ({ count: ids.length, ...wanted, ids }),
    })
    return changes.map(({ row, add, remove }) => ({
      ...{ id: row.id, folderId: row.folder_id },
      ...{ addedTags: add, removedTags: remove },
    }))
  })
}

const differs = ({ row, tags, folderId }: { row: MediaRow; tags: string[]; folderId: string | null }): boolean =>
  row.folder_id !== folderId || row.tags.join('\n') !== tags.join('\n')

/** What is not named stays as it was. A new end is told again when it comes near. */
export function setRights(
  services: Deps,
  caller: Caller,
  { ids, rights }: { ids: string[]; rights: Partial<Rights> },
): Promise<{ id: string; before: Rights }[]> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await liveRows(tx, caller.orgId, ids)
    const columns = rightsColumns(rights)
    if (Object.keys(columns).length > 0)
      await tx
        .updateTable('media')
        .set(columns)
        .where('org_id', '=', caller.orgId)
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute()
    await recordByWall(tx, caller, services.clock(), {
      verb: 'media.rights-set',
      rows,
      factsOf: (ids) => ({ ids, rights }),
    })
    return rows.map((row) => ({ id: row.id, before: shown(row).rights }))
  })
}

/** One event for all files, except that those behind a department's wall are told of there alone. */
async function recordByWall(
  tx: Tx,
  { orgId, actor }: Caller,
  at: Date,
  { verb, rows, factsOf }: { verb: string; rows: MediaRow[]; factsOf: (ids: string[]) => Record<string, unknown> },
): Promise<void> {
  const ids = rows.map((row) => row.id)
  const wallOf = await wallsOf(
    tx,
    orgId,
    ids.map((id) => ({ kind: 'media', id })),
  )
  const events = [...Map.groupBy(ids, (id) => wallOf({ kind: 'media', id }))].map(([wallId, some]) => ({
    ...{ verb, wallId, facts: factsOf(some) },
    subject: { kind: 'media', id: some.length === 1 ? some[0]! : null },
  }))
  await recordAll(tx, orgId, actor, at, events)
}

function rightsColumns(rights: Partial<Rights>) {
  const columns = {
    rights_basis: rights.basis,
    rights_holder: rights.holder,
    rights_note: rights.note,
    rights_until: rights.expiresOn,
    source: rights.source,
    credit: rights.credit,
  }
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<
    typeof columns
  >
}

/** Locked in the order of their ids. One that is not here, or of another organisation, ends it all. */
async function liveRows(tx: Tx, orgId: string, given: string[]): Promise<MediaRow[]> {
  const ids = [...new Set(given)]
  const rows = await tx
    .selectFrom('media')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
  if (rows.length < ids.length) throw notFound('media')
  return rows
}
