// Stores what a reader brought, together with the place where it goes on: both or neither.

import { sql } from 'kysely'
import type { StreamBatch } from '../../connectors/listen.ts'
import { asSystem, type Db, type Tx } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { renameAuthors, withNames } from '../authors/names.ts'
import { forgetAuthors, namelessId, whileNobodyObjects, withoutObjectors } from '../authors/objections.ts'
import { mentionId } from '../mentions/identity.ts'
import type { NewMention, StoredMention } from '../mentions/new-mention.ts'
import { changeMentions } from '../mentions/store-changes.ts'
import { removeMentions, storeMentions } from '../mentions/store-write.ts'
import { announce } from './announce.ts'
import { advance, type Lease } from './leases.ts'
import { keepSample, removeFromSamples, sampleOf } from './sample.ts'

/** Thrown when another worker took the reader over: what this one read is read again there. */
export class LeaseLost extends Error {}

export interface Understood {
  batch: StreamBatch
  /** What of it some organisation wants, ready to be stored. */
  mentions: NewMention[]
  heard: number
}

/** @throws LeaseLost, and then nothing of it is stored. */
export function keepBatch(
  db: Db,
  lease: Lease,
  { batch, mentions, heard }: Understood,
  now: Date,
): Promise<StoredMention[]> {
  const sample = sampleOf(lease.readerId, batch, { now, random: Math.random })
  return asSystem(db, async (tx) => {
    const { cursor, reachedAt } = batch
    await whileNobodyObjects(tx)
    if (!(await advance(tx, lease, { cursor, reachedAt, heard }, now))) throw new LeaseLost(lease.readerId)
    const lastWords = lastWordsOf(batch, mentions)
    await changeMentions(tx, lease, changedIn(batch), lastWords)
    const stored = await keepMentions(tx, lastWords, now)
    // Before what is gone, which may have been said a moment ago.
    await keepSample(tx, lease, sample, now)
    await removeWhatIsGone(tx, lease, batch)
    await renameAuthors(tx, lease.connector, renamedIn(batch))
    await countMinute(tx, lease, batch, heard, now)
    await stateGaps(tx, lease, batch, now)
    await announce(tx, stored)
    return stored
  })
}

/** Whatever brings mentions, a reader or a person, stores them here: each once, under its topics, counted. Must run as the system. */
export async function keepMentions(tx: Tx, mentions: readonly NewMention[], now: Date): Promise<StoredMention[]> {
  const stored = await storeMentions(tx, await withNames(tx, await withoutObjectors(tx, mentions), now))
  await countKept(tx, stored, now)
  return stored
}

/** What is said and put right within one batch counts as it was said last. */
function lastWordsOf({ events }: StreamBatch, mentions: readonly NewMention[]): NewMention[] {
  const last = new Map(
    events.flatMap((event) =>
      event.type === 'heard' || event.type === 'changed' ? [[event.heard.id, event.heard] as const] : [],
    ),
  )
  return mentions.filter(({ heard }) => last.get(heard.id) === heard)
}

const changedIn = ({ events }: StreamBatch) =>
  events.flatMap((event) => (event.type === 'changed' ? [event.heard] : []))

const renamedIn = ({ events }: StreamBatch) =>
  events.flatMap((event) => (event.type === 'author' ? [event.author] : []))

/** A statement for nothing would cost as much as one for something: most batches bring none. */
async function removeWhatIsGone(tx: Tx, { connector }: Lease, { events }: StreamBatch): Promise<void> {
  const mentions = events.flatMap((event) =>
    event.type === 'removed' ? [event.id, namelessId(connector, event.id)].map((id) => mentionId(connector, id)) : [],
  )
  const authors = events.flatMap((event) => (event.type === 'author-removed' ? [mentionId(connector, event.id)] : []))
  if (mentions.length > 0) {
    await removeMentions(tx, mentions)
    await removeFromSamples(tx, mentions)
  }
  if (authors.length > 0) await forgetAuthors(tx, authors)
}

/** In milliseconds, as the column holds it: 24 days. What is read from further back is no further behind. */
const longestLag = 2 ** 31 - 1

async function countMinute(tx: Tx, lease: Lease, batch: StreamBatch, heard: number, now: Date): Promise<void> {
  const lag = batch.reachedAt ? Math.min(longestLag, Math.max(0, now.getTime() - batch.reachedAt.getTime())) : null
  await sql`
    insert into reader_minutes as m (reader_id, minute, heard, unreadable, bytes, lag_ms)
      values (${lease.readerId}, date_trunc('minute', ${now}::timestamptz), ${heard}, ${batch.unreadable}, ${batch.bytes}, ${lag})
      on conflict (reader_id, minute) do update set heard = m.heard + excluded.heard, unreadable = m.unreadable + excluded.unreadable,
        bytes = m.bytes + excluded.bytes, lag_ms = greatest(m.lag_ms, excluded.lag_ms)`.execute(tx)
}

async function countKept(tx: Tx, stored: readonly StoredMention[], now: Date): Promise<void> {
  const fresh = stored.filter(({ isNew }) => isNew)
  const bySource = Map.groupBy(fresh, ({ mention }) => `${mention.orgId} ${mention.sourceId}`)
  const rows = [...bySource.values()].map((each) => ({ ...each[0]!.mention, kept: each.length }))
  if (rows.length === 0) return
  await sql`
    insert into source_days as d (org_id, source_id, day, kept)
      select org_id, source_id, (${now}::timestamptz at time zone 'UTC')::date, kept
      from unnest(${rows.map(({ orgId }) => orgId)}::uuid[], ${rows.map(({ sourceId }) => sourceId)}::uuid[], ${rows.map(({ kept }) => kept)}::integer[])
        k (org_id, source_id, kept) order by 1, 2
      on conflict (org_id, source_id, day) do update set kept = d.kept + excluded.kept`.execute(tx)
}

async function stateGaps(tx: Tx, lease: Lease, batch: StreamBatch, now: Date): Promise<void> {
  if (batch.gaps.length === 0) return
  await tx
    .insertInto('reader_gaps')
    .values(
      batch.gaps.map(({ from, to, reason }) => ({
        reader_id: lease.readerId,
        id: newId(),
        from_at: from,
        to_at: to,
        reason,
        stated_at: now,
      })),
    )
    .execute()
}
