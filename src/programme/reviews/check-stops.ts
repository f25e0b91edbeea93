// Looks half a year later whether a stop was right, and says that it is time to try again.

import { asSystem, inOrg, readInOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { linkTo } from '../../lib/links.ts'
import { readAdminIds } from '../../people/directory.ts'
import { longrunItself } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { lineKey } from '../worth/channels.ts'
import { readWorthOf } from '../worth/read-worth.ts'
import { hourOf, isReviewed, judgeStop } from './rules.ts'
import { findStop, keepFinding, lockStop, stopsToCheck } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl' | 'log'>

export async function checkStops(services: Deps): Promise<void> {
  const today = services.clock().toISOString().slice(0, 10)
  for (const { org_id: orgId, id } of await asSystem(services.db, (tx) => stopsToCheck(tx, today)))
    await checkStop(services, orgId, id).catch((error: unknown) =>
      // One that fails does not keep the others waiting.
      services.log.error('A stop could not be checked', { error, stopId: id }),
    )
}

async function checkStop(services: Deps, orgId: string, id: string): Promise<void> {
  const stop = await readInOrg(services.db, orgId, (tx) => findStop(tx, orgId, id))
  if (!stop) return
  const { evidence } = stop
  const { lines } = await readWorthOf(services, orgId, { unit: evidence.unit })
  const took = new Set(evidence.moved.map(({ channel, activity }) => `${channel}:${activity}`))
  const own = `${stop.channel}:${stop.activity}`
  const measured = lines.filter((line) => isReviewed(line) && lineKey(line) !== own)
  // Where its minutes went nowhere in particular, everything else took its place.
  const instead = measured.filter((line) => took.size === 0 || took.has(lineKey(line)))
  const { finding, words } = judgeStop(evidence, instead.map(hourOf))
  await inOrg(services.db, orgId, async (tx) => {
    const at = services.clock()
    const row = await lockStop(tx, orgId, id)
    if (!row || row.ended_at || !(await keepFinding(tx, orgId, { id, finding, words, at }))) return
    await notify(tx, services, orgId, {
      ...{
        memberIds: await readAdminIds(tx, orgId),
        kind: 'line-stop-checked',
        facts: { name: evidence.name, finding },
      },
      subject: { kind: 'line-stop', id },
      mail: {
        subject: `Time to try again: ${evidence.name}`,
        text: `${words}\n\nLook: ${linkTo(services.publicUrl, orgId, 'programme/reviews')}\n`,
      },
    })
    const facts = { name: evidence.name, finding }
    await record(tx, orgId, longrunItself, at, { verb: 'stop.checked', subject: { kind: 'line-stop', id }, facts })
  })
}
