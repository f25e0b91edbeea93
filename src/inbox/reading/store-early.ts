// Every query with which a conversation that turns out to be part of another goes up in it, besides what goes along with any (joins/carry.ts).

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

interface Way {
  from: string
  into: string
}

/** Undo of what people did with it, what rules decided of it, and who has it before them. `isSame`: nothing was known of the second before. */
export async function carryRest(
  tx: Tx,
  orgId: string,
  { from, into, isSame }: Way & { isSame: boolean },
): Promise<void> {
  await leadJoins(tx, orgId, { from, into })
  for (const table of [
    'conversation_routes',
    'conversation_readers',
    'reply_locks',
    'conversation_bulk_items',
  ] as const)
    await sql`
      update ${sql.table(table)} t set conversation_id = ${into} where t.org_id = ${orgId} and t.conversation_id = ${from}
        and not exists (select from ${sql.table(table)} o where o.org_id = t.org_id and o.conversation_id = ${into}
          ${sql.raw(alsoTheSame[table])})`.execute(tx)
  // States of the early part are states of the whole where there was nothing else.
  if (isSame)
    await sql`
      update conversation_entries set facts = facts - 'of' where org_id = ${orgId} and conversation_id = ${into} and facts ->> 'of' = ${from}`.execute(
      tx,
    )
}

/** What makes two rows of two conversations one and the same. */
const alsoTheSame = {
  conversation_routes: '',
  reply_locks: '',
  conversation_readers: 'and o.member_id = t.member_id',
  conversation_bulk_items: 'and o.bulk_id = t.bulk_id',
}

/** What was put together or apart with the first can be undone with the second. What was between both is one now. */
async function leadJoins(tx: Tx, orgId: string, { from, into }: Way): Promise<void> {
  await sql`
    delete from conversation_joins where org_id = ${orgId} and (from_id, into_id) in ((${from}, ${into}), (${into}, ${from}))`.execute(
    tx,
  )
  await sql`
    update conversation_joins set from_id = case from_id when ${from} then ${into}::uuid else from_id end,
        into_id = case into_id when ${from} then ${into}::uuid else into_id end
      where org_id = ${orgId} and ${from} in (from_id, into_id)`.execute(tx)
  await sql`
    update conversation_joins set before = jsonb_set(before, '{goesOnIn}', to_jsonb(${into}::text))
      where org_id = ${orgId} and ${into} in (from_id, into_id) and before ->> 'goesOnIn' = ${from}`.execute(tx)
}

export const dropConversation = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  tx.deleteFrom('conversations').where('org_id', '=', orgId).where('id', '=', id).execute()
