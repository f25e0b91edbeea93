// What a post takes from the brief it is made from, and what becomes of the brief.

import type { Tx } from '../../db/tx.ts'
import type { NewEvent } from '../../events/actions.ts'
import type { Caller } from '../../people/types.ts'
import type { Belonging } from '../types.ts'
import { briefAllows } from './rules.ts'
import { lockBrief, updateBrief } from './store.ts'

/** What was said stays; what was not said is as in the brief. What a visitor asked for was begun by customers. */
export async function belongingFrom(tx: Tx, orgId: string, belonging: Partial<Belonging>): Promise<Partial<Belonging>> {
  const brief = belonging.briefId ? await lockBrief(tx, orgId, belonging.briefId) : undefined
  if (!brief) return belonging
  const given: Partial<Belonging> = {
    ...{ campaignId: brief.campaign_id, departmentId: brief.department_id, ownerId: brief.owner_id },
    ...(brief.kind === 'visitor-request' ? { initiator: 'customer' as const } : {}),
  }
  const said = Object.fromEntries(Object.entries(belonging).filter(([, value]) => value !== undefined))
  return { ...given, ...said }
}

/** The first post begins its brief. Answers the event that tells it. */
export async function beginByPost(
  tx: Tx,
  caller: Caller,
  { briefId, at }: { briefId: string | null | undefined; at: Date },
): Promise<NewEvent[]> {
  const brief = briefId ? await lockBrief(tx, caller.orgId, briefId) : undefined
  if (!brief || !briefAllows(brief.state, 'begin')) return []
  await updateBrief(tx, brief, { state: 'in-work', begun_at: at, begun_by: caller.memberId }, at)
  return [{ verb: 'brief.begun', subject: { kind: 'brief', id: brief.id }, facts: { title: brief.title } }]
}
