// What a cadence asks for, as work for sessions: with its minutes, and light or key by how long it takes.

import { medianOf } from '../../../lib/stats/median.ts'
import type { CadenceItem } from '../cadence/types.ts'
import type { UnitCost } from '../costs/unit-cost.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { SessionKind, WorkItem } from './types.ts'

/** Light fits into a lunch break. Events and milestones are key whatever they take: say so yourself. */
export const kindOfMinutes = (minutes: number, { lightMinutes }: Pick<LoadSettings, 'lightMinutes'>): SessionKind =>
  minutes <= lightMinutes ? 'light' : 'key'

/** @throws RangeError where an activity has no price. `peopleFor`: who may do it, whoever is asked first at the front. */
export function workItems(
  items: readonly CadenceItem[],
  prices: readonly { activity: { id: string }; cost: Pick<UnitCost, 'mean'> }[],
  { peopleFor, settings }: { peopleFor: (item: CadenceItem) => readonly string[]; settings: LoadSettings },
): WorkItem[] {
  return items.map((item) => {
    const price = prices.find(({ activity }) => activity.id === item.choice.activity)
    if (!price) throw new RangeError(`no minutes are known for the activity ${item.choice.activity}`)
    // Whole minutes: a calendar shows no seconds.
    const minutes = Math.max(1, Math.round(price.cost.mean))
    const { id, channel, from, to } = item
    const kind = kindOfMinutes(minutes, settings)
    return { id, activity: item.choice.activity, channel, kind, minutes, people: peopleFor(item), from, to }
  })
}

/** The fullest week of the one in the middle of those who have any time at all; 0: nobody has. */
export function usualWeek(fullest: readonly number[]): number {
  const some = fullest.filter((minutes) => minutes > 0)
  return some.length === 0 ? 0 : medianOf(some)
}

/** Weeks are shares of a whole: the last digits say nothing. */
export const hair = 1e-9

/** What takes more of a week leaves no room beside it, and finds none in a lighter week or in that of somebody who gives less. */
const mostOfWeek = 0.8

/**
 * In how many parts something is done of which one takes so long. `most`: as above. What fits into a break is never cut; a block, which somebody
 * wants in one piece, only where no week holds it.
 */
export const partCount = (
  minutes: number,
  most: number,
  { lightMinutes }: Pick<LoadSettings, 'lightMinutes'>,
  isBlock = false,
): number =>
  most <= 0 || minutes <= (isBlock ? most : Math.max(Math.min(lightMinutes, most), most * mostOfWeek)) * (1 + hair)
    ? 1
    : Math.ceil(minutes / Math.min(most, Math.max(lightMinutes, most / 2)))

/**
 * What takes most of a week is done in parts of at most half of one: nobody would ever find a place for it otherwise. `most`: the usual week of
 * its people in its days. `count`: it is cut already.
 */
export function partsOf(
  item: WorkItem,
  { most, count, isBlock }: { most: number; count: number | null; isBlock: boolean },
  settings: Pick<LoadSettings, 'lightMinutes'>,
): WorkItem[] {
  const parts = count ?? partCount(item.minutes, most, settings, isBlock)
  return Array.from({ length: parts }, () => ({ ...item, minutes: Math.max(1, Math.round(item.minutes / parts)) }))
}
