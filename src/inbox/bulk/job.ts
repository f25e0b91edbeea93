// The background work of changing many conversations, as those who ask for it name it.

import { z } from 'zod'

/** On whose behalf; what they may see is asked again for each. */
const caller = z.object({
  ...{ orgId: z.uuid(), userId: z.string(), memberId: z.uuid() },
  role: z.enum(['owner', 'admin', 'manager', 'contributor', 'approver', 'viewer']),
  actor: z.object({ kind: z.enum(['member', 'token', 'system', 'network', 'outsider']), id: z.string().nullable() }),
  scopes: z.array(z.string()).nullable(),
})

export const bulkJob = { name: 'inbox.bulk', payload: z.object({ caller, bulkId: z.uuid() }) }
