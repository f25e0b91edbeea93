// What a person does with an answer that did not go out: sends it again, perhaps in other words, puts it away, consents, or says what became of it.

import type { AccountRow } from '../../accounts/session.ts'
import type { Draft, DraftMedia, Issue } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import { canonicalJson } from '../../lib/hash.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { setConsent } from '../approvals/store.ts'
import { boundOf } from '../holds/store.ts'
import { settleDoubt } from '../resolve-variant.ts'
import { allows } from '../rules.ts'
import { moveVariant, reviseVariants } from '../store.ts'
import type { VariantState } from '../types.ts'
import { accountOf, mustPassAsAnswer } from './check-answer.ts'
import { letGo } from './plan-answer.ts'
import { draftOf, mayNow, wordsOf } from './rules.ts'
import { type AnswerRow, lockAnswer, setWords } from './store.ts'
import type { AnswerChange } from './types.ts'

export interface ChangedAnswer {
  conversationId: string
  state: VariantState
  /** To be recorded as the last step of the verb. */
  events: NewEvent[]
}

export interface Retry {
  answerId: string
  /** Other words; what is absent stays as it is. */
  text?: string
  subject?: string | null
  media?: DraftMedia[]
  /** Whoever sends these words needs somebody's consent to them; other words of somebody who does not, need none any more. */
  needsApproval?: boolean
  now: Date
}

/** It goes out now. The same words keep their key, so that what may be out already is looked up first; other words are a new write. */
export async function retryAnswer(
  tx: Tx,
  caller: Caller,
  { answerId, now: at, needsApproval: asks = false, ...given }: Retry,
): Promise<ChangedAnswer & { issues: Issue[] }> {
  const answer = await changeable(tx, caller, answerId, 'retry')
  const bound = await boundOf(tx, caller.orgId, [answer.id], at)
  if (bound.size > 0) throw new Refusal('under-hold', { status: 409, params: { reason: bound.get(answer.id)! } })
  const content = draftOf({ ...wordsOf(answer.content), ...said(given) })
  const changed = canonicalJson(content) !== canonicalJson(answer.content)
  if (changed && !allows(answer, 'edit')) throw new Refusal('answer-may-be-out', { status: 409, field: 'text' })
  const account = await accountOf(tx, caller.orgId, answer.account_id)
  const issues = await mustPassAsAnswer(tx, caller.orgId, checkedOf(answer, { account, content, at }))
  if (changed) {
    await setWords(tx, answer, { content, by: caller.memberId, at })
    await reviseVariants(tx, caller.orgId, [answer.id])
  }
  const consented = changed ? { ...answer, approved_hash: null } : answer
  const state = await letGo(tx, consented, { content, needsApproval: answer.needs_approval || (changed && asks), at })
  return { ...outcome(answer, state, { verb: 'answer.retried', facts: { changed } }), issues }
}

const checkedOf = (
  { conversation_id: conversationId, said_kind: kind }: AnswerRow,
  { account, content, at }: { account: AccountRow; content: Draft; at: Date },
) => ({ account, conversationId, kind, content, at })

const said = ({ text, subject, media }: Omit<Retry, 'answerId' | 'now' | 'needsApproval'>) => ({
  ...(text === undefined ? {} : { text }),
  ...(subject === undefined ? {} : { subject }),
  ...(media === undefined ? {} : { media }),
})

/** It never goes out. Its words are kept. */
export async function discardAnswer(
  tx: Tx,
  caller: Caller,
  { answerId, reason, now }: { answerId: string; reason?: string; now: Date },
): Promise<ChangedAnswer> {
  const answer = await changeable(tx, caller, answerId, 'discard')
  const why = { code: 'cancelled-by-person', by: caller.memberId, ...(reason ? { text: reason } : {}) }
  await moveVariant(tx, answer, { state: 'cancelled', reason: why, dueAt: answer.due_at, wakeAt: null }, now)
  return outcome(answer, 'cancelled', { verb: 'answer.discarded' })
}

/** Consent to exactly the words that were seen: to those of `revision`. Then it goes out. */
export async function approveAnswer(
  tx: Tx,
  caller: Caller,
  { answerId, revision, now }: { answerId: string; revision: number; now: Date },
): Promise<ChangedAnswer> {
  const answer = await changeable(tx, caller, answerId, 'approve')
  if (answer.revision !== revision)
    throw new Refusal('edited-elsewhere', { status: 409, field: 'revision', params: { revision: answer.revision } })
  await setConsent(tx, caller.orgId, answer.id, { needed: true, hash: answer.content_hash })
  const consented = { ...answer, approved_hash: answer.content_hash }
  const state = await letGo(tx, consented, { content: answer.content, needsApproval: true, at: now })
  return outcome(answer, state, { verb: 'answer.approved' })
}

/** Other words for an answer that waits for consent: it goes on waiting, and whoever agreed to `revision` agreed to other words. */
export async function rewordAnswer(
  tx: Tx,
  caller: Caller,
  { answerId, revision, text, now: at }: { answerId: string; revision: number; text: string; now: Date },
): Promise<ChangedAnswer & { revision: number }> {
  const answer = await changeable(tx, caller, answerId, 'approve')
  if (answer.revision !== revision)
    throw new Refusal('edited-elsewhere', { status: 409, field: 'revision', params: { revision: answer.revision } })
  const content = draftOf({ ...wordsOf(answer.content), text })
  if (canonicalJson(content) === canonicalJson(answer.content))
    return { conversationId: answer.conversation_id, state: answer.state, events: [], revision }
  const account = await accountOf(tx, caller.orgId, answer.account_id)
  await mustPassAsAnswer(tx, caller.orgId, checkedOf(answer, { account, content, at }))
  await setWords(tx, answer, { content, by: caller.memberId, at })
  await reviseVariants(tx, caller.orgId, [answer.id])
  const state = await letGo(tx, { ...answer, approved_hash: null }, { content, needsApproval: true, at })
  return { ...outcome(answer, state, { verb: 'answer.reworded' }), revision: revision + 1 }
}

/** A person looked and says what became of it: it is there, it is to be sent again, or it no longer matters. */
export async function resolveAnswer(
  tx: Tx,
  caller: Caller,
  given: { answerId: string; decision: 'published' | 'send' | 'forget'; url?: string; now: Date },
): Promise<ChangedAnswer> {
  if (given.decision === 'published' && !given.url) throw new Refusal('address-needed', { field: 'url' })
  const answer = await changeable(tx, caller, given.answerId, 'resolve')
  await settleDoubt(tx, answer, { ...given, last: 0, by: caller.memberId })
  const states = { published: 'published', send: 'scheduled', forget: 'cancelled' } as const
  return outcome(answer, states[given.decision], { verb: 'answer.resolved', facts: { decision: given.decision } })
}

async function changeable(tx: Tx, { orgId }: Caller, id: string, change: AnswerChange): Promise<AnswerRow> {
  const answer = await lockAnswer(tx, orgId, id)
  if (!answer) throw notFound('answer')
  if (!mayNow(answer).includes(change))
    throw new Refusal(`nothing-to-${change}`, { status: 409, params: { state: answer.state } })
  return answer
}

const outcome = (
  { conversation_id: conversationId, answer_id: answerId, id: variantId, account_id: accountId }: AnswerRow,
  state: VariantState,
  { verb, facts }: { verb: string; facts?: object },
): ChangedAnswer => ({
  ...{ conversationId, state },
  events: [
    {
      verb,
      subject: { kind: 'conversation', id: conversationId },
      facts: { answerId, variantId, accountId, ...facts },
    },
  ],
})
