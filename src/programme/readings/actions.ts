// Verbs of reading lists: add, take away, mark as read. Everybody marks for themselves alone.

import type { z } from 'zod'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findCompetency } from '../competencies/store.ts'
import type { readingView } from './contract.ts'
import { insertReading, markRemoved, putMark, type ReadingRow, readingRows, removeMark } from './store.ts'
import type { ReadingFacts } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type Shown = z.infer<typeof readingView>

export const listReadings = ({ db }: Deps, { orgId, memberId }: Caller): Promise<Shown[]> =>
  readInOrg(db, orgId, async (tx) => show(tx, orgId, await readingRows(tx, orgId, { memberId })))

/** @throws Refusal `nothing-to-read` where it has neither address nor words, `competency-unknown`. */
export const addReading = ({ db, clock }: Deps, caller: Caller, facts: ReadingFacts): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    if (facts.url === null && facts.words === '') throw new Refusal('nothing-to-read', { field: 'url' })
    if (facts.competencyId !== null) {
      const rung = await findCompetency(tx, orgId, facts.competencyId)
      if (!rung || rung.removed_at) throw new Refusal('competency-unknown', { field: 'competencyId' })
    }
    const id = await insertReading(tx, orgId, { ...facts, by: memberId, at })
    return told(tx, caller, { id, verb: 'reading.added', at })
  })

const setRemoved =
  (isRemoved: boolean) =>
  ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> =>
    inOrg(db, caller.orgId, async (tx) => {
      const at = clock()
      const row = await mustFind(tx, caller, id)
      if ((row.removed_at !== null) === isRemoved) return showOne(tx, caller, id)
      await markRemoved(tx, caller.orgId, id, isRemoved ? at : null)
      return told(tx, caller, { id, verb: isRemoved ? 'reading.removed' : 'reading.restored', at })
    })

export const removeReading = setRemoved(true)
export const restoreReading = setRemoved(false)

export const markReading = (
  { db, clock }: Deps,
  caller: Caller,
  { id, isRead }: { id: string; isRead: boolean },
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    const at = clock()
    const row = await mustFind(tx, caller, id)
    if ((row.read_at !== null) === isRead) return showOne(tx, caller, id)
    if (isRead) await putMark(tx, orgId, { id, memberId, at })
    else await removeMark(tx, orgId, { id, memberId })
    return told(tx, caller, { id, verb: isRead ? 'reading.read' : 'reading.unread', at })
  })

async function mustFind(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<ReadingRow> {
  const [row] = await readingRows(tx, orgId, { memberId, id })
  if (!row) throw notFound('reading')
  return row
}

async function told(tx: Tx, caller: Caller, { id, verb, at }: { id: string; verb: string; at: Date }): Promise<Shown> {
  const shown = await showOne(tx, caller, id)
  const event = { verb, subject: { kind: 'reading', id }, facts: { name: shown.title } }
  await record(tx, caller.orgId, caller.actor, at, event)
  return shown
}

const showOne = async (tx: Tx, caller: Caller, id: string): Promise<Shown> =>
  (await show(tx, caller.orgId, [await mustFind(tx, caller, id)]))[0]!

async function show(tx: Tx, orgId: string, rows: readonly ReadingRow[]): Promise<Shown[]> {
  const who = await readActors(
    tx,
    orgId,
    rows.map(({ added_by }) => added_by),
  )
  return rows.map(({ id, competency_id, competency, title, url, words, minutes, added_by, read_at, read_by }) => ({
    ...{ id, competencyId: competency_id, competency, title, url, words, minutes },
    ...{ addedBy: who(added_by), readAt: read_at?.toISOString() ?? null, readBy: read_by },
  }))
}
