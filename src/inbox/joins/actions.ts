// Verbs that put conversations together and apart. People alone do it, and each can be undone.

import type { z } from 'zod'
import { inOrgRetried } from '../../db/retry.ts'
import { readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import { moveAnswers } from '../../publishing/answers/move-answers.ts'
import type { Services } from '../../services.ts'
import { dropDrafts } from '../answers/store-drafts.ts'
import { announce } from '../conversations/announce.ts'
import {
  type ConversationRow,
  findConversation,
  insertEntry,
  lockConversation,
  updateConversation,
} from '../conversations/store.ts'
import { moveRounds } from '../promises/store-rounds.ts'
import { tendPromises } from '../promises/tend.ts'
import { summarise } from '../reading/store.ts'
import { keepWords } from '../search/keep-words.ts'
import { copySeen } from '../unread/store.ts'
import { carryAll, carryBack } from './carry.ts'
import type { joinView } from './contract.ts'
import { mergeFault, stateTogether } from './rules.ts'
import {
  type Before,
  emptyConversation,
  endJoin,
  findJoin,
  insertJoin,
  insertSplit,
  isEmpty,
  isPartOfThread,
  type JoinRow,
  joinRows,
  leadBack,
  leadElsewhere,
  lockJoin,
  messagesFrom,
  moveRows,
  restoreConversation,
  type ShownJoin,
  setGoesOnIn,
} from './store.ts'

type Deps = Pick<Services, 'db' | 'clock'>
type JoinShown = z.infer<typeof joinView>

export const listJoins = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    return shown(tx, orgId, await joinRows(tx, orgId, { conversationId: id }))
  })

/** @throws Refusal of `mergeFault`, at `from`. */
export const mergeConversations = (
  { db, clock }: Deps,
  caller: Caller,
  { id, from: fromId }: { id: string; from: string },
): Promise<JoinShown> =>
  inOrgRetried(db, caller.orgId, async (tx) => {
    const { orgId, memberId: by, actor } = caller
    const at = clock()
    const [from, into] = await lockBoth(tx, orgId, fromId, id)
    const fault = mergeFault(from, into)
    if (fault) throw new Refusal(fault, { status: 409, field: 'from' })
    const state = stateTogether(from.state, into.state)
    const { replaced, ...moved } = await carryAll(tx, orgId, { from: from.id, into: into.id })
    const followers = await leadElsewhere(tx, orgId, { from: from.id, into: into.id })
    await emptyConversation(tx, orgId, from.id, { goesOnIn: into.id, at })
    await updateConversation(tx, orgId, into.id, {
      ...{ owner_id: into.owner_id ?? from.owner_id, department_id: into.department_id ?? from.department_id },
      ...(state === into.state ? {} : { state, reason: null, snoozed_until: null, closed_at: null, closed_by: null }),
    })
    const join = await insertJoin(tx, {
      ...{ org_id: orgId, kind: 'merged', from_id: from.id, into_id: into.id, ...moved, at, by },
      before: { ...beforeOf(from), followers, replaced },
    })
    await insertEntry(tx, orgId, into.id, { kind: 'joined', at, by, facts: { reason: 'merged' } })
    return settle(tx, caller, { join, touched: [from.id, into.id], verb: 'conversation.merged', at, actor })
  })

interface Splitting {
  id: string
  messageId: string
  what: 'onward' | 'one'
}

/** @throws Refusal `nothing-left` where all of it would go. */
export const splitConversation = (
  { db, clock }: Deps,
  caller: Caller,
  { id, messageId, what }: Splitting,
): Promise<JoinShown> =>
  inOrgRetried(db, caller.orgId, async (tx) => {
    const { orgId, memberId: by, actor } = caller
    const at = clock()
    const from = await lockConversation(tx, orgId, id)
    if (!from) throw notFound('conversation')
    const onward = what === 'onward'
    const messages = await messagesFrom(tx, orgId, { conversationId: id, messageId, onward })
    if (messages.length === 0) throw notFound('message')
    if (messages.length === from.message_count) throw new Refusal('nothing-left', { status: 409, field: 'messageId' })
    const into = await insertSplit(tx, from, messageId)
    await copySeen(tx, orgId, { from: id, into })
    const ids = messages.map((message) => message.id)
    await moveRows(tx, orgId, 'messages', { from: id, into, ids })
    const answering = messages.map(({ remoteId }) => remoteId)
    const answer_ids = await moveAnswers(tx, orgId, { from: id, into, answering })
    await moveRounds(tx, orgId, { from: id, into, only: { rounds: [], messageIds: ids } })
    // Where the whole thread is one conversation, what comes goes on in the newest part of it.
    if (onward && from.goes_on_in === null && (from.branch === '' || (await isPartOfThread(tx, orgId, id))))
      await setGoesOnIn(tx, orgId, id, into)
    const join = await insertJoin(tx, {
      ...{ org_id: orgId, kind: 'split', from_id: id, into_id: into, message_ids: ids, answer_ids, at, by },
      ...{ entry_ids: [], question_ids: [], rounds: [] },
      before: beforeOf(from),
    })
    for (const each of [id, into])
      await insertEntry(tx, orgId, each, { kind: 'joined', at, by, facts: { reason: 'split' } })
    return settle(tx, caller, { join, touched: [id, into], verb: 'conversation.split', at, actor })
  })

