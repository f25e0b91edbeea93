// Verbs of answers: a person writes one, and it goes through the ledger of what goes out, which never sends twice.

import type { z } from 'zod'
import { accountView, isPlace } from '../../accounts/session.ts'
import type { DraftMedia } from '../../connectors/contract.ts'
import { findConnector } from '../../connectors/registry.ts'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { showDepartment } from '../../people/organisation.ts'
import type { Caller } from '../../people/types.ts'
import {
  type ChangedAnswer,
  discardAnswer,
  resolveAnswer,
  retryAnswer,
} from '../../publishing/answers/change-answer.ts'
import { canAnswer } from '../../publishing/answers/check-answer.ts'
import { planAnswer } from '../../publishing/answers/plan-answer.ts'
import { answersOf, answersOfConversations } from '../../publishing/answers/read-answers.ts'
import { canTakeBack } from '../../publishing/answers/withdraw-answer.ts'
import type { Services } from '../../services.ts'
import { mustGoOnHere } from '../conversations/goes-on.ts'
import { insertEntry, updateConversation } from '../conversations/store.ts'
import { mustNotDisturb, stopWriting } from '../presence/actions.ts'
import { changedWords, draftOf } from '../replies/rules.ts'
import { unmarkEmptied } from '../retention/empty.ts'
import { needsApproval } from '../trainings/actions.ts'
import { readRules } from '../trainings/store.ts'
import type { answersContract } from './contract.ts'
import { mustBePersonal } from './personal.ts'
import { leftOf } from './rules.ts'
import { answeredSince, answerPlace, lastAsked } from './store.ts'
import { dropDraft, findDraft, keepDraft, keepOrigin, originsOf } from './store-drafts.ts'
import { tellApprovers } from './tell.ts'
import { type AnswerShown, answersShown } from './views.ts'
import { within } from './within.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>
type Output = z.infer<(typeof answersContract)['answers']['list']['~orpc']['outputSchema'] & z.ZodType>

export const listAnswers = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id }: { id: string },
): Promise<Output> =>
  readInOrg(db, caller.orgId, async (tx) => {
    const { orgId } = caller
    const place = await answerPlace(tx, orgId, id)
    if (!place) throw notFound('conversation')
    const { saidKind: kind, account, rules, wallId } = place
    const standing = (await answersOfConversations(tx, orgId, [id])).get(id) ?? []
    const answer = findConnector(account.connector)?.inbox?.answer
    const can = answer !== undefined && canAnswer(account, kind)
    const limits = can ? answer.limits(accountView(account), kind) : null
    const asks = await needsApproval(tx, caller, { now: clock(), rules })
    const isAlone = asks && wallId !== null && (await showDepartment(tx, orgId, wallId)).approverCount === 0
    return {
      canAnswer: can,
      whyNot: can ? null : isPlace(account) ? ('heard-only' as const) : ('network' as const),
      limit: limits && { max: limits.text.max, unit: limits.text.unit },
      images: filesOf(limits?.images),
      videos: filesOf(limits?.videos),
      documents: limits?.documents ?? null,
      takesBack: can && canTakeBack(account, kind),
      needsApproval: asks,
      nobodyApproves: isAlone,
      leastChanged: rules.leastChanged,
      items: await answersShown(tx, { orgId, conversationId: id, account }, standing),
    }
  })

const filesOf = (given: { max: number; types: string[]; maxBytes: number; altMax: number } | undefined) =>
  given ? { max: given.max, types: given.types, maxBytes: given.maxBytes, altMax: given.altMax } : null

interface Writing {
  id: string
  answerId?: string | undefined
  text: string
  media?: DraftMedia[]
  anyway?: boolean
  seen?: string | undefined
  answers?: number | undefined
  draft?: string | null | undefined
}

/**
 * Whoever answers what nobody has, has it from then on.
 * @throws Refusal `goes-on-elsewhere`, `nothing-to-answer`, `answered-meanwhile`, `somebody-writes`, `variable-left`, `reply-not-personal`, `answer-differs`, or what the
 * network would refuse, at `text`.
 */
export const writeAnswer = (services: Deps, caller: Caller, given: Writing): Promise<AnswerShown> =>
  within(services, caller, given.id, async (tx, conversation, now) => {
    const { orgId, memberId } = caller
    const { id, answerId, text, media = [] } = given
    await mustGoOnHere(tx, conversation, 'text')
    const asked = await lastAsked(tx, orgId, id)
    if (!asked) throw new Refusal('nothing-to-answer', { status: 409, field: 'id' })
    // Asked for once more after its first answer was lost: it is planned, and what it was made from is gone.
    const isAgain = answerId !== undefined && (await answersOf(tx, orgId, [answerId])).size > 0
    if (!isAgain) await mustBeReady(tx, caller, { ...given, now })
    if (!isAgain && (await isAnswered(tx, orgId, given)))
      throw new Refusal('answered-meanwhile', { status: 409, field: 'text' })
    const planned = await planAnswer(tx, caller, {
      ...(answerId ? { id: answerId } : {}),
      ...{ accountId: conversation.account_id, conversationId: id, departmentId: conversation.department_id },
      ...{ kind: asked.kind, root: asked.root, previous: asked.ref, text, media, now },
      needsApproval: await needsApproval(tx, caller, { now }),
    })
    if (planned.events.length === 0) return planned
    await unmarkEmptied(tx, orgId, [id])
    const made = await noteOrigin(tx, caller, { ...given, answerId: planned.answerId, at: now })
    await stopWriting(tx, caller, id)
    if (planned.state === 'in-review') await tellApprovers(services, tx, caller, conversation)
    if (conversation.owner_id === null) {
      await updateConversation(tx, orgId, id, { owner_id: memberId })
      const facts = { from: null, to: memberId }
      await insertEntry(tx, orgId, id, { kind: 'owner', at: now, by: memberId, facts })
    }
    const events = planned.events.map((event) => ({ ...event, facts: { ...event.facts, ...made } }))
    return { answerId: planned.answerId, events }
  })

