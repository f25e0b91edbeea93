// Who is trained, for the programme: certificates and gates rest on trainings that count.

import type { Tx } from '../../db/tx.ts'
import { trainingState } from './rules.ts'
import { trainedUntil, trainingRows } from './store.ts'

/** Members of whom a training counts on a day. */
export const trainedMembers = async (tx: Tx, orgId: string, today: string): Promise<ReadonlySet<string>> =>
  new Set((await trainedUntil(tx, orgId, today)).keys())

export interface CountingTraining {
  id: string
  memberId: string
  topic: string
  trainer: string
  givenOn: string
  until: string | null
}

/** One that counts on a day; null: there is none of this id, or it does not count. */
export async function countingTraining(
  tx: Tx,
  orgId: string,
  id: string,
  today: string,
): Promise<CountingTraining | null> {
  const [row] = await trainingRows(tx, orgId, { id, after: null, limit: 1 })
  if (!row) return null
  const span = { givenOn: row.given_on, until: row.until, endedAt: row.ended_at?.toISOString() ?? null }
  if (trainingState({ ...span, isDrilled: row.is_drilled }, today) !== 'counts') return null
  const { member_id, topic, trainer, given_on, until } = row
  return { id, memberId: member_id, topic, trainer, givenOn: given_on, until }
}
