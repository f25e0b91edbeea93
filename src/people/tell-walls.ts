// Tells those behind the wall of a department who else comes behind it, by whichever way.

import type { Tx } from '../db/tx.ts'
import { notify } from '../events/notify.ts'
import type { Services } from '../services.ts'
import { memberIdsOf } from './directory.ts'
import { isWalled } from './walls.ts'

type Telling = Pick<Services, 'queue' | 'mailer' | 'clock'>

/** Whoever is there already knows it, by whomever it was done. */
export async function tellOfNewMember(
  tx: Tx,
  services: Telling,
  orgId: string,
  { id, name, departmentId }: { id: string; name: string; departmentId: string | null },
): Promise<void> {
  if (departmentId === null || !(await isWalled(tx, orgId, departmentId))) return
  const memberIds = (await memberIdsOf(tx, orgId, departmentId)).filter((each) => each !== id)
  const subject = { kind: 'member', id }
  await notify(tx, services, orgId, { memberIds, kind: 'walled-department-joined', facts: { name }, subject })
}

/** Before they join, so that there is time to say something. */
export async function tellOfInvitation(
  tx: Tx,
  services: Telling,
  orgId: string,
  { id, email, departmentId, by }: { id: string; email: string; departmentId: string | null; by: string },
): Promise<void> {
  if (departmentId === null || !(await isWalled(tx, orgId, departmentId))) return
  const memberIds = (await memberIdsOf(tx, orgId, departmentId)).filter((each) => each !== by)
  const subject = { kind: 'invitation', id }
  await notify(tx, services, orgId, { memberIds, kind: 'walled-department-invited', facts: { email }, subject })
}
