// Writes the event log: every verb records itself in its own transaction, chained to what happened before.

import { sql } from 'kysely'
import { keepPlan } from '../db/pool.ts'
import type { Tx } from '../db/tx.ts'
import { hashJson } from '../lib/hash.ts'
import type { Actor } from '../people/types.ts'
import { wallsOf } from '../people/walls.ts'

export interface NewEvent {
  /** `noun.past-verb` */
  verb: string
  subject: { kind: string; id: string | null }
  facts?: Record<string, unknown>
  /** The walled department whose business it is. Absent: found by the subject. null: nobody's in particular. */
  wallId?: string | null
}

export const record = (tx: Tx, orgId: string, actor: Actor, at: Date, event: NewEvent): Promise<void> =>
  recordAll(tx, orgId, actor, at, [event])

/**
 * Records events in order. Call it last in the transaction: it holds the organisation's chain until commit. What happens behind a
 * department's wall goes into a chain of that department's own, so that no gap in the others' numbers tells of it.
 */
export async function recordAll(tx: Tx, orgId: string, actor: Actor, at: Date, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const unsaid = events.flatMap(({ subject, wallId }) => (wallId === undefined ? [subject] : []))
  const wallOf = await wallsOf(tx, orgId, unsaid)
  const chains = Map.groupBy(events, ({ subject, wallId }) => (wallId === undefined ? wallOf(subject) : wallId) ?? '')
  // In one order always, the common chain first: two transactions must not wait for each other.
  for (const wallId of [...chains.keys()].sort())
    await append(tx, { orgId, wallId: wallId || null }, { actor, at, events: chains.get(wallId)! })
}

interface Chain {
  orgId: string
  /** null: the organisation's own. */
  wallId: string | null
}

async function append(
  tx: Tx,
  chain: Chain,
  { actor, at, events }: { actor: Actor; at: Date; events: NewEvent[] },
): Promise<void> {
  let { seq, hash } = await lockHead(tx, chain)
  const rows = events.map((event) => {
    seq += 1
    const row = {
      org_id: chain.orgId,
      seq,
      at,
      verb: event.verb,
      actor_kind: actor.kind,
      actor_id: actor.id,
      subject_kind: event.subject.kind,
      subject_id: event.subject.id,
      facts: JSON.parse(JSON.stringify(event.facts ?? {})),
      wall_id: chain.wallId,
    }
    hash = chainHash(hash, row)
    return { ...row, facts: JSON.stringify(row.facts), hash }
  })
  const moved = tx.with('moved', (db) =>
    db
      .updateTable('event_heads')
      .set({ seq, hash })
      .where('org_id', '=', chain.orgId)
      .where('wall_id', chain.wallId === null ? 'is' : '=', chain.wallId),
  )
  const written = moved.insertInto('events').values(rows)
  // One at a time is what nearly every verb records.
  await (rows.length === 1 ? written.modifyEnd(keepPlan) : written).execute()
}

interface Head {
  seq: number
  hash: string
}

async function lockHead(tx: Tx, chain: Chain): Promise<Head> {
  const head = await readLocked(tx, chain)
  if (head) return head
  await tx
    .insertInto('event_heads')
    .values({ org_id: chain.orgId, wall_id: chain.wallId, seq: 0, hash: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return (await readLocked(tx, chain))!
}

async function readLocked(tx: Tx, { orgId, wallId }: Chain): Promise<Head | undefined> {
  const behind = wallId === null ? sql`wall_id is null` : sql`wall_id = ${wallId}`
  const head = await sql<Head>`
    select seq, hash from event_heads where org_id = ${orgId} and ${behind} for update ${keepPlan}`.execute(tx)
  return head.rows[0]
}

export interface ChainedRow {
  org_id: string
  seq: number
  at: Date
  verb: string
  actor_kind: string
  actor_id: string | null
  subject_kind: string
  subject_id: string | null
  facts: unknown
  wall_id: string | null
}

/** SHA-256 over the hash before and the row in canonical JSON: changing, removing or adding a row breaks every hash after it. */
export const chainHash = (previous: string, row: ChainedRow): string =>
  hashJson([
    previous,
    row.org_id,
    row.seq,
    row.at.toISOString(),
    row.verb,
    row.actor_kind,
    row.actor_id,
    row.subject_kind,
    row.subject_id,
    row.facts,
    ...(row.wall_id === null ? [] : [row.wall_id]),
  ])
