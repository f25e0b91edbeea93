// Conversations are put together or apart: answers go with what they answer.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

interface Way {
  from: string
  into: string
  /** Only these, where not all of them move. */
  ids?: readonly string[]
  /** Only those that answer one of these messages, by the ids of their network. */
  answering?: readonly string[]
}

/** Answers the ids of those that moved. */
export async function moveAnswers(tx: Tx, orgId: string, { from, into, ids, answering }: Way): Promise<string[]> {
  const moved = await sql<{ id: string }>`
    update answers set conversation_id = ${into} where org_id = ${orgId} and conversation_id = ${from}
      ${ids ? sql`and id = any(${[...ids]}::uuid[])` : sql``}
      ${answering ? sql`and previous ->> 'id' = any(${[...answering]}::text[])` : sql``} returning id`.execute(tx)
  const movedIds = moved.rows.map(({ id }) => id)
  // So do the files that were brought for them: they stand behind the wall of their conversation.
  const theirs = sql`and id in (select named from answers w, media_named(w.content) named where w.org_id = ${orgId} and w.id = any(${movedIds}::uuid[]))`
  await sql`update media set conversation_id = ${into} where org_id = ${orgId} and conversation_id = ${from}
    ${ids || answering ? theirs : sql``}`.execute(tx)
  return movedIds
}
