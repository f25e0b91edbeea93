// Plans an answer for now: frozen as it was typed, and from then on in the hands of delivery, which sends it once.

import type { Draft, Issue, RemoteRef } from '../../connectors/contract.ts'
import type { SaidKind } from '../../connectors/converse.ts'
import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { newId } from '../../lib/ids.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { holdOneIfBound } from '../holds/store.ts'
import { contentHash } from '../keys.ts'
import { moveVariant } from '../store.ts'
import type { VariantState } from '../types.ts'
import { accountOf, mustPassAsAnswer } from './check-answer.ts'
import { type AnswerWords, draftOf } from './rules.ts'
import { type AnswerRow, findAnswers, insertAnswer, lockAnswer } from './store.ts'

export interface NewAnswer extends AnswerWords {
  /** Chosen by whoever asks, so that asking again plans nothing more. Absent: a new one. */
  id?: string
  accountId: string
  conversationId: string
  /** Whose holds bind it, besides those of its account and of everything. */
  departmentId?: string | null
  /** What is answered: its kind, the beginning of its thread, the message itself. */
  kind: SaidKind
  root: RemoteRef | null
  previous: RemoteRef
  /** Somebody has to consent to exactly these words first (`approveAnswer`). Who, the inbox knows. */
  needsApproval?: boolean
  now: Date
}

export interface PlannedAnswer {
  answerId: string
  variantId: string
  state: VariantState
  /** What the network cannot show; errors are refused. */
  issues: Issue[]
  /** To be recorded as the last step of the verb. Empty: it was planned before. */
  events: NewEvent[]
}

/**
 * Part of a verb: runs in its transaction and asks no network. Its links stay as they were typed.
 * @throws Refusal of what the network would refuse, with the field it belongs to: `text`, `subject`, `media.0.alt`; `answer-differs` at `text`.
 */
export async function planAnswer(tx: Tx, caller: Caller, given: NewAnswer): Promise<PlannedAnswer> {
  const { orgId, memberId } = caller
  const { id = newId(), accountId, conversationId, now: at } = given
  const account = await accountOf(tx, orgId, accountId)
  const content = draftOf(given)
  const askedHash = contentHash(content, accountId)
  const planned = given.id === undefined ? null : await plannedBefore(tx, orgId, { id, conversationId, askedHash })
  if (planned) return planned
  const issues = await mustPassAsAnswer(tx, orgId, { account, conversationId, kind: given.kind, content, at })
  const variantId = newId()
  const { kind, root, previous, departmentId = null } = given
  const row = {
    id,
    variantId,
    accountId,
    conversationId,
    kind,
    root,
    previous,
    departmentId,
    content,
    askedHash,
    by: memberId,
    at,
  }
  // Two that ask at the same moment: the second one waited for the first, and sees it.
  if (!(await insertAnswer(tx, orgId, row))) {
    const there = await plannedBefore(tx, orgId, { id, conversationId, askedHash })
    // It is somebody else's, where this person does not see it.
    if (!there) throw new Refusal('id-taken', { status: 409, field: 'id' })
    return there
  }
  const answer = (await lockAnswer(tx, orgId, id))!
  const state = await letGo(tx, answer, { content: answer.content, needsApproval: given.needsApproval ?? false, at })
  const facts = { answerId: id, variantId, accountId }
  return {
    ...{ answerId: id, variantId, state, issues },
    events: [{ verb: 'answer.planned', subject: { kind: 'conversation', id: conversationId }, facts }],
  }
}

/** @throws Refusal `answer-differs` where it was asked for with other words: those are out, or on their way, and these are not. */
async function plannedBefore(
  tx: Tx,
  orgId: string,
  { id, conversationId, askedHash }: { id: string; conversationId: string; askedHash: string },
): Promise<PlannedAnswer | null> {
  const [found] = await findAnswers(tx, orgId, [id])
  if (!found) return null
  if (found.conversation_id !== conversationId) throw new Refusal('id-taken', { status: 409, field: 'id' })
  if (found.asked_hash !== null && found.asked_hash !== askedHash)
    throw new Refusal('answer-differs', { status: 409, field: 'text' })
  return { answerId: id, variantId: found.id, state: found.state, issues: [], events: [] }
}

/** Freezes what is said and hands it to delivery; without the consent it needs, or under a hold, it waits. */
export async function letGo(
  tx: Tx,
  answer: AnswerRow,
  { content, needsApproval, at }: { content: Draft; needsApproval: boolean; at: Date },
): Promise<VariantState> {
  const waits = needsApproval && answer.approved_hash !== contentHash(content, answer.account_id)
  await moveVariant(
    tx,
    answer,
    waits
      ? { state: 'in-review', reason: { code: 'not-approved' }, dueAt: at, wakeAt: null }
      : { state: 'scheduled', reason: null, dueAt: at, wakeAt: at },
    at,
    { content, needsApproval },
  )
  if (waits) return 'in-review'
  return (await holdOneIfBound(tx, answer, at)) ? 'held' : 'scheduled'
}
