// Verbs of processes: document, revise, hand over, end, and read. Versions are never changed.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { todayOf } from '../actions.ts'
import type { processView } from './contract.ts'
import { keepingFault } from './rules.ts'
import {
  insertProcess,
  insertVersion,
  lockProcess,
  type ProcessRow,
  processRows,
  putRead,
  updateProcess,
} from './store.ts'
import type { ProcessKeeping, ProcessWords } from './types.ts'
import { showProcesses, showVersions } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof processView>

export const listProcesses = ({ db, clock }: Deps, caller: Caller) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const today = await todayOf(tx, caller.orgId, clock())
    return { today, processes: await showProcesses(tx, caller, await processRows(tx, caller.orgId), today) }
  })

export const listProcessVersions = ({ db }: Deps, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, (tx) => showVersions(tx, orgId, id))

/** @throws Refusal `own-deputy`, `review-past`, `review-too-far`, `member-unknown`, each with its field. */
export const documentProcess = (
  { db, clock }: Deps,
  caller: Caller,
  { purpose, steps, ...kept }: ProcessKeeping & ProcessWords,
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    await mustFit(tx, orgId, kept, at)
    const id = await insertProcess(tx, orgId, { ...kept, at })
    await insertVersion(tx, orgId, id, { number: 1, purpose, steps, why: 'The first version', by: memberId, at })
    return told(tx, caller, { id, verb: 'process.documented', facts: {}, at })
  })

interface Revision extends ProcessWords {
  id: string
  why: string
  after: number
  reviewOn: string
}

/** @throws Refusal `changed-meanwhile`, `has-ended`, and as documenting does. */
export const reviseProcess = (
  { db, clock }: Deps,
  caller: Caller,
  { id, purpose, steps, why, after, reviewOn }: Revision,
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    const row = await mustGoOn(tx, orgId, id)
    if (row.number !== after) throw new Refusal('changed-meanwhile', { status: 409, params: { version: row.number } })
    await mustFit(tx, orgId, { ...keepingOf(row), reviewOn }, at)
    const number = row.number + 1
    await insertVersion(tx, orgId, id, { number, purpose, steps, why, by: memberId, at })
    await updateProcess(tx, orgId, id, { number, review_on: reviewOn, told_at: null })
    return told(tx, caller, { id, verb: 'process.revised', facts: { version: number, why }, at })
  })

/** Its words stay; who answers for it and the day of the next look are said anew. */
export const keepProcess = (
  { db, clock }: Deps,
  caller: Caller,
  { id, ...kept }: ProcessKeeping & { id: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const at = clock()
    const row = await mustGoOn(tx, orgId, id)
    await mustFit(tx, orgId, kept, at)
    const { name, ownerId, deputyId, reviewOn } = kept
    const values = { name, owner_id: ownerId, deputy_id: deputyId, review_on: reviewOn, told_at: null }
    await updateProcess(tx, orgId, id, values)
    const isHanded = row.owner_id !== ownerId || row.deputy_id !== deputyId
    const verb = isHanded ? 'process.handed' : 'process.kept'
    return told(tx, caller, { id, verb, facts: { reviewOn }, at })
  })

export const endProcess = (
  { db, clock }: Deps,
  caller: Caller,
  { id, reason }: { id: string; reason: string },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    await mustGoOn(tx, caller.orgId, id)
    await updateProcess(tx, caller.orgId, id, { ended_at: at, ended_by: caller.memberId, end_reason: reason })
    return told(tx, caller, { id, verb: 'process.ended', facts: { reason }, at })
  })

export const resumeProcess = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const at = clock()
    const row = await mustFind(tx, caller.orgId, id)
    if (row.ended_at === null) return showOne(tx, caller, id, at)
    await updateProcess(tx, caller.orgId, id, { ended_at: null, ended_by: null, end_reason: null })
    return told(tx, caller, { id, verb: 'process.resumed', facts: {}, at })
  })

/** @throws Refusal `changed-meanwhile` where there is a newer version than the one that was read. */
export const readProcess = (
  { db, clock }: Deps,
  caller: Caller,
  { id, version }: { id: string; version: number },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    const row = await mustGoOn(tx, orgId, id)
    if (row.number !== version) throw new Refusal('changed-meanwhile', { status: 409, params: { version: row.number } })
    const isFirst = await putRead(tx, orgId, { id, number: version, memberId, at })
    return isFirst
      ? told(tx, caller, { id, verb: 'process.read', facts: { version }, at })
      : showOne(tx, caller, id, at)
  })

const keepingOf = ({ name, owner_id, deputy_id, review_on }: ProcessRow): ProcessKeeping => ({
  ...{ name, ownerId: owner_id, deputyId: deputy_id, reviewOn: review_on },
})

async function mustFit(tx: Tx, orgId: string, kept: ProcessKeeping, now: Date): Promise<void> {
  const fault = keepingFault(kept, await todayOf(tx, orgId, now))
  if (fault) throw new Refusal(fault.code, fault)
  for (const field of ['ownerId', 'deputyId'] as const) {
    const id = kept[field]
    if (id !== null && !(await isActiveMember(tx, orgId, id))) throw new Refusal('member-unknown', { field })
  }
}

async function mustFind(tx: Tx, orgId: string, id: string): Promise<ProcessRow> {
  const row = await lockProcess(tx, orgId, id)
  if (!row) throw notFound('process')
  return row
}

async function mustGoOn(tx: Tx, orgId: string, id: string): Promise<ProcessRow> {
  const row = await mustFind(tx, orgId, id)
  if (row.ended_at) throw new Refusal('has-ended', { status: 409 })
  return row
}

interface Done {
  id: string
  verb: string
  facts: Record<string, unknown>
  at: Date
}

async function told(tx: Tx, caller: Caller, { id, verb, facts, at }: Done): Promise<Shown> {
  const shown = await showOne(tx, caller, id, at)
  const event = { verb, subject: { kind: 'process', id }, facts: { name: shown.name, ...facts } }
  await record(tx, caller.orgId, caller.actor, at, event)
  return shown
}

async function showOne(tx: Tx, caller: Caller, id: string, now: Date): Promise<Shown> {
  const today = await todayOf(tx, caller.orgId, now)
  return (await showProcesses(tx, caller, [await mustFind(tx, caller.orgId, id)], today))[0]!
}
