// Keeps how conversations stood from when until when, told anew soon after something changed in them.

import { asSystem, type Tx } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { type Piece, piecesOf } from './pieces.ts'
import { factsOf } from './store-load.ts'
import {
  deleteSpans,
  dropMarks,
  lockFree,
  lockSpans,
  type Mark,
  readMarks,
  type SpansRow,
  writeSpans,
} from './store-spans.ts'

/** Of marks. Whoever changes one of these conversations waits for the end of it. */
const lot = 500
const mostLots = 400

export const always = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY }

/** Tells all anew that something changed in. What somebody changes at this moment is left for the next time. */
export async function keepSpans({ db }: Pick<Services, 'db'>): Promise<void> {
  for (let lots = 0; lots < mostLots; lots++) {
    const { taken, done } = await asSystem(db, keepLot)
    if (taken < lot || done === 0) return
  }
}

/** One at a time: who looked first must not write last. */
async function keepLot(tx: Tx): Promise<{ taken: number; done: number }> {
  await lockSpans(tx)
  const marks = await readMarks(tx, lot)
  let done = 0
  for (const [orgId, of] of Map.groupBy(marks, ({ org_id }) => org_id)) done += await tellAnew(tx, orgId, of)
  return { taken: marks.length, done }
}

async function tellAnew(tx: Tx, orgId: string, marks: readonly Mark[]): Promise<number> {
  const free = await lockFree(
    tx,
    orgId,
    marks.map(({ conversation_id }) => conversation_id),
  )
  const facts = await factsOf(tx, orgId, [...free.keys()])
  const rows = facts.flatMap((one): SpansRow[] => {
    const stood = stoodOf(one.id, piecesOf(one, always))
    return stood ? [{ ...stood, account_id: one.accountId, wall_id: free.get(one.id) ?? null }] : []
  })
  await writeSpans(tx, orgId, rows)
  const counted = new Set(rows.map(({ id }) => id))
  await deleteSpans(
    tx,
    orgId,
    [...free.keys()].filter((id) => !counted.has(id)),
  )
  const done = marks.filter(({ conversation_id }) => free.has(conversation_id))
  await dropMarks(
    tx,
    done.map(({ id }) => id),
  )
  return done.length
}

/** null: it was closed all the time. */
function stoodOf(id: string, pieces: readonly Piece[]): Omit<SpansRow, 'account_id' | 'wall_id'> | null {
  const first = pieces[0]
  if (!first) return null
  const list: Pick<SpansRow, 'since' | 'stands' | 'owner_ids' | 'department_ids'> = {
    ...{ since: [], stands: [], owner_ids: [], department_ids: [] },
  }
  const add = (at: number, stands: number, { ownerId = null, departmentId = null }: Partial<Piece>) => {
    const isSame =
      list.stands.at(-1) === stands && list.owner_ids.at(-1) === ownerId && list.department_ids.at(-1) === departmentId
    if (isSame) return
    list.since.push(new Date(at).toISOString())
    list.stands.push(stands)
    list.owner_ids.push(ownerId)
    list.department_ids.push(departmentId)
  }
  for (const [index, piece] of pieces.entries()) {
    add(piece.from, 1 + (piece.isWaiting ? 2 : 0) + (piece.isPutOff ? 4 : 0), piece)
    // Closed until the next one, or for good.
    if (piece.to !== pieces[index + 1]?.from && piece.to !== Number.POSITIVE_INFINITY) add(piece.to, 0, {})
  }
  const end = pieces.at(-1)!.to
  const ended_at = end === Number.POSITIVE_INFINITY ? 'infinity' : new Date(end).toISOString()
  return { id, began_at: new Date(first.from).toISOString(), ended_at, last_at: list.since.at(-1)!, ...list }
}
