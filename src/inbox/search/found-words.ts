// What is shown of each found conversation: the message that says most of what was sought.

import { sql } from 'kysely'
import { keepPlan } from '../../db/pool.ts'
import type { Tx } from '../../db/tx.ts'
import { bestOf, type Excerpt, excerptOf, soughtWords } from './rules.ts'

/** Newest messages of each that are looked at. */
const mostMessages = 60

export interface FoundWords extends Excerpt {
  messageId: string
  at: Date
}

/** By conversation; those whose subject or person alone was found have none. */
export async function foundWords(
  tx: Tx,
  orgId: string,
  ids: readonly string[],
  typed: string,
): Promise<Map<string, FoundWords>> {
  const sought = soughtWords(typed)
  if (ids.length === 0 || sought.size === 0) return new Map()
  const said = await sql<{ conversation_id: string; id: string; at: Date; body: string }>`
    select m.* from unnest(${[...ids]}::uuid[]) asked (id) cross join lateral (select conversation_id, id, at, body from messages
      where org_id = ${orgId} and conversation_id = asked.id and removed_at is null order by at desc, id desc limit ${mostMessages}) m ${keepPlan}`.execute(
    tx,
  )
  const found = new Map<string, FoundWords>()
  for (const [id, messages] of Map.groupBy(said.rows, (row) => row.conversation_id)) {
    const best = bestOf(
      sought,
      messages.map(({ body }) => body),
    )
    if (best === null) continue
    const { id: messageId, at, body } = messages[best]!
    found.set(id, { messageId, at, ...excerptOf(sought, body) })
  }
  return found
}
