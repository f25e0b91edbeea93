// What goes along when one conversation becomes part of another, whoever puts them together: all that was said, done, asked and promised in it.

import type { Tx } from '../../db/tx.ts'
import { moveAnswers } from '../../publishing/answers/move-answers.ts'
import { moveDrafts } from '../answers/store-drafts.ts'
import { moveRounds, type RoundRange } from '../promises/store-rounds.ts'
import { moveQuestions } from '../questions/store.ts'
import { carryTriage } from '../triage/store.ts'
import { joinSeen } from '../unread/store.ts'
import { moveRows } from './store.ts'

/** What went, so that it can go back. */
export interface Carried {
  message_ids: string[]
  entry_ids: string[]
  answer_ids: string[]
  question_ids: string[]
  rounds: RoundRange[]
}

/** Tell the promises of both anew afterwards. */
export async function carryAll(tx: Tx, orgId: string, way: { from: string; into: string }): Promise<Carried> {
  await moveDrafts(tx, orgId, way)
  await joinSeen(tx, orgId, way)
  await carryTriage(tx, orgId, way)
  return {
    message_ids: await moveRows(tx, orgId, 'messages', way),
    entry_ids: await moveRows(tx, orgId, 'conversation_entries', way),
    answer_ids: await moveAnswers(tx, orgId, way),
    question_ids: await moveQuestions(tx, orgId, way),
    rounds: await moveRounds(tx, orgId, way),
  }
}

/** Answers how many messages went back. */
export async function carryBack(
  tx: Tx,
  orgId: string,
  { from, into, ...went }: Carried & { from: string; into: string },
): Promise<number> {
  const back = { from: into, into: from }
  const moved = await moveRows(tx, orgId, 'messages', { ...back, ids: went.message_ids })
  await moveRows(tx, orgId, 'conversation_entries', { ...back, ids: went.entry_ids })
  await moveAnswers(tx, orgId, { ...back, ids: went.answer_ids })
  await moveQuestions(tx, orgId, { ...back, ids: went.question_ids })
  await moveRounds(tx, orgId, { ...back, only: { rounds: went.rounds, messageIds: went.message_ids } })
  return moved.length
}
