// Who is told of answers that wait for consent, and what became of them.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readActiveMembers, readActors, readAdminIds } from '../../people/directory.ts'
import { showDepartment } from '../../people/organisation.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { ConversationRow } from '../conversations/store.ts'

type Telling = Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>

/** Those of the department first; where none of it may consent, everybody who may. */
export async function tellApprovers(
  services: Telling,
  tx: Tx,
  { orgId, memberId }: Caller,
  { id, department_id, wall_id, preview }: ConversationRow,
): Promise<void> {
  const who = (await readActiveMembers(tx, orgId)).filter(
    (each) => each.id !== memberId && may(each.role, 'inbox.approve'),
  )
  const near = who.filter(({ departmentId }) => department_id !== null && departmentId === department_id)
  if (wall_id !== null && near.length === 0) return tellOfMissingApprover(services, tx, orgId, wall_id)
  const name = (await readActors(tx, orgId, [memberId]))(memberId).name
  await notify(tx, services, orgId, {
    memberIds: (near.length > 0 ? near : who).map((each) => each.id),
    kind: 'answer-waits',
    facts: { name, preview },
    subject: { kind: 'conversation', id },
    mail: {
      subject: `An answer of ${name} waits for your approval`,
      text: `It answers: “${preview}”\n\nRead it: ${linkTo(services.publicUrl, orgId, `inbox/${id}`)}\n`,
    },
  })
}

const dayMs = 24 * 3600_000

/**
 * Behind a wall where nobody may consent it would wait in silence: those who can change that learn it, without a word of what it says, and
 * once a day, so that nobody counts by it.
 */
async function tellOfMissingApprover(services: Telling, tx: Tx, orgId: string, wallId: string): Promise<void> {
  const { name } = await showDepartment(tx, orgId, wallId)
  await notify(tx, services, orgId, {
    memberIds: await readAdminIds(tx, orgId),
    kind: 'walled-department-without-approver',
    facts: { name },
    subject: { kind: 'department', id: wallId },
    quietFor: dayMs,
    mail: {
      subject: `An answer waits in ${name}, and nobody there may approve it`,
      text: `${name} stands behind a wall, and none of its members may approve answers. Make one of them an approver or a manager, or have whoever answers there trained.\n\nMembers: ${linkTo(services.publicUrl, orgId, 'settings/members')}\n`,
    },
  })
}

export const tellWriter = (
  services: Telling,
  tx: Tx,
  { orgId }: Caller,
  {
    id,
    writerId,
    kind,
    note,
  }: { id: string; writerId: string; kind: 'answer-approved' | 'answer-sent-back'; note: string },
): Promise<void> =>
  notify(tx, services, orgId, {
    memberIds: [writerId],
    kind,
    facts: { note },
    subject: { kind: 'conversation', id },
    ...(kind === 'answer-sent-back'
      ? {
          mail: {
            subject: 'An answer of yours came back',
            text: `${note}\n\nYour words wait for you: ${linkTo(services.publicUrl, orgId, `inbox/${id}`)}\n`,
          },
        }
      : {}),
  })
