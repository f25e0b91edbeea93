// Writes mentions with their counts, many in one statement each. What is there already is found out, not written twice.

import { setImmediate as soon } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { instants, integers, uuids } from '../../db/arrays.ts'
import type { Tx } from '../../db/tx.ts'
import { countedOf } from './counts.ts'
import { findHeads } from './find-heads.ts'
import { type HeldRow, heldColumns, heldOf } from './held.ts'
import { mentionId } from './identity.ts'
import { insertMentions, insertMissing, insertUnderTopics, type Wanted } from './mention-columns.ts'
import type { NewMention, StoredMention } from './new-mention.ts'
import { countStatements } from './store-counts.ts'

/** Months that this process knows to be ready, by what it reaches their database through; making one ready twice does nothing. */
const prepared = new WeakMap<object, Set<string>>()

/** At most this long after it was said something may come a second time under another time of its author. */
const seenAgainDays = 31
const dayMs = 86_400_000

/**
 * Stores what is new and adds topics to what is not, each once. Must run as the system, in the transaction that also keeps the
 * cursor of the reader. Answers in the order of `mentions`, each once.
 */
export async function storeMentions(tx: Tx, mentions: readonly NewMention[]): Promise<StoredMention[]> {
  if (mentions.length === 0) return []
  const wanted = onceEach(mentions)
  await prepareMonths(tx, wanted)
  const known = await findKnown(tx, wanted)
  const fresh = wanted.filter(({ key }) => !known.has(key))
  const heads = await findHeads(tx, fresh)
  for (const each of fresh) each.doubleOf = heads.get(each.key) ?? null
  const [inserted, ready] = await Promise.all([insert(tx, fresh), readyFor(fresh)])
  const there = wanted.filter(({ key }) => !inserted.has(key))
  const olds = await alreadyStored(tx, there, known)
  const isAsExpected =
    inserted.size === fresh.length && [...olds.values()].every(({ newTopics: { length } }) => length === 0)
  const stored = wanted.flatMap((each) => (inserted.has(each.key) ? asNew(each) : (olds.get(each.key) ?? [])))
  for (const statement of isAsExpected ? ready : statementsFor(stored)) await statement.execute(tx)
  return stored
}

const keyOf = (orgId: string, id: string): string => `${orgId} ${id}`

const asNew = ({ mention, id, at, doubleOf }: Wanted): StoredMention => ({
  ...{ mention, id, at, doubleOf },
  newTopics: mention.topics,
  isNew: true,
})

/** What goes with them once they are stored: made while the server writes them. */
async function readyFor(fresh: readonly Wanted[]): Promise<RawBuilder<unknown>[]> {
  await soon()
  return statementsFor(fresh.map(asNew))
}

const statementsFor = (stored: readonly StoredMention[]): RawBuilder<unknown>[] => [
  ...insertUnderTopics(stored),
  ...countStatements(stored.map((each) => countedOf(each))),
]

/** By their keys; what is new of them are topics. */
async function alreadyStored(
  tx: Tx,
  there: readonly Wanted[],
  known: ReadonlyMap<string, Known>,
): Promise<Map<string, StoredMention>> {
  // Another writer was faster by a moment.
  const late = await findKnown(
    tx,
    there.filter(({ key }) => !known.has(key)),
  )
  const stored = new Map<string, StoredMention>()
  for (const { key, id, mention } of there) {
    const old = known.get(key) ?? late.get(key)
    if (!old) continue
    const newTopics = mention.topics.filter((topic) => !old.topics.includes(topic))
    stored.set(key, { mention, id, at: old.at, newTopics, isNew: false })
  }
  for (const each of stored.values()) await addTopics(tx, each)
  return stored
}

