// Verbs of reviews: read, make by hand, try again what was stopped.

import type { z } from 'zod'
import { inOrg, readInOrg } from '../../db/tx.ts'
import { record } from '../../events/actions.ts'
import { notFound, Refusal } from '../../lib/refusal.ts'
import { readActors } from '../../people/directory.ts'
import type { WhoIs } from '../../people/names.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { findGoingOn } from '../store.ts'
import type { GoalUnit } from '../worth/types.ts'
import type { reviewsView } from './contract.ts'
import { dueIn, makeReview } from './make-review.ts'
import {
  endStops,
  lockStop,
  reviewRows,
  type StopRow,
  stopOnAgain,
  stoppedKeys,
  stopRows,
  type VerdictRow,
  verdictRows,
} from './store.ts'

type Deps = Pick<Services, 'db' | 'clock' | 'queue' | 'mailer' | 'publicUrl'>
type Shown = z.infer<typeof reviewsView>

const mostReviews = 12

export const readReviews = ({ db, clock }: Pick<Services, 'db' | 'clock'>, { orgId }: Caller): Promise<Shown> =>
  readInOrg(db, orgId, async (tx) => {
    const programme = await findGoingOn(tx, orgId)
    const { today, due, next } = await dueIn(tx, orgId, clock())
    const rows = programme ? await reviewRows(tx, orgId, programme.id, mostReviews) : []
    const verdicts = await verdictRows(
      tx,
      orgId,
      rows.map(({ id }) => id),
    )
    const stops = await stopRows(tx, orgId)
    const who = await readActors(tx, orgId, [
      ...rows.map(({ made_by }) => made_by),
      ...verdicts.map(({ decided_by }) => decided_by),
      ...stops.map(({ stopped_by }) => stopped_by),
    ])
    const isDone = rows.some(({ month, made_by }) => made_by === null && month === today.slice(0, 7))
    return {
      ...{ today, nextOn: programme ? (isDone ? next : [due, today].toSorted().at(-1)!) : null },
      reviews: rows.map((row, at) => ({
        ...{ id: row.id, month: row.month, unit: row.unit as GoalUnit, isNewest: at === 0 },
        ...{ madeAt: row.made_at.toISOString(), madeBy: who(row.made_by) },
        verdicts: verdicts.filter(({ review_id }) => review_id === row.id).map((each) => shownVerdict(each, who)),
      })),
      stops: stops.map((stop) => shownStop(stop, who)),
    }
  })

const shownVerdict = (row: VerdictRow, who: WhoIs): Shown['reviews'][number]['verdicts'][number] => ({
  ...{ id: row.id, channel: row.channel, channelName: row.channel_name, activity: row.activity },
  ...{ evidence: row.evidence, proposal: row.proposal, words: row.words },
  ...{ decision: row.decision, reason: row.reason, decidedBy: who(row.decided_by) },
  ...{ decidedAt: row.decided_at?.toISOString() ?? null, moved: row.moved, planNumber: row.plan_number },
})

const shownStop = (row: StopRow, who: WhoIs): Shown['stops'][number] => ({
  ...{ id: row.id, channel: row.channel, channelName: row.channel_name, activity: row.activity },
  ...row.evidence,
  ...{ stoppedAt: row.stopped_at.toISOString(), stoppedBy: who(row.stopped_by), retestOn: row.retest_on },
  ...{ finding: row.finding, findingWords: row.finding_words },
  ...{ endedAt: row.ended_at?.toISOString() ?? null, endedHow: row.ended_how },
})

/** @throws Refusal `no-programme`. */
export async function reviewNow(services: Deps, caller: Caller): Promise<Shown> {
  await makeReview(services, caller.orgId, { actor: caller.actor, memberId: caller.memberId })
  return readReviews(services, caller)
}

/** What ended already stays as it is. */
export async function tryAgain(services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> {
  const { orgId, memberId, actor } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const row = await lockStop(tx, orgId, id)
    if (!row) throw notFound('stop')
    if (row.ended_at) return
    const at = services.clock()
    await endStops(tx, orgId, { id }, { how: 'tried-again', by: memberId, at })
    const facts = { name: row.evidence.name }
    await record(tx, orgId, actor, at, { verb: 'line.tried-again', subject: { kind: 'line-stop', id }, facts })
  })
  return readReviews(services, caller)
}

/** Of one that was let be tried again. @throws Refusal `decided-already` where it was stopped anew since, or its decision undone. */
export async function stopOn(services: Deps, caller: Caller, { id }: { id: string }): Promise<Shown> {
  const { orgId, actor } = caller
  await inOrg(services.db, orgId, async (tx) => {
    const row = await lockStop(tx, orgId, id)
    if (!row) throw notFound('stop')
    if (!row.ended_at) return
    const isAnew = (await stoppedKeys(tx, orgId)).has(`${row.channel}:${row.activity}`)
    if (isAnew || row.ended_how !== 'tried-again') throw new Refusal('decided-already', { status: 409 })
    await stopOnAgain(tx, orgId, id)
    const facts = { name: row.evidence.name }
    await record(tx, orgId, actor, services.clock(), {
      verb: 'line.stopped-on',
      subject: { kind: 'line-stop', id },
      facts,
    })
  })
  return readReviews(services, caller)
}