/** @throws Refusal `undone-already`, or `changed-meanwhile` where none of it is there any more. */
export const undoJoin = ({ db, clock }: Deps, caller: Caller, { id }: { id: string }): Promise<JoinShown> =>
  inOrgRetried(db, caller.orgId, async (tx) => {
    const { orgId, memberId: by, actor } = caller
    const at = clock()
    const found = await findJoin(tx, orgId, id)
    if (!found) throw notFound('conversation-join')
    const [from, into] = await lockBoth(tx, orgId, found.from_id, found.into_id)
    const join = (await lockJoin(tx, orgId, id)) ?? found
    if (join.undone_at) throw new Refusal('undone-already', { status: 409 })
    if (join.from_id !== from.id || join.into_id !== into.id) throw new Refusal('changed-meanwhile', { status: 409 })
    // Where it was taken out of is part of another by now.
    if (join.kind === 'split' && from.message_count === 0) throw new Refusal('changed-meanwhile', { status: 409 })
    if (from.wall_id !== into.wall_id) throw new Refusal('other-wall', { status: 409 })
    const moved = join.kind === 'merged' ? await takeApart(tx, join, at) : await putTogether(tx, join, at)
    if (moved === 0) throw new Refusal('changed-meanwhile', { status: 409 })
    await endJoin(tx, orgId, id, { at, by })
    await insertEntry(tx, orgId, join.from_id, { kind: 'joined', at, by, facts: { reason: 'undone' } })
    const touched = [join.from_id, join.into_id]
    return settle(tx, caller, { join: id, touched, verb: 'conversation.join-undone', at, actor })
  })

/** What was merged goes back to where it came from. */
async function takeApart(tx: Tx, join: JoinRow, at: Date): Promise<number> {
  const { org_id: orgId, from_id: from, into_id: into, before } = join
  const moved = await carryBack(tx, orgId, { ...join, from, into, replaced: before.replaced, at })
  await restoreConversation(tx, orgId, from, before)
  await leadBack(tx, orgId, { from: into, into: from, ids: before.followers })
  // All that it had of its own was taken out of it meanwhile.
  if (moved > 0 && (await isEmpty(tx, orgId, into))) await emptyConversation(tx, orgId, into, { goesOnIn: from, at })
  return moved
}

/** What was taken out is part of it again, with all that came to it since. */
async function putTogether(tx: Tx, { org_id: orgId, from_id, into_id, before }: JoinRow, at: Date): Promise<number> {
  const { message_ids } = await carryAll(tx, orgId, { from: into_id, into: from_id })
  await setGoesOnIn(tx, orgId, from_id, before.goesOnIn)
  // Nothing leads back there: what was begun in it stands in the whole alone.
  await dropDrafts(tx, orgId, into_id)
  await emptyConversation(tx, orgId, into_id, { goesOnIn: from_id, at })
  await leadElsewhere(tx, orgId, { from: into_id, into: from_id })
  return message_ids.length
}

/** In one order always: two people who put the same together must not wait for each other in a circle. */
async function lockBoth(
  tx: Tx,
  orgId: string,
  one: string,
  other: string,
): Promise<[ConversationRow, ConversationRow]> {
  const rows = new Map<string, ConversationRow | undefined>()
  for (const id of [one, other].sort()) rows.set(id, await lockConversation(tx, orgId, id))
  const [first, second] = [rows.get(one), rows.get(other)]
  if (!first || !second) throw notFound('conversation')
  return [first, second]
}

const beforeOf = (row: ConversationRow): Before => ({
  ...{ contactId: row.contact_id, ownerId: row.owner_id, departmentId: row.department_id, state: row.state },
  ...{ reason: row.reason, snoozedUntil: row.snoozed_until?.toISOString() ?? null, closedBy: row.closed_by },
  ...{ closedAt: row.closed_at?.toISOString() ?? null, goesOnIn: row.goes_on_in, followers: [] },
})

/** Lists, words and pages follow; then it is told. */
async function settle(
  tx: Tx,
  { orgId }: Caller,
  {
    join,
    touched,
    verb,
    at,
    actor,
  }: { join: string; touched: string[]; verb: string; at: Date; actor: Caller['actor'] },
): Promise<JoinShown> {
  await summarise(tx, orgId, touched)
  await keepWords(tx, orgId, touched)
  await tendPromises(tx, orgId, touched, at)
  await announce(tx, orgId, touched)
  const [row] = await joinRows(tx, orgId, { id: join })
  const [view] = await shown(tx, orgId, [row!])
  const facts = { fromId: row!.from_id, intoId: row!.into_id }
  await record(tx, orgId, actor, at, { verb, subject: { kind: 'conversation', id: row!.into_id }, facts })
  return view!
}

async function shown(tx: Tx, orgId: string, rows: readonly ShownJoin[]): Promise<JoinShown[]> {
  const person = await readActors(
    tx,
    orgId,
    rows.flatMap(({ by, undone_by }) => [by, undone_by]),
  )
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, from: row.from, into: row.into, messages: row.message_ids.length },
    ...{ at: row.at.toISOString(), by: person(row.by) },
    ...{ undoneAt: row.undone_at?.toISOString() ?? null, undoneBy: person(row.undone_by) },
  }))
}
