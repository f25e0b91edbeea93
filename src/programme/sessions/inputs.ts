// Pure: what has to be there before a heavy week (R3-11): light sessions in the two weeks before it.

import { addDays } from '../../lib/days.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { WorkItem } from '../load/sessions/types.ts'
import type { HeavyWeek } from '../load/weeks/heavy-weeks.ts'
import type { SessionRow } from './store.ts'

/** In this order; consent is asked for when there is something to show. Days before the Monday of the week. */
const inputs = [
  { activity: 'gather-pictures', from: 14, to: 8 },
  { activity: 'gather-facts', from: 14, to: 8 },
  { activity: 'get-approvals', from: 7, to: 3 },
] as const

const word = 'inputs'
/** Less is no session. An event needs them whatever is planned; for a peak of half an hour nobody spends half of it on getting ready. */
const least = 5

export type Input = Omit<WorkItem, 'id' | 'people' | 'lack' | 'first'> & { item: string }

/** Of weeks that have not begun, as far as sessions are made. */
export const inputsOf = (
  heavy: readonly HeavyWeek[],
  { today, until }: { today: string; until: string },
  { lightMinutes, inputShare }: Pick<LoadSettings, 'lightMinutes' | 'inputShare'>,
): Input[] =>
  heavy
    .filter(({ monday, minutes, because }) => monday > today && (because === 'event' || inputShare * minutes >= least))
    .flatMap(({ monday, minutes }) =>
      inputs.map(({ activity, from, to }) => ({
        ...{ item: `${word} ${monday} ${activity}`, activity, channel: null, kind: 'light' as const },
        minutes: Math.round(Math.min(lightMinutes, Math.max(least, inputShare * minutes))),
        ...{ from: addDays(monday, -from), to: addDays(monday, -to) },
      })),
    )
    .filter(({ from, to }) => to >= today && from <= until)

export const isInput = ({ item }: Pick<SessionRow, 'item'>): boolean => item.startsWith(`${word} `)

/** The Monday of the week for which it has to be there; null: it is no such session. */
export const weekAhead = (row: Pick<SessionRow, 'item'>): string | null =>
  isInput(row) ? row.item.slice(word.length + 1, word.length + 11) : null
