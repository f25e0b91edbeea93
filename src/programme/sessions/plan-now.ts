// The plan in force and how it looks from today.

import { readInOrg } from '../../db/tx.ts'
import type { Services } from '../../services.ts'
import { type Outlook, outlookInForce } from '../plan/outlook.ts'
import { type PlanRow, planRows } from '../plan/store.ts'
import { findGoingOn } from '../store.ts'

export interface PlanNow {
  plan: PlanRow | null
  /** null: no plan, or nobody knows any more how long something of it takes. */
  outlook: Outlook | null
}

/** In transactions of its own: it looks at much, and nobody waits for it. */
export async function readPlanNow(services: Pick<Services, 'db' | 'clock'>, orgId: string): Promise<PlanNow> {
  const plan = await readInOrg(services.db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    return programme ? ((await planRows(tx, orgId, programme.id, 1))[0] ?? null) : null
  })
  return { plan, outlook: plan && (await outlookInForce(services, orgId, plan.cadence.lines)) }
}
