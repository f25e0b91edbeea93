// What goes along when one conversation becomes part of another, whoever puts them together: all that was said, done, asked and promised in it.

import type { Tx } from '../../db/tx.ts'
import { moveAnswers } from '../../publishing/answers/move-answers.ts'
import { joinDrafts, partDrafts } from '../answers/part-drafts.ts'
import { moveRounds, type RoundRange } from '../promises/store-rounds.ts'
import { carryTriage, partTriage } from '../triage/store.ts'
import { joinSeen, partSeen } from '../unread/store.ts'
import { carryMarks, partMarks } from './carry-marks.ts'
import { moveRows, type Replaced } from './store.ts'

/** What went, so that it can go back. */
export interface Carried {
  message_ids: string[]
  entry_ids: string[]
  answer_ids: string[]
  question_ids: string[]
  rounds: RoundRange[]
}

/** Tell the promises of both anew afterwards. */
export async function carryAll(
  tx: Tx,
  orgId: string,
  way: { from: string; into: string },
): Promise<Carried & { replaced: Replaced }> {
  const drafts = await joinDrafts(tx, orgId, way)
  const seen = await joinSeen(tx, orgId, way)
  const marks = await carryMarks(tx, orgId, way)
  return {
    replaced: { drafts, seen, marks, triage: await carryTriage(tx, orgId, way) },
    message_ids: await moveRows(tx, orgId, 'messages', way),
    entry_ids: await moveRows(tx, orgId, 'conversation_entries', way),
    answer_ids: await moveAnswers(tx, orgId, way),
    question_ids: await moveRows(tx, orgId, 'department_questions', way),
    rounds: await moveRounds(tx, orgId, way),
  }
}

/** Answers how many messages went back. */
export async function carryBack(
  tx: Tx,
  orgId: string,
  {
    from,
    into,
    replaced,
    at,
    ...went
  }: Carried & { from: string; into: string; replaced: Replaced | undefined; at: Date },
): Promise<number> {
  const back = { from: into, into: from }
  const moved = await moveRows(tx, orgId, 'messages', { ...back, ids: went.message_ids })
  await moveRows(tx, orgId, 'conversation_entries', { ...back, ids: went.entry_ids })
  await moveAnswers(tx, orgId, { ...back, ids: went.answer_ids })
  await moveRows(tx, orgId, 'department_questions', { ...back, ids: went.question_ids })
  await moveRounds(tx, orgId, { ...back, only: { rounds: went.rounds, messageIds: went.message_ids } })
  if (!replaced) return moved.length
  await partDrafts(tx, orgId, { from, into, drafts: replaced.drafts, at })
  await partSeen(tx, orgId, { into, seen: replaced.seen })
  if (replaced.triage) await partTriage(tx, orgId, into, replaced.triage)
  if (replaced.marks) await partMarks(tx, orgId, into, replaced.marks)
  return moved.length
}
