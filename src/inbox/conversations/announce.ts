// Tells every process that conversations changed, so that open pages show them. Told when the transaction commits, or never.

import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'

export const channel = 'conversations'

export const announcement = z.object({ org: z.uuid(), ids: z.array(z.uuid()) })

/** A payload of the database holds 8,000 bytes. */
const mostIds = 150

export async function announce(tx: Tx, orgId: string, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += mostIds) {
    const text = JSON.stringify({ org: orgId, ids: ids.slice(from, from + mostIds) })
    await sql`select pg_notify(${channel}, ${text})`.execute(tx)
  }
}
