// Reads the calendar while the storm goes on: what each post is one minute after its time, and whether the calendar ever says less than the ledger knows.

import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { asSystem, type Db } from '../../src/db/tx.ts'
import type { Reason } from '../../src/publishing/types.ts'

export interface Standing {
  id: string
  state: string
  reason: Reason | null
  due_at: Date
  wake_at: Date | null
  lease_until: Date | null
  worker_id: string | null
  tries: number
  remote_id: string | null
  post_state: string
  /** Whether a write of it may be out without an outcome. */
  doubt: boolean
}

export function standings(db: Db, orgId: string): Promise<Standing[]> {
  return asSystem(db, async (tx) => {
    const found = await sql<Standing>`
      select v.id, v.state, v.reason, v.due_at, v.wake_at, v.lease_until, v.worker_id, v.tries, v.remote_id, p.state as post_state,
        exists (select from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.revision = v.revision
          and r.sent_at is not null and r.published_at is null) as doubt
      from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id where v.org_id = ${orgId}`.execute(tx)
    return found.rows
  })
}

const final = new Set(['published', 'rejected', 'cancelled', 'removed'])
const forPerson = new Set(['unconfirmed', 'parked', 'held'])
/**
 * How far a time that was told may have passed. Rows in an open transaction of a worker that froze stay locked until the database
 * ends it, 10 s later (`idle_in_transaction_session_timeout` in src/db/open.ts); then the next sweep finds them.
 */
const graceMs = 12_000

export type Explanation = 'final' | 'waits for a person' | 'waits with reason and time' | 'in a worker’s hands' | null

/** A time in which there was no database, or no worker up: nobody could do anything. */
export interface Absence {
  from: number
  to: number
}

/** null: somebody who looks at it would not know what is going on. */
export function explanationOf(row: Standing, now: Date, absences: Absence[] = []): Explanation {
  if (final.has(row.state)) return 'final'
  if (forPerson.has(row.state)) return row.reason?.code ? 'waits for a person' : null
  const inTime = (at: Date | null) => at !== null && overdueMs(at, now, absences) < graceMs
  if (row.worker_id && inTime(row.lease_until)) return 'in a worker’s hands'
  return row.reason?.code && inTime(row.wake_at) ? 'waits with reason and time' : null
}

/** Time in which nobody was there does not count. */
export const overdueMs = (at: Date, now: Date, absences: Absence[]): number =>
  now.getTime() - at.getTime() - absentSince(at.getTime(), absences)

const absentSince = (since: number, absences: Absence[]): number =>
  absences.reduce((sum, { from, to }) => sum + Math.max(0, to - Math.max(from, since)), 0)

/** In these nobody would expect that a write may be out; and a person may edit and schedule again. */
const innocent = new Set(['draft', 'scheduled', 'held', 'cancelled', 'rejected'])

export const saysLessThanLedger = (row: Standing): boolean => row.doubt && innocent.has(row.state)

export interface Observer {
  /** By variant: how it stood a minute after its time. */
  afterMinute: Map<string, { row: Standing; explanation: Explanation; overdueMs: number }>
  /** By variant: in which innocent state it was seen with a write in doubt. */
  understated: Map<string, Standing>
  latest: Standing[]
  absences: Absence[]
  stop(): Promise<void>
}

const everyMs = 600

/** `workers`: how many are up now. */
export function observe(db: Db, orgId: string, workers: () => number): Observer {
  const seen = {
    afterMinute: new Map<string, { row: Standing; explanation: Explanation; overdueMs: number }>(),
    understated: new Map<string, Standing>(),
    latest: [] as Standing[],
    absences: [] as Absence[],
  }
  let stopped = false
  let home = Date.now()
  const looking = (async () => {
    while (!stopped) {
      const rows = await standings(db, orgId).catch(() => null)
      const now = new Date()
      if (rows && workers() > 0) {
        if (now.getTime() - home > 2 * everyMs) seen.absences.push({ from: home, to: now.getTime() })
        home = now.getTime()
      }
      if (rows) note(seen, rows, now, [...seen.absences, { from: home, to: now.getTime() }])
      await pause(everyMs)
    }
  })()
  return Object.assign(seen, {
    async stop() {
      stopped = true
      await looking
    },
  })
}

function note(seen: Omit<Observer, 'stop'>, rows: Standing[], now: Date, absences: Absence[]): void {
  seen.latest = rows
  for (const row of rows) {
    if (saysLessThanLedger(row)) seen.understated.set(row.id, row)
    if (seen.afterMinute.has(row.id) || now.getTime() < row.due_at.getTime() + 60_000) continue
    const told = row.lease_until ?? row.wake_at
    seen.afterMinute.set(row.id, {
      row,
      explanation: explanationOf(row, now, absences),
      overdueMs: told ? Math.max(0, overdueMs(told, now, absences)) : 0,
    })
  }
}
