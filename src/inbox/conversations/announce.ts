// Tells every process that conversations changed, so that open pages show them. Told when the transaction commits, or never.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'

export const channel = 'conversations'

/** `wall`: behind which department's wall they stood before; null: behind none. Whoever saw them then is told too, once. */
export const announcement = z.object({
  org: z.uuid(),
  ids: z.array(z.uuid()),
  wall: z.uuid().nullable().optional(),
})

/** A payload of the database holds 8,000 bytes. */
const mostIds = 150

/** `wall` is given where they may have gone to another department: behind whose wall they stood before. */
export async function announce(tx: Tx, orgId: string, ids: readonly string[], wall?: string | null): Promise<void> {
  for (let from = 0; from < ids.length; from += mostIds) {
    const text = JSON.stringify({
      org: orgId,
      ids: ids.slice(from, from + mostIds),
      ...(wall === undefined ? {} : { wall }),
    })
    await sql`select pg_notify(${channel}, ${text})`.execute(tx)
  }
}
