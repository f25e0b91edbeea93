// What Longrun reads of a measure: over the last four whole weeks, so that one day decides nothing.

import { firstAccountDay } from '../../accounts/for-programme.ts'
import { readInOrg, seenBy, type Tx } from '../../db/tx.ts'
import { readBegun } from '../../inbox/beginning/actions.ts'
import { talkDays } from '../../inbox/measures/for-programme.ts'
import { addDays, dayIn, daysBetween, mondayOf } from '../../lib/days.ts'
import { firstTopicDay, mentionsIn } from '../../listening/overview/for-programme.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import { firstLinkDay, outDays, visitsIn } from '../../publishing/for-programme.ts'
import type { Services } from '../../services.ts'
import { firstReplies } from '../first-replies.ts'
import type { Measure } from './types.ts'

type Deps = Pick<Services, 'db' | 'clock'>

const mostWeeks = 4

/** By what a measure counts: the day on which the first of it was there. null: Longrun does not read it. */
const firstDays: Record<Measure, ((tx: Tx, orgId: string, zone: string) => Promise<string | null>) | null> = {
  ...{ 'posts-weekly': firstAccountDay, 'replies-weekly': firstAccountDay, 'begun-weekly': firstAccountDay },
  ...{ 'first-reply-hours': firstAccountDay, 'promise-kept': firstAccountDay },
  ...{ 'visits-weekly': firstLinkDay, 'mentions-weekly': firstTopicDay, own: null },
}

/**
 * Everybody who reads goals reads this figure: what stands behind walls is not in it. null: there was nothing to be measured, or the measure
 * is one of the organisation's own.
 */
export async function readMeasure(services: Deps, orgId: string, measure: Measure): Promise<number | null> {
  const deps = { ...services, db: seenBy(services.db, null) }
  const read = <Told>(work: (tx: Tx) => Promise<Told>): Promise<Told> => readInOrg(deps.db, orgId, work)
  const { zone, began } = await read(async (tx) => {
    const found = await readOrganisationZone(tx, orgId)
    return { zone: found, began: (await firstDays[measure]?.(tx, orgId, found)) ?? null }
  })
  const monday = mondayOf(dayIn(deps.clock(), zone))
  // Whole weeks since there is something to count: one that was not there yet is no week of nothing.
  const weeks = Math.min(mostWeeks, began === null ? 0 : Math.floor(daysBetween(began, monday) / 7))
  if (weeks === 0) return null
  const span = { zone, from: addDays(monday, -7 * weeks), to: addDays(monday, -1) }
  const weekly = async (sum: Promise<number>) => (await sum) / weeks
  switch (measure) {
    case 'posts-weekly':
      return weekly(read(async (tx) => sumOf(await outDays(tx, orgId, span), ({ posts }) => posts)))
    case 'replies-weekly':
      return weekly(read(async (tx) => sumOf(await talkDays(tx, orgId, span), ({ answered }) => answered)))
    case 'visits-weekly':
      return weekly(read((tx) => visitsIn(tx, orgId, span)))
    case 'mentions-weekly':
      return weekly(read((tx) => mentionsIn(tx, orgId, span)))
    case 'begun-weekly':
      return weekly(begunIn(deps, orgId, weeks))
    case 'first-reply-hours':
      return (await firstReplies(deps, orgId, span)).medianHours
    case 'promise-kept': {
      const { kept } = await firstReplies(deps, orgId, span)
      return kept && kept.share * 100
    }
    case 'own':
      return null
  }
}

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + of(row), 0)

/** The week that goes on is not whole: it is left out. */
async function begunIn(deps: Deps, orgId: string, weeks: number): Promise<number> {
  const { weeks: told } = await readBegun(deps, { orgId }, { weeks: weeks + 1 })
  return sumOf(told.slice(0, weeks), ({ begun }) => begun)
}
