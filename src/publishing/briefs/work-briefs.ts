// Writes briefs and moves them on: open, in work, done, or declined with a reason.

import type { z } from 'zod'
import { inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Actor, Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { mustBelong } from '../belonging.ts'
import { mustBeMedia } from '../references.ts'
import type { briefView } from './contract.ts'
import { type BriefChange, briefAllows } from './rules.ts'
import { type BriefRow, columnsOf, insertBrief, lockBrief, updateBrief } from './store.ts'
import type { BriefWords } from './types.ts'
import { viewById } from './views.ts'

type BriefView = z.infer<typeof briefView>
type Deps = Pick<Services, 'db' | 'clock'>

export function writeBrief(
  services: Deps,
  caller: Caller,
  words: Partial<BriefWords> & { title: string },
): Promise<BriefView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const at = services.clock()
    await mustExist(tx, caller.orgId, words)
    const id = await noteBrief(tx, caller.orgId, { words, actor: caller.actor, by: caller.memberId, at })
    return viewById(tx, caller.orgId, id, at)
  })
}

/** Within a transaction that has looked whether what it names is there. `by` is null where no person wrote it. Answers its id. */
export async function noteBrief(
  tx: Tx,
  orgId: string,
  {
    words,
    actor,
    by,
    at,
  }: { words: Partial<BriefWords> & { title: string }; actor: Actor; by: string | null; at: Date },
): Promise<string> {
  const id = newId()
  await insertBrief(tx, orgId, { ...words, id, by, at })
  await record(tx, orgId, actor, at, {
    verb: 'brief.written',
    subject: { kind: 'brief', id },
    facts: { title: words.title },
  })
  return id
}

export function changeBrief(
  services: Deps,
  caller: Caller,
  { id, revision, ...words }: Partial<BriefWords> & { id: string; revision: number },
): Promise<BriefView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const brief = await mustFind(tx, caller.orgId, id)
    if (brief.revision !== revision)
      throw new Refusal('edited-elsewhere', { status: 409, field: 'revision', params: { revision: brief.revision } })
    await mustExist(tx, caller.orgId, words)
    const at = services.clock()
    const newDue = words.dueOn !== undefined && words.dueOn !== brief.due_on
    await updateBrief(tx, brief, { ...columnsOf(words), ...(newDue ? { material_warned_at: null } : {}) }, at)
    await record(tx, caller.orgId, caller.actor, at, {
      verb: 'brief.changed',
      subject: { kind: 'brief', id },
      facts: { fields: Object.keys(columnsOf(words)) },
    })
    return viewById(tx, caller.orgId, id, at)
  })
}

export const beginBrief = (services: Deps, caller: Caller, { id }: { id: string }): Promise<BriefView> =>
  move(services, caller, id, 'begin', ({ at }) => ({ state: 'in-work', begun_at: at, begun_by: caller.memberId }))

export const finishBrief = (services: Deps, caller: Caller, { id }: { id: string }): Promise<BriefView> =>
  move(services, caller, id, 'finish', ({ at }) => ({ state: 'done', ended_at: at, ended_by: caller.memberId }))

export const declineBrief = (
  services: Deps,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<BriefView> =>
  move(services, caller, id, 'decline', ({ at }) => ({
    ...{ state: 'declined', ended_at: at, ended_by: caller.memberId, decline_reason: reason },
  }))

/** Back to where it was: in work if somebody had begun. */
export const reopenBrief = (services: Deps, caller: Caller, { id }: { id: string }): Promise<BriefView> =>
  move(services, caller, id, 'reopen', ({ brief }) => ({
    state: brief.begun_at ? 'in-work' : 'open',
    ...{ ended_at: null, ended_by: null, decline_reason: null },
  }))

const verbs = {
  begin: 'brief.begun',
  finish: 'brief.finished',
  decline: 'brief.declined',
  reopen: 'brief.reopened',
} as const

type Change = Parameters<typeof updateBrief>[2]

function move(
  services: Deps,
  caller: Caller,
  id: string,
  change: BriefChange,
  columns: (facts: { brief: BriefRow; at: Date }) => Change,
): Promise<BriefView> {
  return inOrg(services.db, caller.orgId, async (tx) => {
    const [brief, at] = [await mustFind(tx, caller.orgId, id), services.clock()]
    if (!briefAllows(brief.state, change))
      throw new Refusal(`brief-not-to-${change}`, { status: 409, params: { state: brief.state } })
    const set = columns({ brief, at })
    await updateBrief(tx, brief, set, at)
    await record(tx, caller.orgId, caller.actor, at, {
      verb: verbs[change],
      subject: { kind: 'brief', id },
      facts: { title: brief.title, ...(set.decline_reason ? { reason: set.decline_reason } : {}) },
    })
    return viewById(tx, caller.orgId, id, at)
  })
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<BriefRow> {
  const brief = await lockBrief(tx, orgId, id)
  if (!brief) throw notFound('brief')
  return brief
}

async function mustExist(tx: Tx, orgId: string, words: Partial<BriefWords>): Promise<void> {
  const { campaignId, departmentId, ownerId, mediaIds = [] } = words
  await mustBelong(tx, orgId, { campaignId, departmentId, ownerId }, '')
  await mustBeMedia(
    tx,
    orgId,
    mediaIds.map((id, index) => ({ id, field: `mediaIds.${index}` })),
  )
}
