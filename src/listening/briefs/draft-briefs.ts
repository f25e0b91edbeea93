// Makes the draft of the week that is over: each Monday by the clock, or when somebody asks. Two workers at once make one.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { dayIn } from '../../lib/days.ts'
import { linkTo } from '../../lib/links.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readActiveMembers, readOrganisationZone } from '../../people/directory.ts'
import { may } from '../../people/permissions.ts'
import { type Actor, longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { makeFigures } from './make-figures.ts'
import { weekText, weekToBrief } from './rules.ts'
import { briefOfWeek, insertListeningBrief } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

/** A job: for every organisation that listens for something. Answers how many were made. */
export async function draftDueBriefs(services: Deps): Promise<number> {
  const listening = await asSystem(services.db, (tx) =>
    tx.selectFrom('topics').select('org_id').distinct().where('removed_at', 'is', null).execute(),
  )
  return oneByOne(services.log, 'A listening brief could not be drafted', listening, async ({ org_id: orgId }) =>
    inOrg(services.db, orgId, async (tx) => {
      const drafted = await draftBrief(services, tx, orgId, { actor: longrunItself, by: null })
      return Number(drafted.made)
    }),
  )
}

/** Within a transaction. The draft of the last week, whoever made it first; who may publish is told of one by the clock. */
export async function draftBrief(
  services: Deps,
  tx: Tx,
  orgId: string,
  { actor, by }: { actor: Actor; by: string | null },
): Promise<{ id: string; made: boolean }> {
  const at = services.clock()
  const zone = await readOrganisationZone(tx, orgId)
  const week = weekToBrief(dayIn(at, zone))
  const known = await briefOfWeek(tx, orgId, week)
  if (known) return { id: known.id, made: false }
  const figures = await makeFigures(tx, orgId, { week, zone, now: at })
  const id = await insertListeningBrief(tx, orgId, { week, figures, at, by })
  if (!id) return { id: (await briefOfWeek(tx, orgId, week))!.id, made: false }
  const facts = { week: weekText(week) }
  if (by === null) {
    const members = await readActiveMembers(tx, orgId)
    await notify(tx, services, orgId, {
      memberIds: members.filter(({ role }) => may(role, 'listening.publish')).map((member) => member.id),
      ...{ kind: 'listening-brief-drafted', facts, subject: { kind: 'listening-brief', id } },
      mail: {
        subject: `Listening brief, ${facts.week}: the figures are there`,
        text: `The draft waits for your words: ${linkTo(services.publicUrl, orgId, `listen/briefs/${id}`)}\n`,
      },
    })
  }
  await record(tx, orgId, actor, at, {
    verb: 'listening-brief.drafted',
    subject: { kind: 'listening-brief', id },
    facts,
  })
  return { id, made: true }
}
