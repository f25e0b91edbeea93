// The job that reads the log for crossing points, and how a verb has it done within a second instead of at the next minute.

import { z } from 'zod'
import { inOrg } from '../../db/tx.ts'
import type { Services } from '../../services.ts'

export const crossEvents = {
  name: 'publishing.cross-events',
  /** Without an organisation: all of them. */
  payload: z.object({ orgId: z.uuid().optional() }),
}

export const hurryCrossings = ({ db, queue }: Pick<Services, 'db' | 'queue'>, orgId: string): Promise<void> =>
  inOrg(db, orgId, (tx) => queue.send(tx, crossEvents, { orgId }, { key: orgId }))
