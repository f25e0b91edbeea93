// A small, even part of everything heard, so that a new query can be tried on the last days before it is in force.

import { sql } from 'kysely'
import type { Heard, StreamBatch } from '../../connectors/listen.ts'
import type { Tx } from '../../db/tx.ts'
import { mentionId } from '../mentions/identity.ts'
import type { Lease } from './leases.ts'

/** About so many a minute from each reader: nearly 30,000 a day, and all of a source that brings less. */
export const perMinute = 20

/** How often a reader spoke lately, in memory: after a restart it is learned again within a minute. */
interface Pace {
  minute: number
  count: number
  /** Of the last whole minute. */
  before: number | null
}

const paces = new Map<string, Pace>()

/** Chooses what to keep of a batch. `random`: 0 to 1. */
export function sampleOf(
  readerId: string,
  { events }: StreamBatch,
  { now, random }: { now: Date; random: () => number },
): Heard[] {
  const heard = events.flatMap((event) => (event.type === 'heard' ? [event.heard] : []))
  const pace = paceOf(readerId, Math.floor(now.getTime() / 60_000), heard.length)
  // In its first minute a fast stream is known by nothing but what came already.
  const share = perMinute / Math.max(perMinute, pace.before ?? pace.count)
  return share === 1 ? heard : heard.filter(() => random() < share)
}

function paceOf(readerId: string, minute: number, more: number): Pace {
  const known = paces.get(readerId)
  if (known?.minute === minute) {
    known.count += more
    return known
  }
  const before = known === undefined ? null : known.minute === minute - 1 ? known.count : 0
  const pace = { minute, count: more, before }
  paces.set(readerId, pace)
  return pace
}

export async function keepSample(tx: Tx, lease: Lease, sample: readonly Heard[], now: Date): Promise<void> {
  if (sample.length === 0) return
  await sql`
    insert into reader_samples (reader_id, id, heard_at, heard, author_id)
    select ${lease.readerId}, s.id, ${now}, heard, author_id from unnest(${sample.map(({ id }) => mentionId(lease.connector, id))}::uuid[],
      ${sample.map((each) => JSON.stringify(each))}::jsonb[], ${sample.map(({ author }) => author && mentionId(lease.connector, author.id))}::uuid[]) s (id, heard, author_id)
    where not exists (select from sources u join authors o on o.org_id = u.org_id and o.id = objection_key(u.org_id, s.author_id)
      where u.reader_id = ${lease.readerId} and s.author_id is not null and o.objected_at is not null)
    on conflict do nothing`.execute(tx)
}

export async function removeFromSamples(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`delete from reader_samples where id = any(${ids}::uuid[])`.execute(tx)
}
