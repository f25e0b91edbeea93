// Verbs of handling many conversations at once: begin, look how far it is, put all of it back. Each conversation records what was done with it.

import type { z } from 'zod'
import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { listing } from '../conversations/contract.ts'
import { findIds } from '../search/find-page.ts'
import type { bulkView } from './contract.ts'
import { bulkJob } from './job.ts'
import {
  type BulkRow,
  beginUndo,
  countItems,
  countKnownTo,
  deleteOldBulks,
  findBulk,
  insertBulk,
  namedItems,
} from './store.ts'
import { type BulkChange, mostListed } from './types.ts'
import { workOn } from './work.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>
type BulkShown = z.infer<typeof bulkView>

/** So long whoever asks waits for it; what is left then is done in the background. */
const patienceMs = 1_500
/** The job begins when whoever asked has waited: it finds what is left, also where their process died meanwhile. */
const jobAfterMs = patienceMs + 1_000
const mostShown = 20

interface Beginning {
  ids?: string[] | undefined
  list?: z.infer<typeof listing> | undefined
  change: BulkChange
}

/** @throws Refusal `nothing-chosen`, `until-past`. */
export async function beginBulk(services: Deps, caller: Caller, { ids, list, change }: Beginning): Promise<BulkShown> {
  const { orgId, memberId, actor } = caller
  const at = services.clock()
  if (change.kind === 'put-off' && new Date(change.until) <= at)
    throw new Refusal('until-past', { field: 'change.until' })
  const id = await inOrg(services.db, orgId, async (tx) => {
    const { q, ...filter } = list ?? {}
    const query = { state: 'all', holder: 'anybody', order: 'newest', ...filter, ...(ids ? { ids } : {}) } as const
    const chosen =
      ids || list
        ? await findIds(tx, orgId, { ...query, memberId, typed: q ?? '', after: null, now: at, limit: mostListed })
        : []
    if (chosen.length === 0) throw new Refusal('nothing-chosen', { field: 'ids' })
    const made = await insertBulk(tx, orgId, { change, actor, created_at: at, created_by: memberId }, chosen)
    if (change.kind === 'assign' && change.ownerId !== null && change.ownerId !== memberId)
      await tellOwner(services, tx, orgId, { ownerId: change.ownerId, chosen, note: change.note })
    await sendJob(services, tx, caller, made)
    return made
  })
  return goOn(services, caller, id)
}

/** Of those that they may know of: what stands behind a wall of others is refused anyway, and so is not spoken of. */
async function tellOwner(
  services: Deps,
  tx: Tx,
  orgId: string,
  { ownerId, chosen, note: written }: { ownerId: string; chosen: readonly string[]; note: string },
): Promise<void> {
  const count = await countKnownTo(tx, orgId, { memberId: ownerId, ids: chosen })
  if (count === 0) return
  const note = count === chosen.length ? written : ''
  await notify(tx, services, orgId, {
    memberIds: [ownerId],
    ...{ kind: 'conversations-assigned', facts: { count, note } },
    mail: {
      subject: `${count} conversations are yours to answer`,
      text: `${note ? `${note}\n\n` : ''}Answer them: ${linkTo(services.publicUrl, orgId, 'inbox?view=mine')}\n`,
    },
  })
}

export const readBulk = ({ db }: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<BulkShown> =>
  readInOrg(db, caller.orgId, (tx) => shownBulk(tx, caller, id))

/** @throws Refusal `undone-already`. */
export async function undoBulk(services: Deps, caller: Caller, { id }: { id: string }): Promise<BulkShown> {
  const { orgId, memberId } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    await mustFind(tx, caller, id)
    if (!(await beginUndo(tx, orgId, id, { at, by: memberId }))) throw new Refusal('undone-already', { status: 409 })
    await sendJob(services, tx, caller, id)
  })
  return goOn(services, caller, id)
}

/** In the transaction that begins it: whatever becomes of this process, it is done. */
function sendJob({ queue, clock }: Deps, tx: Tx, caller: Caller, bulkId: string): Promise<void> {
  const startAfter = new Date(clock().getTime() + jobAfterMs)
  return queue.send(tx, bulkJob, { caller, bulkId }, { startAfter })
}

async function goOn(services: Deps, caller: Caller, id: string): Promise<BulkShown> {
  const until = performance.now() + patienceMs
  try {
    await workOn(services, caller, id, () => performance.now() > until)
  } catch (error) {
    // It has begun and the job goes on with it: whoever asked would otherwise begin it a second time.
    services.log.warn('Changing many conversations was interrupted; its job goes on', { error })
  }
  return readBulk(services, caller, { id })
}

/** Of whoever began it alone: how many there were says something of what others may not see. */
async function mustFind(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<BulkRow> {
  const bulk = await findBulk(tx, orgId, id)
  if (bulk?.created_by !== memberId) throw notFound('conversation-bulk')
  return bulk
}

async function shownBulk(tx: Tx, caller: Caller, id: string): Promise<BulkShown> {
  const { orgId } = caller
  const bulk = await mustFind(tx, caller, id)
  const counts = await countItems(tx, orgId, id)
  const person = await readActors(tx, orgId, [bulk.created_by])
  const named = await namedItems(tx, orgId, id, mostShown)
  const of = (state: Parameters<typeof counts.get>[0]) => counts.get(state) ?? 0
  return {
    ...{ id, change: bulk.change, createdAt: bulk.created_at.toISOString(), createdBy: person(bulk.created_by) },
    ...{ total: bulk.total, waiting: of('waiting'), changed: of('changed'), refused: of('refused') },
    ...{ stopped: of('stopped'), undone: of('undone'), left: of('left') },
    ...ends(bulk),
    more: bulk.total >= mostListed,
    named: named.map(({ id: each, name, preview, code }) => ({
      id: each,
      name: name ?? '',
      preview,
      code: code ?? '',
    })),
  }
}

const ends = ({ ended_at, undo_at, undo_ended_at }: BulkRow) => ({
  endedAt: ended_at?.toISOString() ?? null,
  ...{ undoAt: undo_at?.toISOString() ?? null, undoEndedAt: undo_ended_at?.toISOString() ?? null },
})

const keptMs = 30 * 86_400_000

export const forgetBulks = ({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> =>
  asSystem(db, (tx) => deleteOldBulks(tx, new Date(clock().getTime() - keptMs)))
