// The clock of what was put off: its time over, it is open again.

import { asSystem } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { tendPromises } from '../promises/tend.ts'
import { announce } from './announce.ts'
import { insertEntry, wakeSnoozed } from './store.ts'

const mostWoken = 500

/** Those whose time to be put off is over are open again. */
export const wakeConversations = ({ db, clock }: Pick<Services, 'db' | 'clock'>): Promise<void> =>
  asSystem(db, async (tx) => {
    const at = clock()
    const woken = await wakeSnoozed(tx, at, mostWoken)
    for (const [orgId, rows] of Map.groupBy(woken, ({ org_id }) => org_id)) {
      for (const { id } of rows)
        await insertEntry(tx, orgId, id, { kind: 'state', at, by: null, facts: { from: 'snoozed', to: 'open' } })
      const ids = rows.map(({ id }) => id)
      await tendPromises(tx, orgId, ids, at)
      await announce(tx, orgId, ids)
    }
  })
