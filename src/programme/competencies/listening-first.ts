// Listening comes before publishing (R0-19, R0-21): as long as a programme goes on and a team has not mastered it, publishing is advised against.

import type { Tx } from '../../db/tx.ts'
import { setAdvice } from '../../publishing/advice/actions.ts'
import { findGoingOn } from '../store.ts'
import { rungRows, stepRows } from './store.ts'
import { listeningKey } from './types.ts'

/** After whatever changes a programme, its ladder or who has mastered what. No programme or no ladder: nothing is advised. */
export async function advisePublishing(tx: Tx, orgId: string, at: Date): Promise<void> {
  await setAdvice(tx, orgId, await adviceOf(tx, orgId, at))
}

async function adviceOf(tx: Tx, orgId: string, since: Date) {
  const programme = await findGoingOn(tx, orgId)
  if (!programme) return null
  const listening = (await rungRows(tx, orgId, programme.id)).find(({ key }) => key === listeningKey)
  if (!listening) return null
  const mastered = (await stepRows(tx, orgId, programme.id)).filter(
    ({ competency_id, mastered_at }) => competency_id === listening.id && mastered_at !== null,
  )
  if (mastered.some(({ department_id }) => department_id === null)) return null
  return { since, openDepartmentIds: mastered.flatMap(({ department_id }) => department_id ?? []) }
}
