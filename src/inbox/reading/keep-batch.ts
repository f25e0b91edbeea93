// Stores what a network told of an account's conversations, with the place to go on from, in one transaction: nothing is lost and nothing doubled.

import type { InboxBatch, Said } from '../../connectors/converse.ts'
import { type Db, inOrg, seenBy, type Tx } from '../../db/tx.ts'
import type { Labels } from '../../listening/mentions/types.ts'
import { contactsOf } from '../contacts/keep.ts'
import { announce } from '../conversations/announce.ts'
import { tendPromises } from '../promises/tend.ts'
import { unmarkEmptied } from '../retention/empty.ts'
import { routeArrivals } from '../routing/route-arrivals.ts'
import type { Understood } from '../routing/subjects.ts'
import { keepWords } from '../search/keep-words.ts'
import { joinEarly } from './join-early.ts'
import { advance, type Reading } from './leases.ts'
import { place, placesOf } from './place.ts'
import {
  conversationsAt,
  emptyMessages,
  hashOf,
  insertConversations,
  insertGaps,
  insertMessages,
  lockConversations,
  noteSaidToUs,
  reopen,
  rewriteMessages,
  type Stored,
  storedMessages,
  summarise,
} from './store.ts'

/** Another worker holds the reading: it stores what there is. */
export class LeaseLost extends Error {}

export interface Circumstances {
  network: string
  now: Date
  /** How a message is understood; null: there is nothing to be understood. */
  label(said: Said): Labels | null
  /** What triage asks of it beyond labels; absent: nothing was understood. */
  understand?: (said: Said) => Understood | null
  /** When it is taken over from listening; absent: it came to the account by itself. */
  takenAt?: Date | null
}

/** Answers how many messages were new. @throws LeaseLost */
export function keepBatch(db: Db, reading: Reading, batch: InboxBatch, circumstances: Circumstances): Promise<number> {
  const { orgId } = reading
  const { now } = circumstances
  // It is nobody's look: what is said goes also behind walls.
  return inOrg(seenBy(db, 'all'), orgId, async (tx) => {
    if (!(await advance(tx, reading, { cursor: batch.cursor, unreadable: batch.unreadable, now })))
      throw new LeaseLost()
    await insertGaps(tx, reading, batch.gaps, now)
    return keepTold(tx, reading, latestOf(batch), circumstances)
  })
}

/**
 * Stores what is told, each message once, and what follows of it. Whoever calls holds the reading of the account, and looks everywhere. Answers
 * how many were new.
 */
export async function keepTold(tx: Tx, of: Of, { said, removed }: Told, circumstances: Circumstances): Promise<number> {
  const { orgId } = of
  const { now, takenAt = null } = circumstances
  const known = await lockKnown(tx, of, { said, removed, ...circumstances })
  const { stored } = known
  const changed = said.filter((each) => stored.get(each.id)?.hash !== hashOf(each))
  const fresh = changed.filter(({ id }) => !stored.has(id)).sort((a, b) => a.at.getTime() - b.at.getTime())
  const inserted = await keepFresh(tx, of, fresh, { ...circumstances, ...known })
  const again = changed.flatMap((each) => {
    const id = stored.get(each.id)?.id
    return id === undefined ? [] : [{ id, said: each, labels: circumstances.label(each) }]
  })
  const rewritten = await rewriteMessages(tx, orgId, again, now)
  // What was heard first and now comes to the account by itself was said to us after all.
  const ofUs =
    takenAt === null
      ? await noteSaidToUs(
          tx,
          orgId,
          said.flatMap(({ id }) => stored.get(id) ?? []),
        )
      : []
  const emptied = await emptyMessages(
    tx,
    orgId,
    removed.flatMap((id) => stored.get(id)?.id ?? []),
    now,
  )
  const touched = [...new Set([...inserted, ...rewritten, ...ofUs, ...emptied])]
  await summarise(tx, orgId, touched)
  await keepWords(tx, orgId, touched)
  await unmarkEmptied(tx, orgId, [...inserted, ...rewritten])
  const reopened = await reopen(tx, orgId, inserted, now)
  const byId = new Map(said.map((each) => [each.id, each]))
  const understoodOf = (remoteId: string) => {
    const told = byId.get(remoteId)
    return told && (circumstances.understand?.(told) ?? null)
  }
  const news = changed.map(({ id }) => id)
  await routeArrivals(tx, orgId, { ids: [...new Set([...inserted, ...rewritten])], reopened, understoodOf, news, now })
  await tendPromises(tx, orgId, touched, now)
  await announce(tx, orgId, touched)
  return fresh.length
}

type Of = Pick<Reading, 'orgId' | 'accountId'>

interface Told {
  said: readonly Said[]
  removed: readonly string[]
}

/** What a message is in the end, where the batch tells of it several times. */
function latestOf({ events }: InboxBatch): Told {
  const said = new Map<string, Said>()
  const removed = new Set<string>()
  for (const event of events) {
    if (event.type === 'removed') {
      said.delete(event.id)
      removed.add(event.id)
    } else if (event.type !== 'author') {
      said.set(event.said.id, event.said)
      removed.delete(event.said.id)
    }
  }
  return { said: [...said.values()], removed: [...removed] }
}

interface KnownHere {
  stored: Map<string, Stored>
  byPlace: Map<string, string>
}

/**
 * What there is of a batch already, and where the rest of it belongs. People may put conversations together at this moment: whatever was found
 * is locked, and looked up again, until it is all the same as before.
 */
async function lockKnown(
  tx: Tx,
  of: Of,
  { said, removed, network, now }: Told & Pick<Circumstances, 'network' | 'now'>,
): Promise<KnownHere> {
  const messages = [...said.flatMap(({ id, replyTo }) => (replyTo === null ? [id] : [id, replyTo])), ...removed]
  const locked = new Set<string>()
  for (let isFirst = true; ; isFirst = false) {
    const stored = await storedMessages(tx, of, messages)
    const fresh = said.filter(({ id }) => !stored.has(id))
    const byPlace = await conversationsAt(tx, of, fresh.flatMap(placesOf))
    const found = new Set([...[...stored.values()].map(({ conversationId }) => conversationId), ...byPlace.values()])
    // Persons before conversations: so does whoever puts persons together.
    if (isFirst) await contactsOf(tx, of.orgId, network, authorsOf(fresh), now)
    const more = [...found].filter((id) => !locked.has(id))
    if (more.length === 0) return { stored, byPlace }
    await lockConversations(tx, of.orgId, more)
    for (const id of more) locked.add(id)
  }
}

const authorsOf = (said: readonly Said[]) =>
  said.flatMap(({ isOurs, author }) => (isOurs || author === null ? [] : [author]))

async function keepFresh(
  tx: Tx,
  of: Of,
  fresh: readonly Said[],
  { now, label, stored, byPlace, takenAt = null }: Circumstances & KnownHere,
): Promise<string[]> {
  if (fresh.length === 0) return []
  const placing = place(fresh, {
    byMessage: new Map([...stored].map(([remoteId, { conversationId }]) => [remoteId, conversationId])),
    byPlace,
  })
  await insertConversations(tx, of, placing.begun)
  const rows = placing.places.map(({ said, conversationId }) => ({ said, conversationId, labels: label(said) }))
  await insertMessages(tx, of, rows, { now, takenAt })
  const begun = placing.begun.map(({ id }) => id)
  await joinEarly(tx, of.orgId, { joined: placing.joined, begun, now })
  return [...new Set(placing.places.map(({ conversationId }) => conversationId))]
}
