// Who is trained, for the programme: certificates and gates rest on trainings that count.

import type { Tx } from '../../db/tx.ts'
import { trainingState } from './rules.ts'
import { type TrainingRow, trainedUntil, trainingRows } from './store.ts'

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
  return countingOf(await trainingRows(tx, orgId, { id, after: null, limit: 1 }), today)[0] ?? null
}

const mostTrainings = 500

/** All that count on a day, the latest first. */
export const countingTrainings = async (tx: Tx, orgId: string, today: string): Promise<CountingTraining[]> =>
  countingOf(await trainingRows(tx, orgId, { after: null, limit: mostTrainings }), today)

const countingOf = (rows: readonly TrainingRow[], today: string): CountingTraining[] =>
  rows
    .filter(
      ({ given_on, until, ended_at, is_drilled }) =>
        trainingState(
          { givenOn: given_on, until, endedAt: ended_at?.toISOString() ?? null, isDrilled: is_drilled },
          today,
        ) === 'counts',
    )
    .map(({ id, member_id, topic, trainer, given_on, until }) => ({
      ...{ id, memberId: member_id, topic, trainer, givenOn: given_on, until },
    }))
