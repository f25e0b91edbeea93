// The query of a file that came with a message.

import { sql } from 'kysely'
import type { RemoteRef } from '../../connectors/contract.ts'
import type { Tx } from '../../db/tx.ts'

/** A message with a file at this place that has no address of its own, as whoever asks sees it. */
export async function findFile(
  tx: Tx,
  orgId: string,
  { id, position }: { id: string; position: number },
): Promise<{ account_id: string; ref: RemoteRef; name: string | null } | undefined> {
  const found = await sql<{ account_id: string; ref: RemoteRef; name: string | null }>`
    select account_id, ref, media -> ${position}::int ->> 'name' as name from messages
      where org_id = ${orgId} and id = ${id} and removed_at is null and media -> ${position}::int is not null
        and media -> ${position}::int ->> 'url' is null`.execute(tx)
  return found.rows[0]
}
