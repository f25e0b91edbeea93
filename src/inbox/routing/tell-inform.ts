// Tells those who lead of what must not be overlooked: danger, and trolls who are watched in silence.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { readActiveMembers } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { mayKnow } from '../../people/walls.ts'
import type { Services } from '../../services.ts'
import { takeUntold } from '../triage/store.ts'

const mostAtOnce = 100

/** Each once. Those of its department who lead, or everybody who does. */
export async function tellWhoMustKnow(
  services: Pick<Services, 'queue' | 'mailer' | 'clock'>,
  tx: Tx,
  orgId: string,
  now: Date,
): Promise<void> {
  const untold = await takeUntold(tx, orgId, now, mostAtOnce)
  if (untold.length === 0) return
  for (const { id, kind, preview, department_id } of untold)
    await notify(tx, services, orgId, {
      memberIds: await leadsWhoMayKnow(tx, orgId, id, department_id),
      kind: kind === 'danger' ? 'conversation-danger' : 'conversation-watched',
      facts: { preview },
      subject: { kind: 'conversation', id },
    })
}

/** Who leads in a department; where nobody does, everybody who leads. */
async function leadsOf(tx: Tx, orgId: string, departmentId: string | null): Promise<string[]> {
  const leads = (await readActiveMembers(tx, orgId)).filter(({ role }) => may(role, 'routing.change'))
  const own = leads.filter((lead) => departmentId !== null && lead.departmentId === departmentId)
  return (own.length > 0 ? own : leads).map(({ id }) => id)
}

/** Of those who lead, whoever may know of a conversation; where nobody behind its wall leads, everybody there. */
export async function leadsWhoMayKnow(
  tx: Tx,
  orgId: string,
  id: string,
  departmentId: string | null,
): Promise<string[]> {
  const subject = { kind: 'conversation', id }
  const leads = await mayKnow(tx, orgId, subject, await leadsOf(tx, orgId, departmentId))
  if (leads.length > 0) return leads
  const everybody = (await readActiveMembers(tx, orgId)).map((member) => member.id)
  return mayKnow(tx, orgId, subject, everybody)
}
