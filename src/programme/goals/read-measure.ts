// What Longrun reads of a measure: over the last four whole weeks, so that one day decides nothing.

import { readInOrg, seenBy } from '../../db/tx.ts'
import { readBegun } from '../../inbox/beginning/actions.ts'
import { readMeasures } from '../../inbox/measures/actions.ts'
import { talkDays } from '../../inbox/measures/for-programme.ts'
import { addDays, dayIn, daysBetween, mondayOf } from '../../lib/days.ts'
import { mentionsIn } from '../../listening/overview/for-programme.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { outDays, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { beganOn } from './store.ts'
import type { Measure } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const mostWeeks = 4
const hourMs = 3_600_000

/**
 * Everybody who reads goals reads this figure: what stands behind walls is not in it. null: there was nothing to be measured, or the measure
 * is one of the organisation's own.
 */
export async function readMeasure(services: Deps, orgId: string, measure: Measure): Promise<number | null> {
  const deps = { ...services, db: seenBy(services.db, null) }
  const zone = await readInOrg(deps.db, orgId, (tx) => readOrganisationZone(tx, orgId))
  const monday = mondayOf(dayIn(deps.clock(), zone))
  const began = await readInOrg(deps.db, orgId, (tx) => beganOn(tx, orgId, measure, zone))
  // Whole weeks since there is something to count: one that was not there yet is no week of nothing.
  const weeks = Math.min(mostWeeks, began === null ? 0 : Math.floor(daysBetween(began, monday) / 7))
  if (weeks === 0) return null
  const span = { zone, from: addDays(monday, -7 * weeks), to: addDays(monday, -1) }
  const weekly = async (sum: Promise<number>) => (await sum) / weeks
  switch (measure) {
    case 'posts-weekly':
      return weekly(
        inSpan(
          deps,
          orgId,
          (tx) => outDays(tx, orgId, span),
          ({ posts }) => posts,
        ),
      )
    case 'replies-weekly':
      return weekly(
        inSpan(
          deps,
          orgId,
          (tx) => talkDays(tx, orgId, span),
          ({ answered }) => answered,
        ),
      )
    case 'visits-weekly':
      return weekly(readInOrg(deps.db, orgId, (tx) => visitsIn(tx, orgId, span)))
    case 'mentions-weekly':
      return weekly(readInOrg(deps.db, orgId, (tx) => mentionsIn(tx, orgId, span)))
    case 'begun-weekly':
      return weekly(begunIn(deps, orgId, weeks))
    case 'first-reply-hours':
    case 'promise-kept':
      return keptIn(deps, orgId, span, measure)
    case 'own':
      return null
  }
}

async function inSpan<Day>(
  { db }: Deps,
  orgId: string,
  read: Parameters<typeof readInOrg<Day[]>>[2],
  of: (day: Day) => number,
): Promise<number> {
  return (await readInOrg(db, orgId, read)).reduce((sum, day) => sum + of(day), 0)
}

/** The week that goes on is not whole: it is left out. */
async function begunIn(deps: Deps, orgId: string, weeks: number): Promise<number> {
  const { weeks: told } = await readBegun(deps, { orgId }, { weeks: weeks + 1 })
  return told.slice(0, weeks).reduce((sum, { begun }) => sum + begun, 0)
}

async function keptIn(deps: Deps, orgId: string, { from, to }: { from: string; to: string }, measure: Measure) {
  const { promises } = await readMeasures(deps, { orgId }, { from, to })
  const first = promises.find(({ metric }) => metric === 'first-reply')
  if (measure === 'promise-kept') return first?.kept ? first.kept.share * 100 : null
  return first?.wall ? first.wall.median / hourMs : null
}
