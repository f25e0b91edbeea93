// Verb of moods: how what somebody said in a conversation was meant, message by message.

import { sql } from 'kysely'
import { readInOrg } from '../../db/tx.ts'
import { notFound } from '../../lib/refusal.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { asks } from '../reading/store.ts'
import { findConversation } from './store.ts'

const mostMoods = 200

/** The newest, the oldest of them first; what is owed no answer (spam, what programs write, what was taken back) is left out. */
export const listMoods = ({ db }: Pick<Services, 'db'>, { orgId }: Caller, { id }: { id: string }) =>
  readInOrg(db, orgId, async (tx) => {
    if (!(await findConversation(tx, orgId, id))) throw notFound('conversation')
    const found = await sql<{ id: string; at: Date; sentiment: number | null }>`
      select m.id, m.at, m.sentiment from messages m where m.org_id = ${orgId} and m.conversation_id = ${id} and ${asks}
        order by m.at desc, m.id desc limit ${mostMoods}`.execute(tx)
    return found.rows.reverse().map(({ id: messageId, at, sentiment }) => ({
      ...{ messageId, at: at.toISOString(), sentiment: sentiment as -1 | 0 | 1 | null },
    }))
  })
