// Queries that show the promise clocks of a conversation.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { ClockState } from './timeline.ts'
import type { PromiseMetric } from './types.ts'

export interface ClockRow {
  metric: PromiseMetric
  round: number
  state: ClockState
  promise: string
  number: number
  started_at: Date
  ended_at: Date | null
  due_soon_at: Date | null
  due_at: Date | null
  broken_at: Date | null
  waived_for: string | null
  acknowledged_at: Date | null
  acknowledged_by: string | null
}

/** What goes on first, then what ended last. */
export async function clocksOf(tx: Tx, orgId: string, conversationId: string): Promise<ClockRow[]> {
  const found = await sql<ClockRow>`
    select c.metric, c.round, c.state, v.policy ->> 'name' as promise, v.number, c.started_at, c.ended_at, c.due_soon_at, c.due_at, c.broken_at,
        c.waived_for, c.acknowledged_at, c.acknowledged_by
      from promise_clocks c join promise_versions v on v.org_id = c.org_id and v.id = c.version_id
      where c.org_id = ${orgId} and c.conversation_id = ${conversationId}
      order by c.ended_at is not null, coalesce(c.broken_at, c.due_at), c.ended_at desc, c.metric, c.round desc limit 100`.execute(
    tx,
  )
  return found.rows
}
