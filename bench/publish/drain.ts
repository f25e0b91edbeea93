// One drain: everything due in the same second, a worker as `longrun start` makes it, and what the ledger says afterwards.

import { sql } from 'kysely'
import { asSystem, type Db } from '../../src/db/tx.ts'
import { startWorker } from '../../src/publishing/delivery/worker.ts'
import type { PracticeServices } from '../../test/world/practice.ts'
import { usedBy } from '../processor-time.ts'
import { type Summary, summaryOf } from '../statistics.ts'
import { makeDue } from './calendar.ts'
import type { Network } from './networks.ts'

export interface Drain {
  count: number
  /** Milliseconds from the planned second to the last entry in the ledger. */
  tookMs: number
  perSecond: number
  /** Milliseconds from the planned second until the ledger has the network's proof. */
  lateness: Summary
  /** Milliseconds of processor time for one delivery: of this process, which does nothing else meanwhile, of the database, of the network. */
  processor: { worker: number; database: number; network: number }
}

export interface Ground {
  services: PracticeServices
  network: Network
  usedByDatabase: () => number
}

export async function drain({ services, network, usedByDatabase }: Ground): Promise<Drain> {
  const { db } = services
  const worker = startWorker({
    services,
    connectorOf: () => network.connector,
    media: () => Promise.reject(new Error('These posts have no files.')),
  })
  const due = await makeDue(db)
  await new Promise((resolve) => setTimeout(resolve, due.getTime() - Date.now() - 200))
  const used = () => [usedBy(process.pid), usedByDatabase(), usedBy(network.pid)]
  const before = used()
  do await worker.idle()
  while ((await leftOver(db)) > 0)
  const after = used()
  await worker.stop()
  const lateness = await latenessOf(db, due)
  const [worked, stored, answered] = after.map((each, at) => (each - before[at]!) / lateness.length)
  const tookMs = lateness.reduce((most, each) => Math.max(most, each), 0)
  return {
    count: lateness.length,
    tookMs,
    perSecond: (lateness.length * 1000) / tookMs,
    lateness: summaryOf(lateness),
    processor: { worker: worked!, database: stored!, network: answered! },
  }
}

const leftOver = async (db: Db): Promise<number> =>
  asSystem(db, async (tx) => {
    const found = await sql<{ left: number }>`select count(*) as left from variants where wake_at is not null`.execute(
      tx,
    )
    return found.rows[0]!.left
  })

async function latenessOf(db: Db, due: Date): Promise<number[]> {
  const found = await asSystem(db, (tx) =>
    tx.selectFrom('variants').select('published_at').where('due_at', '=', due).execute(),
  )
  return found.map((row) => (row.published_at ? row.published_at.getTime() - due.getTime() : Number.POSITIVE_INFINITY))
}

export interface Completeness {
  variants: number
  parts: number
  attempts: number
  events: number
  /** Rows that lack something which a published post has. 0 is right. */
  incomplete: number
}

/** Reads the ledger back by the owner of the schema, in a connection of its own: what counts is what was committed. */
export async function ledgerOf(db: Db, textLike: string): Promise<Completeness> {
  const found = await asSystem(db, (tx) =>
    sql<Completeness>`
      with mine as (
        select v.* from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id where p.summary like ${textLike})
      select
        (select count(*) from mine where state = 'published' and published_at is not null and remote_id is not null and remote_url is not null
          and wake_at is null and worker_id is null and reason is null) as variants,
        (select count(*) from parts p join mine m on m.org_id = p.org_id and m.id = p.variant_id
          where p.position = 0 and p.prepared is not null and p.sent_at is not null and p.published_at is not null and p.remote_id = m.remote_id) as parts,
        (select count(*) from attempts a join mine m on m.org_id = a.org_id and m.id = a.variant_id
          where a.number = 1 and a.purpose = 'send' and a.outcome = 'published' and a.sent_at >= a.claimed_at and a.ended_at >= a.sent_at) as attempts,
        (select count(*) from events e join mine m on m.org_id = e.org_id and m.post_id = e.subject_id
          where e.verb = 'post.published' and e.facts->>'variantId' = m.id::text and e.facts->>'url' = m.remote_url) as events,
        (select count(*) from posts p join mine m on m.org_id = p.org_id and m.post_id = p.id where p.state <> 'published') +
        (select count(*) from attempts a join mine m on m.org_id = a.org_id and m.id = a.variant_id where a.number > 1 or a.ended_at is null) as incomplete`.execute(
      tx,
    ),
  )
  return found.rows[0]!
}
