// Verbs of conversations: look at one, say who has it, move it, write a note.

import { z } from 'zod'
import { inOrgRetried } from '../../db/retry.ts'
import { lookEverywhere, readInOrg, type Tx } from '../../db/tx.ts'
import { type NewEvent, record, recordAll } from '../../events/actions.ts'
import { pageFrom, readCursor } from '../../lib/paging.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { isActiveMember } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { tendPromises } from '../promises/tend.ts'
import { isOfDepartment, mustBeHandable, placeByPerson, raisePingPong } from '../routing/hand-on.ts'
import type { CloseReason, ConversationState } from '../types.ts'
import { announce } from './announce.ts'
import { mustGoOnHere } from './goes-on.ts'
import { tellMentioned } from './mentions.ts'
import type { OneOfMany } from './one-of-many.ts'
import { ownerBehindWall } from './owners-behind-walls.ts'
import { faultField, moveFault } from './rules.ts'
import {
  type ConversationChange,
  type ConversationRow,
  conversationRows,
  departmentName,
  entryRows,
  findConversation,
  insertEntry,
  lockConversation,
  messageRows,
  type NewEntry,
  updateConversation,
} from './store.ts'
import { tellOwner } from './tell-owner.ts'
import { type ConversationShown, conversationShower, entryShower, messageShown } from './views.ts'

type Reading = Pick<Services, 'db'>
type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

const place = z.tuple([z.iso.datetime(), z.uuid()])

export const readConversation = ({ db }: Reading, caller: Caller, { id }: { id: string }) =>
  readInOrg(db, caller.orgId, (tx) => conversationShown(tx, caller, id))

async function conversationShown(tx: Tx, { orgId, memberId }: Caller, id: string): Promise<ConversationShown> {
  const one = { id, memberId, state: 'all', holder: 'anybody', order: 'newest', after: null, limit: 1 } as const
  const rows = await conversationRows(tx, orgId, one)
  if (!rows[0]) throw notFound('conversation')
  return (await conversationShower(tx, orgId, rows))(rows[0])
}

/** What belongs to a conversation is seen by whoever sees it (its policy): where there is none, it is looked for itself. */
async function mustBeSeen(tx: Tx, { orgId }: Caller, id: string, found: readonly unknown[]): Promise<void> {
  if (found.length === 0 && !(await findConversation(tx, orgId, id))) throw notFound('conversation')
}

type Paged = { id: string; limit: number; cursor?: string | undefined }

export const listMessages = ({ db }: Reading, caller: Caller, { id, limit, cursor }: Paged) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const after = readCursor(cursor, place)
    const rows = await messageRows(tx, caller.orgId, { conversationId: id, after, limit: limit + 1 })
    await mustBeSeen(tx, caller, id, rows)
    return pageFrom(rows, limit, (row) => [row.at.toISOString(), row.id], messageShown)
  })

export const listHistory = ({ db }: Reading, caller: Caller, { id, limit, cursor }: Paged) =>
  readInOrg(db, caller.orgId, async (tx) => {
    const after = readCursor(cursor, place)
    const rows = await entryRows(tx, caller.orgId, { conversationId: id, after, limit: limit + 1 })
    await mustBeSeen(tx, caller, id, rows)
    const show = await entryShower(tx, caller.orgId, rows)
    return pageFrom(rows, limit, (row) => [row.at.toISOString(), row.id], show)
  })

// ── Handling ────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Done {
  change: ConversationChange
  entry: NewEntry
  event: string
  facts: Record<string, unknown>
  /** Who has it from now on, and is told. */
  ownerId?: string | null
}

const noteOf = (done: readonly Done[]): string => done.find(({ entry }) => entry.note)?.entry.note ?? ''

/** Under a lock: what somebody else did a moment ago is seen. */
const change = (
  services: Deps,
  caller: Caller,
  { id, begin, end }: Pick<OneOfMany, 'begin' | 'end'> & { id: string },
  decide: (tx: Tx, conversation: ConversationRow, at: Date) => Promise<Done[]>,
): Promise<ConversationShown> =>
  inOrgRetried(services.db, caller.orgId, async (tx) => {
    const { orgId, actor } = caller
    const at = services.clock()
    const conversation = await lockConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    await begin?.(tx, conversation)
    const done = await decide(tx, conversation, at)
    // Where it goes may be behind a wall that this person is not behind: what they are shown is their last look at it, and of whom it is
    // with what they knew before.
    const moves = done.some(({ change: { department_id: to } }) => to !== undefined)
    const known = moves ? await conversationShown(tx, caller, id) : null
    if (moves) await lookEverywhere(tx)
    for (const { change: values, entry } of done) {
      await updateConversation(tx, orgId, id, values)
      await insertEntry(tx, orgId, id, entry)
    }
    for (const { ownerId } of done)
      if (ownerId && ownerId !== caller.memberId)
        await tellOwner(services, tx, conversation, { ownerId, note: noteOf(done) })
    if (done.length > 0) {
      await tendPromises(tx, orgId, [id], at)
      await announce(tx, orgId, [id], conversation.wall_id)
    }
    await end?.(tx)
    const shown = await conversationShown(tx, caller, id)
    const told = done.map(
      ({ event, facts }): NewEvent => ({ verb: event, subject: { kind: 'conversation', id }, facts }),
    )
    await recordAll(tx, orgId, actor, at, told)
    return known ? { ...shown, contact: known.contact, goesOnIn: known.goesOnIn } : shown
  })

