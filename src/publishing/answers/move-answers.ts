// Two conversations turn out to be one: the answers of the first are answers of the second.

import type { Tx } from '../../db/tx.ts'

export const moveAnswers = (tx: Tx, orgId: string, { from, into }: { from: string; into: string }): Promise<unknown> =>
  tx
    .updateTable('answers')
    .set({ conversation_id: into })
    .where('org_id', '=', orgId)
    .where('conversation_id', '=', from)
    .execute()
