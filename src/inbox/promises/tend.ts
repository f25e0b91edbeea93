// Tells the promises of conversations anew after something happened in them, in the same transaction: what is due when, and what was kept.

import type { Tx } from '../../db/tx.ts'
import { answersOfConversations } from '../../publishing/answers/read-answers.ts'
import { type Choice, newChoices } from './choices.ts'
import { timelineOf } from './conversation-timeline.ts'
import { dueOf } from './due-of.ts'
import { nextDue } from './next-due.ts'
import { type StableRounds, withStableRounds } from './rounds.ts'
import { type Rulebook, readRulebook } from './rulebook.ts'
import {
  choicesOf,
  type DueRow,
  insertChoices,
  lockPromised,
  type MessageTold,
  messagesTold,
  type PromisedConversation,
  type StateTold,
  statesTold,
  writeClocks,
  writeDue,
} from './store.ts'
import { knownRounds, renameRounds } from './store-rounds.ts'
import type { PromiseClock } from './timeline.ts'

export interface Tended {
  conversation: PromisedConversation
  clocks: PromiseClock[]
}

/**
 * Call it last among what changes a conversation: messages, state, department, priority, owner. Cheap where nothing was ever promised.
 * @param now Messages that were heard at this very instant get their promise by their own time.
 */
export async function tendPromises(tx: Tx, orgId: string, ids: readonly string[], now: Date): Promise<Tended[]> {
  if (ids.length === 0) return []
  const book = await readRulebook(tx, orgId)
  if (!book) return []
  const conversations = await lockPromised(tx, orgId, [...new Set(ids)])
  const stored = await storedOf(tx, orgId, conversations)
  const rounds = await knownRounds(
    tx,
    orgId,
    conversations.map(({ id }) => id),
  )
  const made: { id: string; choices: Choice[] }[] = []
  const renamed: ({ id: string } & StableRounds['renamed'][number])[] = []
  const tended = conversations.map((conversation): Tended => {
    const facts = stored(conversation.id)
    const messages = owedIn(conversation, facts.messages)
    const choices = choicesFor(conversation, { ...facts, messages }, book, now)
    made.push({ id: conversation.id, choices })
    const policies = [...facts.choices, ...choices]
    const timeline = timelineOf({ messages: [...messages, ...facts.unread], states: facts.states, policies })
    const stable = withStableRounds(
      dueOf(timeline, book, now, noEarlier(now, timeline)),
      rounds.get(conversation.id) ?? [],
    )
    renamed.push(...stable.renamed.map((each) => ({ id: conversation.id, ...each })))
    return { conversation, clocks: stable.clocks }
  })
  await insertChoices(
    tx,
    orgId,
    made.flatMap(({ id, choices }) => choices.map((choice) => ({ ...choice, conversation_id: id }))),
  )
  await renameRounds(tx, orgId, renamed)
  await writeClocks(
    tx,
    orgId,
    tended.map(({ conversation, clocks }) => ({ of: conversation, clocks })),
  )
  await writeDue(
    tx,
    orgId,
    tended.map(({ conversation, clocks }) => dueRowOf(conversation.id, clocks, now)),
  )
  return tended
}

/** What is stored was said, also where a clock was set back since, or a network dates it ahead: else nothing would be owed for it, for good. */
function noEarlier(now: Date, timeline: readonly { at: Date }[]): Date {
  const last = timeline.at(-1)?.at
  return last && last > now ? last : now
}

function choicesFor(
  conversation: PromisedConversation,
  { messages, choices: before }: Pick<StoredFacts, 'messages' | 'choices'>,
  book: Rulebook,
  now: Date,
): Choice[] {
  const first = before[0]
  return newChoices({
    before,
    messages: messages.filter(({ removedAt }) => removedAt === null),
    // Also what came from another conversation and is older than all that was chosen here.
    isFresh: ({ at, heard_at }) => heard_at.getTime() === now.getTime() || first === undefined || at < first.at,
    facts: {
      ...{ accountId: conversation.account_id, saidAs: conversation.kind },
      ...{ departmentId: conversation.department_id, priority: conversation.priority },
    },
    inForceAt: (at) => (at < conversation.account_since ? [] : book.inForceAt(at)),
    now,
  })
}

/** What comes to a conversation that was closed as spam is owed nothing. */
const owedIn = ({ state, reason, closed_at }: PromisedConversation, messages: MessageTold[]): MessageTold[] =>
  state === 'closed' && reason === 'spam'
    ? messages.filter(({ isOurs, at }) => isOurs || closed_at === null || at <= closed_at)
    : messages

interface StoredFacts {
  messages: MessageTold[]
  states: StateTold[]
  choices: Choice[]
  /** Answers that are out and that the network has not brought back yet: whoever answered in time kept the promise. */
  unread: { id: string; at: Date; isOurs: true; removedAt: null }[]
}

async function storedOf(tx: Tx, orgId: string, conversations: readonly PromisedConversation[]) {
  const ids = conversations.map(({ id }) => id)
  const messages = Map.groupBy(await messagesTold(tx, orgId, ids), (each) => each.conversation_id)
  const states = Map.groupBy(await statesTold(tx, orgId, ids), (each) => each.conversation_id)
  const choices = Map.groupBy(await choicesOf(tx, orgId, ids), (each) => each.conversation_id)
  const answers = await answersOfConversations(tx, orgId, ids)
  return (id: string): StoredFacts => {
    const said = messages.get(id) ?? []
    const back = new Set(said.map(({ remoteId }) => remoteId))
    const unread = (answers.get(id) ?? []).flatMap(({ id: answerId, state, remoteId, publishedAt }) =>
      state === 'published' && publishedAt !== null && (remoteId === null || !back.has(remoteId))
        ? [{ id: answerId, at: new Date(publishedAt), isOurs: true as const, removedAt: null }]
        : [],
    )
    return { messages: said, states: states.get(id) ?? [], choices: choices.get(id) ?? [], unread }
  }
}

/** The ladder looks at it again when it is due soon; what has begun to climb is looked at by the next sweep. */
function dueRowOf(id: string, clocks: readonly PromiseClock[], now: Date): DueRow {
  const next = nextDue(clocks)
  const due = next && (next.brokenAt ?? next.dueAt)
  const soon = next?.dueSoonAt ?? due
  const times = clocks.flatMap((clock) => {
    const at = clock.endedAt === null ? (clock.dueSoonAt ?? clock.brokenAt ?? clock.dueAt) : null
    return at ? [Math.max(at.getTime(), now.getTime())] : []
  })
  return {
    ...{ id, due_at: due, due_soon_at: soon && due && soon > due ? due : soon, due_metric: next?.metric ?? null },
    climb_at: times.length > 0 ? new Date(Math.min(...times)) : null,
  }
}