interface Assigning extends OneOfMany {
  id: string
  ownerId?: string | null | undefined
  departmentId?: string | null | undefined
  note: string
}

/**
 * Whoever has it and is of another department loses it when it is handed on, unless somebody is named.
 * @throws Refusal where the owner is not (any more) of the organisation, the department is not there, or it may not be handed there;
 * `not-in-department` where the department is a wall and the owner not behind it.
 */
export const assignConversation = (services: Deps, caller: Caller, given: Assigning) =>
  assign(services, caller, given).catch(async (error: unknown) => {
    if (error instanceof Refusal && error.code === 'ping-pong') await raisePingPong(services, caller, given.id)
    throw error
  })

const assign = (services: Deps, caller: Caller, { ownerId: named, departmentId, note, ...one }: Assigning) =>
  change(services, caller, one, async (tx, conversation, at) => {
    const { orgId, memberId: by } = caller
    const done: Done[] = []
    let ownerId = named
    if (departmentId !== undefined && departmentId !== conversation.department_id) {
      const to = departmentId && (await departmentName(tx, orgId, departmentId))
      if (departmentId !== null && to === null) throw new Refusal('department-not-found', { field: 'departmentId' })
      await mustBeHandable(tx, caller, conversation, { departmentId, note })
      const from = conversation.department_id && (await departmentName(tx, orgId, conversation.department_id))
      const facts = { from, to, fromId: conversation.department_id, toId: departmentId }
      const isHandedOn = from !== null && departmentId !== null && named === undefined
      if (isHandedOn && !(await isOfDepartment(tx, orgId, conversation.owner_id, departmentId))) ownerId = null
      done.push({
        ...{ change: { department_id: departmentId }, event: 'conversation.handed-over', facts },
        entry: { kind: 'department', at, by, note, facts },
      })
    }
    const department = departmentId === undefined ? conversation.department_id : departmentId
    ownerId = await ownerBehindWall(tx, conversation, { department, ownerId })
    if (ownerId !== undefined && ownerId !== conversation.owner_id) {
      if (ownerId !== null && !(await isActiveMember(tx, orgId, ownerId)))
        throw new Refusal('not-in-organisation', { field: 'ownerId' })
      const facts = { from: conversation.owner_id, to: ownerId }
      done.push({
        ...{ change: { owner_id: ownerId }, event: 'conversation.assigned', facts },
        ...(one.isOneOfMany ? {} : { ownerId }),
        entry: { kind: 'owner', at, by, note: done.length > 0 ? '' : note, facts },
      })
    }
    if (done.length > 0)
      await placeByPerson(services, tx, conversation, {
        departmentId: department,
        ownerId: ownerId === undefined ? conversation.owner_id : ownerId,
        // Given back, or handed on: somebody else is looked for. Taken from somebody by another: that is for people.
        ...{ look: ownerId !== null || named === undefined || conversation.owner_id === by, now: at },
      })
    return done
  })

interface Moving extends OneOfMany {
  id: string
  to: ConversationState
  reason?: CloseReason | undefined
  until?: string | undefined
  note: string
}

const eventOf: Record<ConversationState, string> = {
  open: 'conversation.opened',
  snoozed: 'conversation.put-off',
  closed: 'conversation.closed',
}

/** @throws Refusal `conversation-there-already`, `reason-missing`, `until-missing`, `until-past`. */
export const moveConversation = (services: Deps, caller: Caller, { to, note, ...given }: Moving) =>
  change(services, caller, given, async (_, conversation, at) => {
    const move = { to, reason: given.reason ?? null, until: given.until ? new Date(given.until) : null }
    const fault = moveFault(conversation.state, move, at)
    if (fault) throw new Refusal(fault, { status: 409, field: faultField[fault] })
    const by = caller.memberId
    const isClosing = to === 'closed'
    const reason = isClosing ? move.reason : null
    const until = to === 'snoozed' ? move.until : null
    const facts = { from: conversation.state, to, reason, ...(until ? { until: until.toISOString() } : {}) }
    const values = {
      state: to,
      reason,
      snoozed_until: until,
      closed_at: isClosing ? at : null,
      closed_by: isClosing ? by : null,
    }
    return [{ change: values, entry: { kind: 'state', at, by, note, facts }, event: eventOf[to], facts }]
  })

/**
 * Who is named in it with an @ is told, where they may know of the conversation.
 * @throws Refusal `goes-on-elsewhere`.
 */
export const noteOnConversation = (services: Deps, caller: Caller, { id, note }: { id: string; note: string }) =>
  inOrgRetried(services.db, caller.orgId, async (tx) => {
    const { orgId, memberId, actor } = caller
    const at = services.clock()
    const conversation = await lockConversation(tx, orgId, id)
    if (!conversation) throw notFound('conversation')
    await mustGoOnHere(tx, conversation, 'note')
    await tellMentioned(services, tx, caller, { conversation, note })
    const made = await insertEntry(tx, orgId, id, { kind: 'note', at, by: memberId, note })
    await announce(tx, orgId, [id])
    const rows = await entryRows(tx, orgId, { conversationId: id, id: made, after: null, limit: 1 })
    const shown = (await entryShower(tx, orgId, rows))(rows[0]!)
    await record(tx, orgId, actor, at, { verb: 'conversation.noted', subject: { kind: 'conversation', id } })
    return shown
  })
