// Pure: what a review proposes of each line, where freed minutes go, and whether a stop was right.

import { itemName } from '../choices/question.ts'
import { type ReviewedLine, reviewLines, stopFigures } from '../choosing/stop.ts'
import { lineKey } from '../worth/channels.ts'
import type { ReadLine } from '../worth/lines.ts'
import type { Evidence, Finding, HourRange, Move, Proposal } from './types.ts'

/** The same share as a plan may change from one review to the next. */
export const shiftShare = 0.3
const weeks = 4

export interface Reviewed {
  line: ReadLine
  evidence: Evidence
  isWeak: boolean
  proposal: Proposal
  words: string
}

/** Those of which enough is known to speak of: measured, with their minutes. */
export const isReviewed = ({ belief, minutes, items }: ReadLine): boolean =>
  belief?.known === 'measured' && minutes !== null && items > 0

/** @param weakBefore Lines that were weak at the review before, by key. */
export function reviewAll(
  all: readonly ReadLine[],
  { weakBefore, seed }: { weakBefore: ReadonlySet<string>; seed: number },
): Reviewed[] {
  const lines = all.filter(isReviewed)
  const verdicts = reviewLines(
    lines.map((line) => factsOf(line, weakBefore)),
    seed,
  )
  const proposals = lines.map((line, at) => proposalOf(line, verdicts[at]!.proposal))
  const stays = lines.filter((_, at) => proposals[at] === 'keep')
  return lines.map((line, at) => {
    const { probability, isWeak, words } = verdicts[at]!
    const takers = stays.filter((each) => each !== line)
    const minutes = weeklyMinutes(line)
    const evidence: Evidence = {
      ...{ name: itemName(line.activity, line.channel), items: line.items, months: line.months, probability },
      ...{ anHour: hourOf(line), others: othersOf(line, lines), minutesWeekly: minutes },
      ...{ plannedWeekly: line.plannedWeekly, signals: line.signals, trend: line.trend },
      moves: { stop: moveMinutes(minutes, takers), shift: moveMinutes(minutes * shiftShare, takers) },
    }
    const proposal = proposals[at]!
    const more =
      proposal === 'shift' ? ` Until then ${Math.round(shiftShare * 100)} % of its minutes may do more elsewhere.` : ''
    return { line, evidence, isWeak, proposal, words: words + more }
  })
}

/** What is doubtful and had its time gives some of its minutes away; what had not is only watched. */
function proposalOf(line: ReadLine, verdict: 'keep' | 'watch' | 'stop'): Proposal {
  const hadItsTime = line.items >= stopFigures.leastItems && line.months >= stopFigures.leastMonths
  return verdict === 'watch' && hadItsTime ? 'shift' : verdict
}

const factsOf = (line: ReadLine, weakBefore: ReadonlySet<string>): ReviewedLine => ({
  ...{ id: lineKey(line), name: itemName(line.activity, line.channel), items: line.items, months: line.months },
  ...{ log: line.belief!.log, minutes: line.minutes!.mean, weeklyMinutes: weeklyMinutes(line) },
  ...{ signals: line.signals, weakBefore: [weakBefore.has(lineKey(line))] },
})

const itemsWeekly = ({ plannedWeekly, doneWeekly }: ReadLine): number =>
  plannedWeekly > 0 ? plannedWeekly : doneWeekly

export const weeklyMinutes = (line: ReadLine): number => itemsWeekly(line) * line.minutes!.mean

export function hourOf({ belief, minutes }: ReadLine): HourRange {
  const hour = (value: number) => (value * 60) / minutes!.mean
  return { likely: hour(belief!.likely), low: hour(belief!.low), high: hour(belief!.high) }
}

function othersOf(line: ReadLine, all: readonly ReadLine[]): number | null {
  const others = all.filter((each) => each !== line)
  return others.length > 0 ? others.reduce((sum, each) => sum + hourOf(each).likely, 0) / others.length : null
}

/**
 * Freed minutes to what brings most for the next one, item by item over four weeks. No line grows by more than a review permits; what is
 * left over stays free.
 */
export function moveMinutes(minutesWeekly: number, takers: readonly ReadLine[]): Move[] {
  let left = minutesWeekly * weeks
  const added = takers.map(() => 0)
  const most = takers.map((line) => {
    const now = itemsWeekly(line) * weeks
    return Math.min(Math.floor(now * shiftShare + 1 + 1e-9), Math.floor(line.most * weeks - now + 1e-9))
  })
  const next = (at: number) => {
    const line = takers[at]!
    const weekly = itemsWeekly(line) + added[at]! / weeks
    return (line.first! * line.decay ** weekly) / line.minutes!.mean
  }
  for (;;) {
    const open = [...takers.keys()].filter((at) => added[at]! < most[at]! && takers[at]!.minutes!.mean <= left + 1e-9)
    const best = open.toSorted((a, b) => next(b) - next(a))[0]
    if (best === undefined) break
    added[best]!++
    left -= takers[best]!.minutes!.mean
  }
  return takers.flatMap((line, at): Move[] =>
    added[at]! > 0
      ? [
          {
            ...{ channel: line.channel.key, channelName: line.channel.name, activity: line.activity },
            ...{ name: itemName(line.activity, line.channel), items: added[at]! },
            minutesWeekly: (added[at]! * line.minutes!.mean) / weeks,
          },
        ]
      : [],
  )
}

/** Half a year later: what an hour brings where its minutes went, beside what an hour of it brought. */
export function judgeStop(
  stopped: { name: string; anHour: HourRange },
  since: readonly HourRange[],
): { finding: Finding; words: string } {
  const { low, high, likely } = stopped.anHour
  if (since.length === 0)
    return {
      finding: 'unclear',
      words: `What was done instead of ${stopped.name} was not measured, so nobody can tell.`,
    }
  const now = since.reduce((sum, each) => sum + each.likely, 0) / since.length
  const said = (value: number) => (value >= 10 ? Math.round(value) : Math.round(value * 10) / 10)
  const beside = `An hour of it brought ${said(likely)} (${said(low)} to ${said(high)}); an hour of what took its place brings ${said(now)}.`
  if (now > high) return { finding: 'right', words: `It was right to stop ${stopped.name}. ${beside}` }
  if (now < low) return { finding: 'wrong', words: `It was not right to stop ${stopped.name}. ${beside}` }
  return { finding: 'unclear', words: `Whether it was right to stop ${stopped.name} cannot be told. ${beside}` }
}

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())

/** The first day of a month on which people work. `month`: 2027-02. */
export function firstWorkingDay(month: string, isDayOff: (day: string) => boolean): string {
  const days = Array.from({ length: 28 }, (_, at) => `${month}-${String(at + 1).padStart(2, '0')}`)
  return days.find((day) => !isWeekend(day) && !isDayOff(day)) ?? days[0]!
}

/** One review says nothing about the next where they lie closer together, or so far apart that months are missing between them. */
const leastDays = 21
const mostDays = 62
export const isReviewBefore = (before: Date, now: Date): boolean => {
  const days = (now.getTime() - before.getTime()) / 86_400_000
  return days >= leastDays && days <= mostDays
}
