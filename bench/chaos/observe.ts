// Reads the calendar while the storm goes on: what each post is one minute after its time, and whether the calendar ever says less than the ledger knows.

import { sql } from 'kysely'
import { retried } from '../../src/db/retry.ts'
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
  return retried(() =>
    asSystem(db, async (tx) => {
      const found = await sql<Standing>`
        select v.id, v.state, v.reason, v.due_at, v.wake_at, v.lease_until, v.worker_id, v.tries, v.remote_id, p.state as post_state,
          exists (select from parts r where r.org_id = v.org_id and r.variant_id = v.id and r.revision = v.revision
            and r.sent_at is not null and r.published_at is null) as doubt
        from variants v join posts p on p.org_id = v.org_id and p.id = v.post_id where v.org_id = ${orgId}`.execute(tx)
      return found.rows
    }),
  )
}

const final = new Set(['published', 'rejected', 'cancelled', 'removed'])
const forPerson = new Set(['unconfirmed', 'parked', 'held'])
/** The sweep looks every 300 ms; on a busy machine, between the death of a worker and the next start, some seconds go by. */
const graceMs = 5_000

export type Explanation = 'final' | 'waits for a person' | 'waits with reason and time' | 'in a worker’s hands' | null

/** null: somebody who looks at it would not know what is going on. */
export function explanationOf(row: Standing, now: Date): Explanation {
  if (final.has(row.state)) return 'final'
  if (forPerson.has(row.state)) return row.reason?.code ? 'waits for a person' : null
  const grace = now.getTime() - graceMs
  if (row.worker_id && row.lease_until && row.lease_until.getTime() > grace) return 'in a worker’s hands'
  return row.reason?.code && row.wake_at && row.wake_at.getTime() > grace ? 'waits with reason and time' : null
}

/** In these nobody would expect that a write may be out; and a person may edit and schedule again. */
const innocent = new Set(['draft', 'scheduled', 'held', 'cancelled', 'rejected'])

export const saysLessThanLedger = (row: Standing): boolean => row.doubt && innocent.has(row.state)

export interface Observer {
  /** By variant: how it stood a minute after its time. */
  afterMinute: Map<string, { row: Standing; explanation: Explanation }>
  /** By variant: in which innocent state it was seen with a write in doubt. */
  understated: Map<string, Standing>
  latest: Standing[]
  stop(): Promise<void>
}

export function observe(db: Db, orgId: string): Observer {
  const observer = {
    afterMinute: new Map<string, { row: Standing; explanation: Explanation }>(),
    understated: new Map<string, Standing>(),
    latest: [] as Standing[],
  }
  let stopped = false
  const looking = (async () => {
    while (!stopped) {
      const rows = await standings(db, orgId).catch(() => [])
      const now = new Date()
      if (rows.length > 0) observer.latest = rows
      for (const row of rows) {
        if (saysLessThanLedger(row)) observer.understated.set(row.id, row)
        if (observer.afterMinute.has(row.id) || now.getTime() < row.due_at.getTime() + 60_000) continue
        observer.afterMinute.set(row.id, { row, explanation: explanationOf(row, now) })
      }
      await new Promise((resolve) => setTimeout(resolve, 700))
    }
  })()
  return Object.assign(observer, {
    async stop() {
      stopped = true
      await looking
    },
  })
}
