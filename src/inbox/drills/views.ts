// How drills look to those who ask: whoever answers learns what a good answer does once all of it is judged.

import type { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { readActors } from '../../people/directory.ts'
import { callerMay } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { drillAnswerView, drillLine, drillView } from './contract.ts'
import { type AnswerRow, answerRows, type DrillRow } from './store.ts'

export type DrillShown = z.infer<typeof drillView>
type AnswerShown = z.infer<typeof drillAnswerView>
export type DrillLine = z.infer<typeof drillLine>

/** Nobody judges their own. */
export const mayJudge = (caller: Caller, { member_id }: Pick<DrillRow, 'member_id'>): boolean =>
  callerMay(caller, 'inbox.judge') && member_id !== caller.memberId

/** Their own, and all of whoever may judge. */
export const mayRead = (caller: Caller, { member_id }: Pick<DrillRow, 'member_id'>): boolean =>
  member_id === caller.memberId || callerMay(caller, 'inbox.judge')

export async function linesShown(tx: Tx, orgId: string, rows: readonly DrillRow[]): Promise<DrillLine[]> {
  const person = await readActors(
    tx,
    orgId,
    rows.map(({ member_id }) => member_id),
  )
  return rows.map((row) => ({
    ...{ id: row.id, member: person(row.member_id), exercises: row.exercises, pass: row.pass },
    ...{ begunAt: row.begun_at.toISOString(), handedInAt: row.handed_in_at?.toISOString() ?? null },
    ...{ endedAt: row.ended_at?.toISOString() ?? null, passes: row.passes, passed: row.passed },
  }))
}

export async function drillShown(tx: Tx, caller: Caller, row: DrillRow): Promise<DrillShown> {
  const [line] = await linesShown(tx, caller.orgId, [row])
  const rows = await answerRows(tx, caller.orgId, row.id)
  const person = await readActors(
    tx,
    caller.orgId,
    rows.map(({ judged_by }) => judged_by),
  )
  const judges = mayJudge(caller, row)
  const tellsAll = judges || row.ended_at !== null
  return {
    ...line!,
    mayJudge: judges && row.handed_in_at !== null,
    items: rows.map((answer) => answerShown(answer, person(answer.judged_by), tellsAll)),
  }
}

function answerShown(row: AnswerRow, by: AnswerShown['judgedBy'], tellsAll: boolean): AnswerShown {
  const { kind, title, way, good } = row.exercise
  return {
    ...{ id: row.id, position: row.position, words: row.exercise.words, way: row.way, answer: row.words },
    answeredAt: row.answered_at?.toISOString() ?? null,
    exercise: tellsAll ? { kind, title, way, good } : null,
    ...{ passed: tellsAll ? row.passed : null, note: tellsAll ? row.note : '' },
    ...{ judgedAt: tellsAll ? (row.judged_at?.toISOString() ?? null) : null, judgedBy: tellsAll ? by : null },
  }
}
