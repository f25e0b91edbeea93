// What a cadence asks for, as work for sessions: with its minutes, and light or key by how long it takes.

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

/**
 * What takes longer than a whole week holds is done in parts of at most half of one: nobody would ever find a place for it otherwise. `most`: the fullest
 * week that any of its people has in its days. `count`: it is cut already.
 */
export function partsOf(
  item: WorkItem,
  { most, count }: { most: number; count: number | null },
  { lightMinutes }: Pick<LoadSettings, 'lightMinutes'>,
): WorkItem[] {
  const least = Math.max(lightMinutes, most / 2)
  const parts = count ?? (most <= 0 || item.minutes <= most ? 1 : Math.ceil(item.minutes / least))
  return Array.from({ length: parts }, () => ({ ...item, minutes: Math.max(1, Math.round(item.minutes / parts)) }))
}
