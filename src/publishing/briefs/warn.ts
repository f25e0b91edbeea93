// Tells who works a brief that its due day is near and that there is nothing yet to make it from: once for each due day.

import { asSystem, inOrg, type Tx } from '../../db/tx.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { oneByOne } from '../../lib/one-by-one.ts'
import { readWhoAnswers } from '../../people/directory.ts'
import type { Services } from '../../services.ts'
import { type BriefRow, bareAndDue } from './store.ts'
import { nearestDue } from './views.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

/** Answers how many briefs were told of. */
export async function warnOfMaterial(services: Deps): Promise<number> {
  const orgs = await asSystem(services.db, (tx) =>
    tx
      .selectFrom('briefs')
      .select('org_id')
      .distinct()
      .where('ended_at', 'is', null)
      .where('due_on', 'is not', null)
      .where('material_warned_at', 'is', null)
      .execute(),
  )
  return oneByOne(services.log, 'Missing material could not be told of', orgs, ({ org_id }) =>
    inOrg(services.db, org_id, (tx) => warnIn(services, tx, org_id)),
  )
}

async function warnIn(services: Deps, tx: Tx, orgId: string): Promise<number> {
  const now = services.clock()
  const due = await bareAndDue(tx, orgId, await nearestDue(tx, orgId, now))
  for (const brief of due) {
    await tx
      .updateTable('briefs')
      .set({ material_warned_at: now })
      .where('org_id', '=', orgId)
      .where('id', '=', brief.id)
      .execute()
    await tell(services, tx, brief)
  }
  return due.length
}

async function tell(services: Deps, tx: Tx, brief: BriefRow): Promise<void> {
  await notify(tx, services, brief.org_id, {
    memberIds: await readWhoAnswers(tx, brief.org_id, brief.owner_id, brief.begun_by, brief.created_by),
    kind: 'brief-without-material',
    facts: { title: brief.title, dueOn: brief.due_on },
    subject: { kind: 'brief', id: brief.id },
    mail: {
      subject: `Material is missing: ${brief.title}`,
      text: `“${brief.title}” is due on ${brief.due_on}, and it has no text, link or picture to be made from.\n\n${linkTo(services.publicUrl, brief.org_id, `briefs/${brief.id}`)}\n`,
    },
  })
}
