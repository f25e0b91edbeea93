// Who is told of drills: whoever has one before them, those who judge, and whoever was judged.

import type { Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { type ActiveMember, readActiveMembers, readActors } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import type { Outcome } from './rules.ts'
import type { DrillRow } from './store.ts'
import type { DrillWanted } from './types.ts'

export type Telling = Pick<Services, 'queue' | 'mailer' | 'clock' | 'publicUrl'>

/** Everybody else who may judge. */
export const judgesOf = async (tx: Tx, orgId: string, memberId: string): Promise<ActiveMember[]> =>
  (await readActiveMembers(tx, orgId)).filter(({ id, role }) => id !== memberId && may(role, 'inbox.judge'))

/** Those of the same department first; where none of it may judge, everybody who may. */
export async function tellJudges(
  services: Telling,
  tx: Tx,
  { orgId, memberId }: Caller,
  { id, exercises }: Pick<DrillRow, 'id' | 'exercises'>,
): Promise<void> {
  const who = await judgesOf(tx, orgId, memberId)
  const own = (await readActiveMembers(tx, orgId)).find((each) => each.id === memberId)?.departmentId ?? null
  const near = who.filter(({ departmentId }) => own !== null && departmentId === own)
  const name = (await readActors(tx, orgId, [memberId]))(memberId).name
  await notify(tx, services, orgId, {
    memberIds: (near.length > 0 ? near : who).map((each) => each.id),
    kind: 'drill-waits',
    facts: { name, exercises },
    subject: { kind: 'drill', id },
    mail: {
      subject: `A drill of ${name} waits to be judged`,
      text: `${name} has answered ${exercises} practice messages. None of it was sent.\n\nJudge it: ${linkTo(services.publicUrl, orgId, `settings/drills/${id}`)}\n`,
    },
  })
}

export const tellJudged = (
  services: Telling,
  tx: Tx,
  orgId: string,
  { id, member_id, exercises, passed, passes }: Pick<DrillRow, 'id' | 'member_id' | 'exercises'> & Outcome,
): Promise<void> => {
  const title = passed ? 'Your drill is passed' : 'Your drill is judged, and not passed yet'
  return notify(tx, services, orgId, {
    memberIds: [member_id],
    kind: 'drill-judged',
    facts: { passed, passes, exercises },
    subject: { kind: 'drill', id },
    mail: {
      subject: title,
      text: `${passes} of ${exercises} practice messages passed. What was said of each: ${linkTo(services.publicUrl, orgId, `settings/drills/${id}`)}\n`,
    },
  })
}

/** A training of theirs counts once they have passed one. */
export const tellAsked = (
  services: Telling,
  tx: Tx,
  orgId: string,
  { memberId, topic, exercises, pass }: DrillWanted & { memberId: string; topic: string },
): Promise<void> =>
  notify(tx, services, orgId, {
    memberIds: [memberId],
    kind: 'drill-asked',
    facts: { topic, exercises, pass },
    subject: { kind: 'drill', id: null },
    mail: {
      subject: `A drill before it counts: ${topic}`,
      text: `“${topic}” counts for you once ${pass} of ${exercises} practice messages passed. Nothing of them is sent.\n\nBegin: ${linkTo(services.publicUrl, orgId, 'settings/drills')}\n`,
    },
  })
