// How much everybody has in hand: open conversations of theirs in which somebody waits, in units of work.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

/** A conversation that no rule ever looked at takes one unit. */
export async function readLoads(tx: Tx, orgId: string): Promise<Map<string, number>> {
  const found = await sql<{ owner_id: string; units: number }>`
    select c.owner_id, sum(coalesce(r.weight, 1))::integer as units from conversations c
        left join conversation_routes r on r.org_id = c.org_id and r.conversation_id = c.id
      where c.org_id = ${orgId} and c.owner_id is not null and c.state = 'open' and c.waiting_since is not null
      group by c.owner_id`.execute(tx)
  return new Map(found.rows.map(({ owner_id, units }) => [owner_id, units]))
}
