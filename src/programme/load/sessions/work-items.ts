// What a cadence asks for, as work for sessions: with its minutes, and light or key by how long it takes.

import type { PricedActivity } from '../cadence/minutes.ts'
import type { CadenceItem } from '../cadence/types.ts'
import type { LoadSettings } from '../figures/settings.ts'
import type { SessionKind, WorkItem } from './types.ts'

/** Light fits into a lunch break. Events and milestones are key whatever they take: say so yourself. */
export const kindOfMinutes = (minutes: number, { lightMinutes }: Pick<LoadSettings, 'lightMinutes'>): SessionKind =>
  minutes <= lightMinutes ? 'light' : 'key'

/** @throws RangeError where an activity has no price. `peopleFor`: who may do it, whoever is asked first at the front. */
export function workItems(
  items: readonly CadenceItem[],
  prices: readonly PricedActivity[],
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
