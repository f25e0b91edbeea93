// Verbs of answers while they are written: kept on the server for each person, and saved replies put into them.

import type { z } from 'zod'
import type { DraftMedia } from '../../connectors/contract.ts'
import { inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findConversation } from '../conversations/store.ts'
import { fill, putIn } from '../replies/rules.ts'
import { findReply } from '../replies/store.ts'
import type { draftView } from './contract-drafts.ts'
import { dropDraft, findDraft, holdConversation, keepDraft, variableFacts } from './store-drafts.ts'

type Shown = z.infer<typeof draftView>
type Deps = Pick<Services, 'db' | 'clock'>

export const readDraft = ({ db }: Pick<Services, 'db'>, caller: Caller, { id }: { id: string }): Promise<Shown> =>
  readInOrg(db, caller.orgId, async (tx) => {
    await mustBeThere(tx, caller, id)
    return draftShown(tx, caller, id)
  })

interface Saving {
  id: string
  text: string
  media: DraftMedia[]
  basedOn?: string | null | undefined
}

/**
 * Words of a person beside what was given stay theirs; what a program keeps counts as given as a whole, so that a person has to make it
 * personal. Without words nothing is kept, and what was put in is forgotten with them.
 * @throws Refusal `edited-elsewhere` where it is not what `basedOn` names any more: something came back, or another page has it.
 */
export const saveDraft = ({ db, clock }: Deps, caller: Caller, { id, text, media, basedOn }: Saving): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    if (!(await holdConversation(tx, caller.orgId, id))) throw notFound('conversation')
    const of = { conversationId: id, memberId: caller.memberId }
    const given = caller.actor.kind === 'token' ? { given: [text] } : {}
    const isKept =
      text.trim() === '' && media.length === 0
        ? await dropDraft(tx, caller.orgId, of, { basedOn })
        : await keepDraft(tx, caller.orgId, of, { text, media, ...given, basedOn, at: clock() })
    if (!isKept) throw editedElsewhere()
    return draftShown(tx, caller, id)
  })

const editedElsewhere = () => new Refusal('edited-elsewhere', { status: 409, field: 'basedOn' })

interface Inserting {
  id: string
  replyId: string
  text: string
  at: number
  basedOn?: string | null | undefined
}

/** @throws Refusal `reply-retired`, `edited-elsewhere`. */
export const insertReply = (
  { db, clock }: Deps,
  caller: Caller,
  { id, replyId, text, at, basedOn }: Inserting,
): Promise<Shown> =>
  inOrg(db, caller.orgId, async (tx) => {
    const { orgId, memberId } = caller
    if (!(await holdConversation(tx, orgId, id))) throw notFound('conversation')
    const { words, empty } = await filledReply(tx, caller, id, replyId)
    const of = { conversationId: id, memberId }
    const before = (await findDraft(tx, orgId, of)) ?? { media: [], given: [], reply_ids: [] }
    const isNew = text.trim() === ''
    const isKept = await keepDraft(tx, orgId, of, {
      ...{ text: putIn(text, words, at), media: before.media, basedOn, at: clock() },
      // What was put in before and is gone from the form as a whole is no part of what has to be changed.
      given: isNew ? [words] : [...before.given, words],
      reply_ids: [...new Set(isNew ? [replyId] : [...before.reply_ids, replyId])],
    })
    if (!isKept) throw editedElsewhere()
    return { ...(await draftShown(tx, caller, id)), empty }
  })

/** A saved reply as it reads in this conversation. @throws Refusal `reply-retired`. */
export async function filledReply(
  tx: Tx,
  { orgId, memberId }: Caller,
  id: string,
  replyId: string,
): Promise<{ title: string; words: string; empty: string[] }> {
  const reply = await findReply(tx, orgId, replyId)
  if (!reply) throw notFound('saved reply')
  if (reply.retired_at !== null) throw new Refusal('reply-retired', { status: 409, field: 'replyId' })
  const me = (await readActors(tx, orgId, [memberId]))(memberId).name
  const { text, empty } = fill(reply.body, await variableFacts(tx, orgId, id, me))
  return { title: reply.title, words: text, empty }
}

async function mustBeThere(tx: Tx, { orgId }: Caller, id: string): Promise<void> {
  if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
}

async function draftShown(tx: Tx, { orgId, memberId }: Caller, conversationId: string): Promise<Shown> {
  const row = await findDraft(tx, orgId, { conversationId, memberId })
  const person = await readActors(tx, orgId, [row?.note_by ?? null])
  return {
    ...{ text: row?.text ?? '', media: row?.media ?? [], given: row?.given ?? [], empty: [], note: row?.note ?? '' },
    ...{ noteBy: person(row?.note_by ?? null), updatedAt: row?.updated_at.toISOString() ?? null },
    revision: row?.revision ?? null,
  }
}
