// Makes reviews: by hand, and by Longrun on the first working day of each month.

import { asSystem, inOrg, readInOrg, type Tx } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notify } from '../../events/notify.ts'
import { dayIn } from '../../lib/days.ts'
import { linkTo } from '../../lib/links.ts'
import { readAdminIds, readOrganisationZone } from '../../people/directory.ts'
import { type Actor, longrunItself } from '../../people/types.ts'
import { holidaysOn } from '../../publishing/holidays/read-holidays.ts'
import type { Services } from '../../services.ts'
import { mustGoOn } from '../actions.ts'
import { stopFigures } from '../choosing/stop.ts'
import { lineKey } from '../worth/channels.ts'
import { readWorthOf } from '../worth/read-worth.ts'
import { firstWorkingDay, isReviewBefore, reviewAll } from './rules.ts'
import { insertReview, insertVerdicts, programmesToReview, reviewRows, stoppedKeys, verdictRows } from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>

interface By {
  actor: Actor
  /** null: Longrun, once a month. */
  memberId: string | null
}

/** @throws Refusal `no-programme`. */
export async function makeReview(services: Deps, orgId: string, { actor, memberId }: By): Promise<void> {
  const worth = await readWorthOf(services, orgId, { forgetWeeks: stopFigures.forgetHalfLifeWeeks })
  const { now, unit, today } = worth
  await inOrg(services.db, orgId, async (tx) => {
    const programme = await mustGoOn(tx, orgId)
    const stopped = await stoppedKeys(tx, orgId)
    const month = today.slice(0, 7)
    // Of the month, so that two reviews of the same figures say the same.
    const seed = Number(month.replace('-', ''))
    const reviewed = reviewAll(
      worth.lines.filter((line) => !stopped.has(lineKey(line))),
      { weakBefore: await weakBefore(tx, orgId, programme.id, now), seed },
    )
    const review = { programmeId: programme.id, month, unit, seed, at: now, by: memberId }
    const id = await insertReview(tx, orgId, review)
    if (id === null) return
    await insertVerdicts(
      tx,
      orgId,
      id,
      reviewed.map(({ line: { channel, activity }, isWeak, ...each }) => ({
        ...{ channel: channel.key, channel_name: channel.name, activity, is_weak: isWeak },
        ...{ evidence: each.evidence, proposal: each.proposal, words: each.words },
      })),
    )
    const count = (proposal: string) => reviewed.filter((each) => each.proposal === proposal).length
    const facts = { month, stop: count('stop'), shift: count('shift') }
    if (memberId === null && facts.stop + facts.shift > 0) await tell(services, tx, orgId, { id, facts })
    await record(tx, orgId, actor, now, { verb: 'review.made', subject: { kind: 'line-review', id }, facts })
  })
}

/** What was weak at the review before: one of about a month ago. */
async function weakBefore(tx: Tx, orgId: string, programmeId: string, now: Date): Promise<Set<string>> {
  const before = (await reviewRows(tx, orgId, programmeId, 24)).find(({ made_at }) => isReviewBefore(made_at, now))
  const verdicts = before ? await verdictRows(tx, orgId, [before.id]) : []
  return new Set(verdicts.flatMap((each) => (each.is_weak ? [`${each.channel}:${each.activity}`] : [])))
}

async function tell(
  services: Deps,
  tx: Tx,
  orgId: string,
  { id, facts }: { id: string; facts: { month: string; stop: number; shift: number } },
): Promise<void> {
  await notify(tx, services, orgId, {
    ...{ memberIds: await readAdminIds(tx, orgId), kind: 'lines-reviewed', facts },
    subject: { kind: 'line-review', id },
    mail: {
      subject: 'What to keep, stop or shift',
      text: `The figures of the last months propose to stop or shift something. A person decides.\n\nLook: ${linkTo(services.publicUrl, orgId, 'programme/reviews')}\n`,
    },
  })
}

/** Each day: where the first working day of the month has come and the month was not reviewed yet. */
export async function makeMonthlyReviews(services: Deps & Pick<Services, 'log'>): Promise<void> {
  for (const { org_id: orgId, begins_on, reviewed } of await asSystem(services.db, programmesToReview))
    try {
      const { today, due } = await readInOrg(services.db, orgId, (tx) => dueIn(tx, orgId, services.clock()))
      if (today < due || today < begins_on || (reviewed ?? '') >= today.slice(0, 7)) continue
      await makeReview(services, orgId, { actor: longrunItself, memberId: null })
    } catch (error) {
      // One that fails does not keep the others waiting.
      services.log.error('A month could not be reviewed', { error, orgId })
    }
}

/** Today, and the first working day of its month, by the holidays that the organisation keeps in sight. */
export async function dueIn(tx: Tx, orgId: string, now: Date): Promise<{ today: string; due: string; next: string }> {
  const today = dayIn(now, await readOrganisationZone(tx, orgId))
  const month = today.slice(0, 7)
  const [due, next] = [await workingDay(tx, orgId, month), await workingDay(tx, orgId, monthAfter(month))]
  return { today, due, next }
}

async function workingDay(tx: Tx, orgId: string, month: string): Promise<string> {
  const days = Array.from({ length: 14 }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
  const off = await holidaysOn(tx, orgId, days, 'en')
  return firstWorkingDay(month, (day) => off.has(day))
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`
}
