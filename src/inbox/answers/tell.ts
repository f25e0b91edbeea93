// Who is told of answers that wait for consent, and what became of them.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readActiveMembers, readActors } from '../../people/directory.ts'
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
  { id, department_id, preview }: ConversationRow,
): Promise<void> {
  const who = (await readActiveMembers(tx, orgId)).filter(
    (each) => each.id !== memberId && may(each.role, 'inbox.approve'),
  )
  const near = who.filter(({ departmentId }) => department_id !== null && departmentId === department_id)
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