/** By somebody of us, since the writer looked: among the messages, or still on its way there. */
async function isAnswered(tx: Tx, orgId: string, { id, seen, answers }: Writing): Promise<boolean> {
  if (seen && (await answeredSince(tx, orgId, id, seen))) return true
  if (answers === undefined) return false
  return ((await answersOfConversations(tx, orgId, [id])).get(id)?.length ?? 0) > answers
}

/** Nobody else writes, nothing is left to fill, and a person made it their own. */
async function mustBeReady(
  tx: Tx,
  caller: Caller,
  { id, text, anyway = false, now: at }: Writing & { now: Date },
): Promise<void> {
  await mustNotDisturb(tx, caller, { id, at, anyway })
  const draft = await findDraft(tx, caller.orgId, { conversationId: id, memberId: caller.memberId })
  mustBePersonal(text, draft?.given ?? [], (await readRules(tx, caller.orgId)).leastChanged)
}

/**
 * How much of what was put in a person made their own, on record with whoever sends it. The draft has done its work; what came to it since
 * the writer saw it, such as words that were sent back, stays.
 */
async function noteOrigin(
  tx: Tx,
  { orgId, memberId }: Caller,
  { id, answerId, text, media = [], draft: basedOn, at }: Writing & { answerId: string; at: Date },
): Promise<object> {
  const of = { conversationId: id, memberId }
  const draft = await findDraft(tx, orgId, of)
  if (!(await dropDraft(tx, orgId, of, { basedOn }))) {
    const left = leftOf(draft!, { text, media })
    if (left.text === '' && left.media.length === 0) await dropDraft(tx, orgId, of)
    else await keepDraft(tx, orgId, of, { ...left, basedOn: undefined, at })
  }
  if (!draft || draft.given.length === 0) return {}
  const made = changedWords(draftOf(draft.given), text)
  const { given, reply_ids } = draft
  await keepOrigin(tx, orgId, { answer_id: answerId, given, reply_ids, ...made, by: memberId, at })
  return { draftWords: made.words, changedWords: made.changed, replyIds: reply_ids }
}

interface Changing {
  id: string
  answerId: string
}

const change = (
  services: Pick<Services, 'db' | 'clock'>,
  caller: Caller,
  { id, answerId }: Changing,
  work: (tx: Tx, now: Date) => Promise<ChangedAnswer>,
): Promise<AnswerShown> =>
  within(services, caller, id, async (tx, _, now) => {
    const changed = await work(tx, now)
    // Named in the address of another conversation.
    if (changed.conversationId !== id) throw notFound('answer')
    return { answerId, events: changed.events }
  })

/** @throws Refusal `reply-not-personal` and `variable-left` too: sending it on another way asks for no less. */
export const sendAgain = (
  services: Deps,
  caller: Caller,
  { id, answerId, text }: Changing & { text?: string | undefined },
) =>
  within(services, caller, id, async (tx, conversation, now) => {
    const { orgId, memberId } = caller
    const origin = (await originsOf(tx, orgId, [answerId])).get(answerId)
    if (text !== undefined && origin) mustBePersonal(text, origin.given, (await readRules(tx, orgId)).leastChanged)
    const asks = await needsApproval(tx, caller, { now })
    const words = text === undefined ? {} : { text }
    const changed = await retryAnswer(tx, caller, { answerId, ...words, needsApproval: asks, now })
    if (changed.conversationId !== id) throw notFound('answer')
    if (text !== undefined && origin)
      await keepOrigin(tx, orgId, { ...origin, ...changedWords(draftOf(origin.given), text), by: memberId, at: now })
    if (changed.state === 'in-review') await tellApprovers(services, tx, caller, conversation)
    return { answerId, events: changed.events }
  })

export const putAway = (services: Deps, caller: Caller, given: Changing) =>
  change(services, caller, given, (tx, now) => discardAnswer(tx, caller, { answerId: given.answerId, now }))

type Decision = Changing & { decision: 'published' | 'send' | 'forget'; url?: string | undefined }

export const sayWhatBecame = (services: Deps, caller: Caller, given: Decision) =>
  change(services, caller, given, (tx, now) => {
    const { answerId, decision, url } = given
    return resolveAnswer(tx, caller, { answerId, decision, ...(url === undefined ? {} : { url }), now })
  })
