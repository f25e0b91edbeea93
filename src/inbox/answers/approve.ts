// Verbs of consent to answers of people who are new or untrained: exactly the words that were read, better ones, or back to the writer.

import { z } from 'zod'
import { accountsById } from '../../accounts/session.ts'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import { approveAnswer, discardAnswer, rewordAnswer } from '../../publishing/answers/change-answer.ts'
import { answersOf, answersWaiting } from '../../publishing/answers/read-answers.ts'
import type { AnswerStanding } from '../../publishing/answers/types.ts'
import type { Services } from '../../services.ts'
import { conversationRows } from '../conversations/store.ts'
import { conversationShower } from '../conversations/views.ts'
import { changedWords, draftOf } from '../replies/rules.ts'
import { readRules } from '../trainings/store.ts'
import { mustBePersonal } from './personal.ts'
import { giveBack, keepOrigin, originsOf } from './store-drafts.ts'
import { tellWriter } from './tell.ts'
import { answersShown } from './views.ts'
import { within } from './within.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

/** Conversations that the caller cannot see are left out with their answers: a page may then be short. */
export const listWaiting = (
  { db }: Pick<Services, 'db'>,
  { orgId, memberId }: Caller,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
) =>
  readInOrg(db, orgId, async (tx) => {
    const found = await answersWaiting(tx, orgId, { after: readCursor(cursor, place), limit: limit + 1 })
    const page = pageFrom(
      found,
      limit,
      ({ stateSince, variantId }) => [stateSince, variantId],
      (each) => each,
    )
    const items = await Promise.all(page.items.map((each) => waitingShown(tx, { orgId, memberId }, each)))
    return { items: items.filter((each) => each !== null), nextCursor: page.nextCursor }
  })

async function waitingShown(tx: Tx, { orgId, memberId }: Pick<Caller, 'orgId' | 'memberId'>, waiting: AnswerStanding) {
  const { conversationId, accountId, stateSince: since } = waiting
  const one = { id: conversationId, memberId, state: 'all', holder: 'anybody', order: 'newest', after: null } as const
  const rows = await conversationRows(tx, orgId, { ...one, limit: 1 })
  const account = (await accountsById(tx, [[orgId, accountId]])).get(accountId)
  if (!rows[0] || !account) return null
  const [answer] = await answersShown(tx, { orgId, conversationId, account }, [waiting])
  return { answer: answer!, conversation: (await conversationShower(tx, orgId, rows))(rows[0]), since }
}

interface Approving {
  id: string
  answerId: string
  revision: number
  text?: string | undefined
}

/** @throws Refusal `edited-elsewhere` where the words are others than those that were read. */
export const approve = (services: Deps, caller: Caller, { id, answerId, revision, text }: Approving) =>
  within(services, caller, id, async (tx, _, now) => {
    const { orgId, memberId } = caller
    const standing = await mustStand(tx, orgId, { id, answerId })
    const better = text === undefined || text === standing.text ? null : text
    const origin = (await originsOf(tx, orgId, [answerId])).get(answerId)
    if (better !== null && origin) mustBePersonal(better, origin.given, (await readRules(tx, orgId)).leastChanged)
    const reworded = better === null ? null : await rewordAnswer(tx, caller, { answerId, revision, text: better, now })
    if (better !== null && origin)
      await keepOrigin(tx, orgId, { ...origin, ...changedWords(draftOf(origin.given), better), by: memberId, at: now })
    const approved = await approveAnswer(tx, caller, { answerId, revision: reworded?.revision ?? revision, now })
    const writerId = standing.createdBy
    if (writerId !== memberId)
      await tellWriter(services, tx, caller, { id, writerId, kind: 'answer-approved', note: '' })
    return { answerId, events: [...(reworded?.events ?? []), ...approved.events] }
  })

/** Its writer has the words again, below what they began meanwhile: nothing is lost. */
export const sendBack = (
  services: Deps,
  caller: Caller,
  { id, answerId, note }: { id: string; answerId: string; note: string },
) =>
  within(services, caller, id, async (tx, _, now) => {
    const { orgId, memberId } = caller
    const { text, media, createdBy: writerId } = await mustStand(tx, orgId, { id, answerId })
    const { events } = await discardAnswer(tx, caller, { answerId, reason: note, now })
    const of = { conversationId: id, memberId: writerId }
    const origin = (await originsOf(tx, orgId, [answerId])).get(answerId)
    const from = { given: origin?.given ?? [], reply_ids: origin?.reply_ids ?? [] }
    await giveBack(tx, orgId, of, { text, media, ...from, note, note_by: memberId, at: now })
    await tellWriter(services, tx, caller, { id, writerId, kind: 'answer-sent-back', note })
    return { answerId, events: events.map((event) => ({ ...event, verb: 'answer.sent-back' })) }
  })

async function mustStand(tx: Tx, orgId: string, { id, answerId }: { id: string; answerId: string }) {
  const standing = (await answersOf(tx, orgId, [answerId])).get(answerId)
  if (standing?.conversationId !== id) throw notFound('answer')
  if (standing.state !== 'in-review')
    throw new Refusal('nothing-to-approve', { status: 409, params: { state: standing.state } })
  return standing
}
