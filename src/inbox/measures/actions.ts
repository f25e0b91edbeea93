// Verb of measures: sums of some days, with ranges where a share is an estimate.

import { readInOrg, type Tx } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { Refusal } from '../../lib/refusal.ts'
import { wilsonInterval } from '../../lib/stats/proportion.ts'
import { readOrganisationZone } from '../../people/directory.ts'
import type { Caller } from '../../people/types.ts'
import type { Services } from '../../services.ts'
import { promiseMetrics } from '../promises/types.ts'
import { byName, namesOf } from './names.ts'
import {
  type ClockSum,
  clockSums,
  countClosings,
  countHeard,
  messageDays,
  readBacklog,
  replyDays,
  type Span,
} from './store.ts'
import { groupings, type MeasureFilter } from './types.ts'

/** @throws Refusal `range-backwards`, `range-too-long`. */
export const readMeasures = (
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  { orgId }: Pick<Caller, 'orgId'>,
  { from, to, ...filter }: MeasureFilter & { from: string; to: string },
) =>
  readInOrg(db, orgId, async (tx) => {
    const days = daysBetween(from, to)
    const span: Span = { ...filter, orgId, from, to, zone: await readOrganisationZone(tx, orgId), now: clock() }
    const messages = await messageDays(tx, span)
    const [sums, replies] = [await clockSums(tx, span), await replyDays(tx, span)]
    const { closed, reopened } = await countClosings(tx, span)
    const { waiting, overdue, oldest } = await readBacklog(tx, span)
    const sum = (of: (day: (typeof messages)[number]) => number) => messages.reduce((all, each) => all + of(each), 0)
    return {
      zone: span.zone,
      heard: sum(({ heard }) => heard),
      answered: sum(({ answered }) => answered),
      conversations: await countHeard(tx, span),
      promises: sums
        .filter(({ by }) => by === null)
        .map(keptOf)
        .sort(inOrder),
      reopened: shareOf(Math.min(reopened, closed), closed),
      negative: shareOf(
        sum(({ negative }) => negative),
        sum(({ judged }) => judged),
      ),
      backlog: { waiting, overdue, oldest: oldest?.toISOString() ?? null },
      days: days.map((day) => {
        const said = messages.find((each) => each.day === day)
        const replied = replies.find((each) => each.day === day)
        return {
          ...{ day, heard: said?.heard ?? 0, answered: said?.answered ?? 0 },
          negative: shareOf(said?.negative ?? 0, said?.judged ?? 0),
          ...{ firstReply: replied?.median ?? null, kept: shareOf(replied?.met ?? 0, replied?.due ?? 0) },
        }
      }),
      groups: await groupsOf(tx, orgId, sums),
    }
  })

/** @throws Refusal `range-backwards`, `range-too-long`. */
export function daysBetween(from: string, to: string, mostDays = 400): string[] {
  if (to < from) throw new Refusal('range-backwards', { field: 'to' })
  const days: string[] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    days.push(day)
    if (days.length > mostDays) throw new Refusal('range-too-long', { field: 'to', params: { days: mostDays } })
  }
  return days
}

const shareOf = (seen: number, n: number) => (n === 0 ? null : { n, ...wilsonInterval(seen, n) })

const timesOf = (of: [number, number] | null, n: number) =>
  of?.[0] === undefined || of[0] === null ? null : { n, median: of[0], p90: of[1] }

function keptOf({ metric, states, wall, promised, answered }: ClockSum) {
  const { met = 0, broken = 0, overdue = 0, running = 0, paused = 0, waived = 0 } = states
  return {
    ...{ metric, met, broken, overdue, running: running + paused, waived, kept: shareOf(met, met + broken + overdue) },
    ...{ wall: timesOf(wall, answered), promised: timesOf(promised, answered) },
  }
}

type Kept = ReturnType<typeof keptOf>

const inOrder = (a: Kept, b: Kept): number => promiseMetrics.indexOf(a.metric) - promiseMetrics.indexOf(b.metric)

async function groupsOf(tx: Tx, orgId: string, sums: readonly ClockSum[]) {
  const people = sums.flatMap(({ by, id }) => (by === 'person' && id ? [id] : []))
  const nameOf = await namesOf(tx, orgId, people)
  return groupings.flatMap((by) => {
    const own = Map.groupBy(
      sums.filter((each) => each.by === by),
      ({ id }) => id,
    )
    return [...own]
      .map(([id, rows]) => ({ by, id, name: nameOf(by, id), promises: rows.map(keptOf).sort(inOrder) }))
      .sort(byName)
  })
}
