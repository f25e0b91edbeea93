// Removing media: hidden at once, brought back while it is kept, and forgotten with its files when that time is over.

import { asSystem, inOrg, type Tx } from '../db/tx.ts'
import { recordAll } from '../events/actions.ts'
import { notFound, Refusal } from '../lib/refusal.ts'
import { type Caller, longrunItself } from '../people/types.ts'
import { wallsOf } from '../people/walls.ts'
import type { Services } from '../services.ts'
import { removeUnclaimed } from './content.ts'
import { usedMedia } from './library/used.ts'
import { keptDays } from './rules.ts'
import { type MediaRow, type MediaShown, shown } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'config'>

/** What a post, a campaign or a brief uses stays: a draft would lose its picture, and a published post its proof. */
export function removeMedia(services: Deps, caller: Caller, { id }: { id: string }): Promise<{ removed: true }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const { removed, inUse } = await removeIn(tx, caller, [id], services.clock())
    if (inUse.length > 0) throw new Refusal('media-in-use', { status: 409 })
    if (removed.length === 0) throw notFound('media')
    return { removed: true }
  })
}

/** Those that nothing uses; what is not there is passed over. */
export function removeMany(
  services: Deps,
  caller: Caller,
  { ids }: { ids: string[] },
): Promise<{ removed: string[]; inUse: string[] }> {
  return inOrg(services.db, caller.orgId, (tx) => removeIn(tx, caller, ids, services.clock()))
}

async function removeIn(tx: Tx, caller: Caller, ids: string[], now: Date) {
  // The lock comes first: a post that takes a file at this moment is either seen below or waits and finds it gone.
  const rows = await lockMedia(tx, caller.orgId, ids)
  const live = rows.filter((row) => row.removed_at === null).map((row) => row.id)
  const used = await usedMedia(tx, caller.orgId, live)
  const removed = live.filter((id) => !used.has(id))
  await mark(tx, caller.orgId, removed, { removed_at: now, removed_by: caller.memberId })
  await recordAll(tx, caller.orgId, caller.actor, now, removed.map(eventOf('media.removed')))
  return { removed, inUse: live.filter((id) => used.has(id)) }
}

/** @throws Refusal `not-found` once it is forgotten. */
export function restoreMedia(services: Deps, caller: Caller, { id }: { id: string }): Promise<MediaShown> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [row] = await restoreIn(tx, caller, [id], services.clock())
    if (!row) throw notFound('media')
    return shown(row)
  })
}

/** Those that are not forgotten yet. */
export function restoreMany(
  services: Deps,
  caller: Caller,
  { ids }: { ids: string[] },
): Promise<{ restored: string[] }> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const rows = await restoreIn(tx, caller, ids, services.clock())
    return { restored: rows.map((row) => row.id) }
  })
}

async function restoreIn(tx: Tx, caller: Caller, ids: string[], now: Date): Promise<MediaRow[]> {
  const rows = await lockMedia(tx, caller.orgId, ids)
  const gone = rows.filter((row) => row.removed_at !== null).map((row) => row.id)
  await mark(tx, caller.orgId, gone, { removed_at: null, removed_by: null })
  await recordAll(tx, caller.orgId, caller.actor, now, gone.map(eventOf('media.restored')))
  return rows
}

const subjectOf = (id: string) => ({ kind: 'media', id })
const eventOf = (verb: string) => (id: string) => ({ verb, subject: subjectOf(id) })

/** In the order of their ids, so that two who take several wait for each other in line. */
const lockMedia = (tx: Tx, orgId: string, ids: string[]): Promise<MediaRow[]> =>
  tx
    .selectFrom('media')
    .selectAll()
    .where('org_id', '=', orgId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute()

async function mark(
  tx: Tx,
  orgId: string,
  ids: string[],
  change: { removed_at: Date | null; removed_by: string | null },
): Promise<void> {
  if (ids.length === 0) return
  await tx.updateTable('media').set(change).where('org_id', '=', orgId).where('id', 'in', ids).execute()
}

const batchSize = 200

/**
 * Forgets media that were removed long ago, and their files. A post that came back and names one keeps it. The rows go first:
 * a file that a crash leaves behind then has no row, and the sweep finds it. Returns how many.
 */
export async function forgetRemoved(services: Deps): Promise<number> {
  const before = new Date(services.clock().getTime() - keptDays * 24 * 3600_000)
  const due = await asSystem(services.db, (tx) =>
    tx.selectFrom('media').select(['org_id', 'id']).where('removed_at', '<', before).orderBy('org_id').execute(),
  )
  let forgotten = 0
  for (const [orgId, rows] of Map.groupBy(due, (row) => row.org_id)) {
    for (let start = 0; start < rows.length; start += batchSize) {
      const ids = rows.slice(start, start + batchSize).map((row) => row.id)
      const { count, contents } = await forgetRows(services, orgId, { ids, before })
      for (const sha256 of contents) await removeUnclaimed(services, sha256)
      forgotten += count
    }
  }
  return forgotten
}

function forgetRows(
  services: Deps,
  orgId: string,
  { ids, before }: { ids: string[]; before: Date },
): Promise<{ count: number; contents: Set<string> }> {
  return inOrg(services.db, orgId, async (tx) => {
    // Another worker may be at it, or somebody brings one back at this moment.
    const rows = await tx
      .selectFrom('media')
      .select(['id', 'sha256'])
      .where('org_id', '=', orgId)
      .where('id', 'in', ids)
      .where('removed_at', '<', before)
      .forUpdate()
      .skipLocked()
      .execute()
    const used = await usedMedia(
      tx,
      orgId,
      rows.map((row) => row.id),
    )
    const gone = rows.filter((row) => !used.has(row.id))
    if (gone.length === 0) return { count: 0, contents: new Set() }
    const goneIds = gone.map((row) => row.id)
    // Asked while they are there.
    const wallOf = await wallsOf(tx, orgId, goneIds.map(subjectOf))
    const renditions = await tx
      .deleteFrom('renditions')
      .where('org_id', '=', orgId)
      .where('media_id', 'in', goneIds)
      .returning('sha256')
      .execute()
    await tx.deleteFrom('media').where('org_id', '=', orgId).where('id', 'in', goneIds).execute()
    const events = goneIds.map((id) => ({ ...eventOf('media.forgotten')(id), wallId: wallOf(subjectOf(id)) }))
    await recordAll(tx, orgId, longrunItself, services.clock(), events)
    return { count: gone.length, contents: new Set([...gone, ...renditions].map(({ sha256 }) => sha256)) }
  })
}
