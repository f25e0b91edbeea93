// Tells every process that somebody came to a conversation, left it, or writes: open pages of it ask again.

import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'

export const presenceChannel = 'presence'

export const announcePresence = (tx: Tx, orgId: string, id: string): Promise<unknown> =>
  sql`select pg_notify(${presenceChannel}, ${JSON.stringify({ org: orgId, ids: [id] })})`.execute(tx)
