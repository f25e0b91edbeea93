// Verbs of answers: a person writes one, and it goes through the ledger of what goes out, which never sends twice.

import type { z } from 'zod'
import { accountRow, accountView } from '../../accounts/session.ts'
import { findConnector } from '../../connectors/registry.ts'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, recordAll } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
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
import type { AnswerStanding } from '../../publishing/answers/types.ts'
import type { Services } from '../../services.ts'
import { announce } from '../conversations/announce.ts'
import {
  type ConversationRow,
  findConversation,
  insertEntry,
  lockConversation,
  updateConversation,
} from '../conversations/store.ts'
import { tendPromises } from '../promises/tend.ts'
import type { answersContract, answerView } from './contract.ts'
import { answeredSince, broughtBack, hurryReading, lastAsked } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type AnswerShown = z.infer<typeof answerView>
type Output = z.infer<(typeof answersContract)['answers']['list']['~orpc']['outputSchema'] & z.ZodType>

/** A network needs a moment before it shows what it took. */
const readAfterMs = 3_000

export const listAnswers = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }): Promise<Output> =>
  readInOrg(db, orgId, async (tx) => {
    const conversation = await findConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    const account = await accountRow(tx, orgId, conversation.account_id)
    const standing = (await answersOfConversations(tx, orgId, [id])).get(id) ?? []
    const answer = findConnector(account.connector)?.inbox?.answer
    const can = answer !== undefined && canAnswer(account, conversation.kind)
    const limit = can ? answer.limits(accountView(account), conversation.kind).text : null
    return {
      canAnswer: can,
      limit: limit && { max: limit.max, unit: limit.unit },
      items: await shown(tx, conversation, standing),
    }
  })

async function shown(
  tx: Tx,
  { org_id: orgId, id }: ConversationRow,
  standing: AnswerStanding[],
): Promise<AnswerShown[]> {
  const ids = standing.flatMap(({ remoteId }) => remoteId ?? [])
  const back = await broughtBack(tx, orgId, id, ids)
  const person = await readActors(
    tx,
    orgId,
    standing.map(({ createdBy }) => createdBy),
  )
  return standing.map((each) => ({
    ...{ id: each.id, text: each.text, state: each.state, words: each.words, wakeAt: each.wakeAt, may: each.may },
    reason: each.reason && {
      code: each.reason.code,
      ...(typeof each.reason.until === 'string' ? { until: each.reason.until } : {}),
      ...(typeof each.reason.text === 'string' ? { text: each.reason.text } : {}),
    },
    ...{ remoteId: each.remoteId, url: each.remoteUrl, isRead: each.remoteId !== null && back.has(each.remoteId) },
    ...{ at: each.publishedAt ?? each.createdAt, by: person(each.createdBy) },
  }))
}

/** One step in a conversation that nobody else changes meanwhile. */
const within = (
  { db, clock }: Deps,
  caller: Caller,
  id: string,
  work: (tx: Tx, conversation: ConversationRow, now: Date) => Promise<{ answerId: string; events: NewEvent[] }>,
): Promise<AnswerShown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const now = clock()
    const conversation = await lockConversation(tx, caller.orgId, id)
    if (!conversation) throw notFound('conversation')
    const { answerId, events } = await work(tx, conversation, now)
    await hurryReading(tx, caller.orgId, conversation.account_id, new Date(now.getTime() + readAfterMs))
    await tendPromises(tx, caller.orgId, [id], now)
    await announce(tx, caller.orgId, [id])
    const found = await answersOf(tx, caller.orgId, [answerId])
    const [view] = await shown(tx, conversation, [...found.values()])
    await recordAll(tx, caller.orgId, caller.actor, now, events)
    return view!
  })

interface Writing {
  id: string
  answerId?: string | undefined
  text: string
  seen?: string | undefined
}

/**
 * Whoever answers what nobody has, has it from then on.
 * @throws Refusal `nothing-to-answer`, `answered-meanwhile`, or what the network would refuse, at `text`.
 */
export const writeAnswer = (
  services: Deps,
  caller: Caller,
  { id, answerId, text, seen }: Writing,
): Promise<AnswerShown> =>
  within(services, caller, id, async (tx, conversation, now) => {
    const { orgId, memberId } = caller
    const asked = await lastAsked(tx, orgId, id)
    if (!asked) throw new Refusal('nothing-to-answer', { status: 409, field: 'id' })
    if (seen && (await answeredSince(tx, orgId, id, seen)))
      throw new Refusal('answered-meanwhile', { status: 409, field: 'text' })
    const planned = await planAnswer(tx, caller, {
      ...(answerId ? { id: answerId } : {}),
      ...{ accountId: conversation.account_id, conversationId: id, departmentId: conversation.department_id },
      ...{ kind: asked.kind, root: asked.root, previous: asked.ref, text, now },
    })
    if (conversation.owner_id === null) {
      await updateConversation(tx, orgId, id, { owner_id: memberId })
      const facts = { from: null, to: memberId }
      await insertEntry(tx, orgId, id, { kind: 'owner', at: now, by: memberId, facts })
    }
    return planned
  })

interface Changing {
  id: string
  answerId: string
}

const change = (
  services: Deps,
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

export const sendAgain = (services: Deps, caller: Caller, given: Changing & { text?: string | undefined }) =>
  change(services, caller, given, (tx, now) => {
    const { answerId, text } = given
    return retryAnswer(tx, caller, { answerId, ...(text === undefined ? {} : { text }), now })
  })

export const putAway = (services: Deps, caller: Caller, given: Changing) =>
  change(services, caller, given, (tx, now) => discardAnswer(tx, caller, { answerId: given.answerId, now }))

type Decision = Changing & { decision: 'published' | 'send' | 'forget'; url?: string | undefined }

export const sayWhatBecame = (services: Deps, caller: Caller, given: Decision) =>
  change(services, caller, given, (tx, now) => {
    const { answerId, decision, url } = given
    return resolveAnswer(tx, caller, { answerId, decision, ...(url === undefined ? {} : { url }), now })
  })
