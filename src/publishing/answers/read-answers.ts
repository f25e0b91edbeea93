// Where answers stand, for the inbox to show.

import type { Tx } from '../../db/tx.ts'
import { plainState } from '../plain-state.ts'
import type { VariantState } from '../types.ts'
import { fieldOf, mayNow } from './rules.ts'
import { type AnswerRow, answersIn, answersInReview, findAnswers } from './store.ts'
import type { AnswerStanding } from './types.ts'

/** By their ids; what is not there is left out. */
export async function answersOf(tx: Tx, orgId: string, answerIds: string[]): Promise<Map<string, AnswerStanding>> {
  const rows = await findAnswers(tx, orgId, answerIds)
  return new Map(rows.map((row) => [row.answer_id, standingOf(row)]))
}

/** All of these conversations, oldest first, by conversation. */
export async function answersOfConversations(
  tx: Tx,
  orgId: string,
  conversationIds: string[],
): Promise<Map<string, AnswerStanding[]>> {
  const rows = await answersIn(tx, orgId, conversationIds)
  return Map.groupBy(rows.map(standingOf), ({ conversationId }) => conversationId)
}

/** Those that wait for somebody's consent, longest first. */
export const answersWaiting = async (
  tx: Tx,
  orgId: string,
  page: { after: [since: string, variantId: string] | null; limit: number },
): Promise<AnswerStanding[]> => (await answersInReview(tx, orgId, page)).map(standingOf)

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

const standingOf = (row: AnswerRow): AnswerStanding => ({
  id: row.answer_id,
  variantId: row.id,
  conversationId: row.conversation_id,
  accountId: row.account_id,
  text: row.content.segments[0]?.text ?? '',
  subject: row.content.title ?? null,
  media: row.content.segments[0]?.media ?? [],
  kind: row.said_kind,
  revision: row.revision,
  state: row.state,
  words: answerWords[row.state] ?? plainState(row.state),
  reason: row.reason && { ...row.reason, ...(row.reason.field ? { field: fieldOf(row.reason.field) } : {}) },
  stateSince: row.state_since.toISOString(),
  wakeAt: iso(row.wake_at),
  remoteId: row.remote_id,
  remoteUrl: row.remote_url,
  publishedAt: iso(row.published_at),
  createdAt: row.created_at.toISOString(),
  createdBy: row.created_by,
  may: mayNow(row),
})

/** Where the word for posts would sound odd of what is said to somebody. */
const answerWords: Partial<Record<VariantState, string>> = {
  scheduled: 'Waiting to be sent',
  published: 'Sent',
  rejected: 'Not accepted by the network',
  cancelled: 'Discarded',
  removed: 'Deleted at the network',
}