function onceEach(mentions: readonly NewMention[]): Wanted[] {
  const wanted = new Map<string, Wanted>()
  for (const mention of mentions) {
    const id = mentionId(mention.network, mention.heard.id)
    const key = keyOf(mention.orgId, id)
    const at = new Date(Math.min(mention.heard.at.getTime(), mention.heardAt.getTime()))
    if (!wanted.has(key)) wanted.set(key, { key, id, at, mention, doubleOf: null })
  }
  // In one order always: two writers of the same must not wait for each other in a circle.
  return [...wanted.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

async function prepareMonths(tx: Tx, wanted: readonly Wanted[]): Promise<void> {
  const { adapter } = tx.getExecutor()
  const ready = prepared.get(adapter) ?? new Set()
  prepared.set(adapter, ready)
  const months = new Map(wanted.map(({ at }) => [at.toISOString().slice(0, 7), at]))
  for (const [month, at] of months) {
    if (ready.has(month)) continue
    const found = await sql<{ there: boolean }>`
      select exists (select from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'topic_mentions'::regclass
        and c.relname = ${`topic_mentions_${month.replace('-', '_')}`}) as there`.execute(tx)
    // Remembered when it was there before this transaction, which may still fail.
    if (found.rows[0]!.there) ready.add(month)
    else await sql`select prepare_month(${at})`.execute(tx)
  }
}

interface Known {
  at: Date
  topics: number[]
}

async function findKnown(tx: Tx, wanted: readonly Wanted[]): Promise<Map<string, Known>> {
  if (wanted.length === 0) return new Map()
  const from = new Date(
    wanted.reduce((least, { at }) => Math.min(least, at.getTime()), Infinity) - seenAgainDays * dayMs,
  )
  // Nothing is stored as said later than it was heard; clocks of two machines differ by less than a day.
  const to = new Date(wanted.reduce((most, { mention }) => Math.max(most, mention.heardAt.getTime()), 0) + dayMs)
  // Beside each other the server would read whole months for them.
  const found = await sql<Known & { org_id: string; id: string }>`
    select w.org_id, w.id, m.at, m.topics
      from (select unnest(${uuids(wanted.map(({ mention }) => mention.orgId))}) as org_id, unnest(${uuids(wanted.map(({ id }) => id))}) as id) w,
        lateral (select m.at, m.topics from mentions m where m.org_id = w.org_id and m.id = w.id and m.at >= ${from} and m.at < ${to} limit 1) m`.execute(
    tx,
  )
  return new Map(found.rows.map(({ org_id, id, at, topics }) => [keyOf(org_id, id), { at, topics }]))
}

/** Hardly ever is another writer faster by a moment: looking for that before each row would cost more than doing it again. */
async function insert(tx: Tx, fresh: readonly Wanted[]): Promise<Set<string>> {
  if (fresh.length === 0) return new Set()
  await sql`savepoint before_mentions`.execute(tx)
  try {
    await insertMentions(fresh).execute(tx)
    await sql`release savepoint before_mentions`.execute(tx)
    return new Set(fresh.map(({ key }) => key))
  } catch (error) {
    if ((error as { code?: string }).code !== alreadyThere) throw error
    await sql`rollback to savepoint before_mentions`.execute(tx)
    const { rows } = await insertMissing(fresh).execute(tx)
    return new Set(rows.map(({ org_id, id }) => keyOf(org_id, id)))
  }
}

/** unique_violation */
const alreadyThere = '23505'

/** Topics that were not there before; what it stands under by now, and how it is understood, the row says, which is held. */
async function addTopics(tx: Tx, each: StoredMention): Promise<void> {
  if (each.newTopics.length === 0) return
  const { mention, id, at } = each
  const found = await sql<HeldRow>`
    select ${heldColumns} from mentions m where m.org_id = ${mention.orgId} and m.at = ${at} and m.id = ${id} for update`.execute(
    tx,
  )
  const row = found.rows[0]
  each.newTopics = row ? each.newTopics.filter((topic) => !row.topics.includes(topic)) : []
  if (!row || each.newTopics.length === 0) return
  const { initiator, labels } = heldOf(row)
  each.mention = { ...mention, initiator, labels }
  await sql`
    update mentions set topics = array(select distinct unnest(topics || ${each.newTopics}::integer[]) order by 1)
      where org_id = ${mention.orgId} and at = ${at} and id = ${id}`.execute(tx)
}

/** Their authors or networks took them back. The counts stay: that so much was said is still true. */
export async function removeMentions(tx: Tx, ids: readonly string[]): Promise<void> {
  await removeUnderTopics(
    tx,
    await sql<Gone>`delete from mentions where id = any(${ids}::uuid[]) returning org_id, at, id, topics`.execute(tx),
  )
}

/** All that was heard of these authors, in every organisation. */
export async function removeAuthors(tx: Tx, authorIds: readonly string[]): Promise<void> {
  await removeUnderTopics(
    tx,
    await sql<Gone>`delete from mentions where author_id = any(${authorIds}::uuid[]) returning org_id, at, id, topics`.execute(
      tx,
    ),
  )
}

export interface Gone {
  org_id: string
  at: Date
  id: string
  topics: number[]
}

/** What somebody noted of a mention goes with it. */
async function removeCaptures(tx: Tx, rows: readonly Gone[]): Promise<void> {
  if (rows.length === 0) return
  await sql`delete from captures c using unnest(${rows.map((row) => row.org_id)}::uuid[], ${rows.map((row) => row.id)}::uuid[]) g (org_id, mention_id)
    where c.org_id = g.org_id and c.mention_id = g.mention_id`.execute(tx)
}

/** `keepCaptures`: it stays, and only its topics change. */
export async function removeUnderTopics(
  tx: Tx,
  { rows }: { rows: Gone[] },
  { keepCaptures = false }: { keepCaptures?: boolean } = {},
): Promise<void> {
  if (!keepCaptures) await removeCaptures(tx, rows)
  const each = rows.flatMap((row) => row.topics.map((topic) => ({ ...row, topic })))
  if (each.length === 0) return
  await sql`
    delete from topic_mentions t using unnest(${uuids(each.map((row) => row.org_id))}, ${integers(each.map((row) => row.topic))},
        ${instants(each.map((row) => row.at))}, ${uuids(each.map((row) => row.id))}) g (org_id, topic, at, mention_id)
      where t.org_id = g.org_id and t.topic = g.topic and t.at = g.at and t.mention_id = g.mention_id`.execute(tx)
}
