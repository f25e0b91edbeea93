// Takes an import back: deletes what is still as it was imported and never went out, under each post's lock, and says what it left.

import { inOrg } from '../../db/tx.ts'
import { record, recordAll } from '../../events/actions.ts'
import { Refusal } from '../../lib/refusal.ts'
import { mustMay } from '../../people/admit.ts'
import type { Caller } from '../../people/types.ts'
import { followChanges } from '../approvals/follow.ts'
import { refreshPostStates } from '../delivery/claim.ts'
import { changePosts, lockPost, moveVariant } from '../store.ts'
import { keptBecause } from './marks.ts'
import { mustFind } from './open-import.ts'
import { type ImportServices, importJob } from './run-import.ts'
import { findImport, type ImportedPost, postsOfImport, updateImport } from './store.ts'
import type { KeptPost } from './types.ts'
import { type ImportView, viewOf } from './views.ts'

export function undoImport(services: ImportServices, caller: Caller, { id }: { id: string }): Promise<ImportView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const found = await mustFind(tx, caller.orgId, id, 'locked')
    if (found.state !== 'done') throw new Refusal('import.not-done', { status: 409, params: { state: found.state } })
    if (found.settings.as === 'scheduled') mustMay(caller, 'posts.schedule')
    const at = services.clock()
    await updateImport(tx, caller.orgId, id, {
      ...{ state: 'undoing', progress: 0, tries: 0, undone_at: at, undone_by: caller.memberId, run_by: caller },
    })
    await services.queue.send(tx, importJob, { orgId: caller.orgId, id })
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'import.undo-started',
      subject: { kind: 'import', id },
      facts: { fileName: found.file_name },
    })
    return viewOf(tx, await mustFind(tx, caller.orgId, id))
  })
}

const told = 20

/** The work behind it; may be begun again at any point. */
export async function removeRows(services: ImportServices, orgId: string, id: string): Promise<void> {
  const start = await inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id)
    if (found?.state !== 'undoing' || !found.run_by) return null
    return { caller: found.run_by, fileName: found.file_name, posts: await postsOfImport(tx, orgId, id) }
  })
  if (!start) return
  const kept: KeptPost[] = []
  for (const [at, post] of start.posts.entries()) {
    if (at % told === 0) await inOrg(services.db, orgId, (tx) => updateImport(tx, orgId, id, { progress: at }))
    const code = post.deleted ? null : await removeRow(services, start.caller, post)
    if (code) kept.push({ postId: post.id, row: post.row, code })
  }
  await inOrg(services.db, orgId, async (tx) => {
    const found = await findImport(tx, orgId, id, 'locked')
    if (found?.state !== 'undoing') return
    const removed = start.posts.length - kept.length
    await updateImport(tx, orgId, id, { state: 'undone', progress: start.posts.length, removed, kept })
    await record(tx, orgId, start.caller.actor, services.clock(), {
      verb: 'import.undone',
      subject: { kind: 'import', id },
      facts: { fileName: start.fileName, removed, kept: kept.length },
    })
  })
}

/** Why it stays; null: it is gone. Whoever edits it holds its lock or is told that it is gone. */
function removeRow(
  services: ImportServices,
  caller: Caller,
  { id, mark }: ImportedPost,
): Promise<KeptPost['code'] | null> {
  return changePosts(services.db, caller.orgId, async (tx) => {
    const found = await lockPost(tx, caller.orgId, id)
    if (!found || found.post.deleted_at) return null
    const code = keptBecause(found, mark)
    if (code) return code
    const at = services.clock()
    for (const variant of found.variants)
      if (variant.state !== 'draft')
        await moveVariant(tx, variant, { state: 'draft', reason: null, dueAt: variant.due_at, wakeAt: null }, at)
    await refreshPostStates(tx, [[caller.orgId, id]])
    const ended = await followChanges(tx, caller.orgId, id, { at, by: caller.memberId, edited: false })
    await tx
      .updateTable('posts')
      .set({ deleted_at: at, deleted_by: caller.memberId })
      .where('org_id', '=', caller.orgId)
      .where('id', '=', id)
      .execute()
    await recordAll(tx, caller.orgId, caller.actor, at, [
      { verb: 'post.deleted', subject: { kind: 'post', id } },
      ...ended,
    ])
    return null
  })
}
