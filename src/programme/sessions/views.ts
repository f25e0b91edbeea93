// Sessions and what was changed in them, as pages show them.

import type { z } from 'zod'
import type { NoPlace } from '../load/sessions/types.ts'
import { noPlaceWords } from '../load/sessions/words.ts'
import type { SessionRow, StepOfSession } from './store.ts'
import type { SessionView, stepView } from './types.ts'

const ownWords: Record<string, string> = {
  'plan-changed': 'The plan does not ask for it any more',
  'programme-ended': 'The programme has ended',
}

/** A reason of the rules in words; of people their own. */
export const saysOf = (reason: string | null): string | null =>
  reason === null ? null : (noPlaceWords[reason as NoPlace] ?? ownWords[reason] ?? reason)

/** One that has a place, or had one. */
export const viewOf = (row: SessionRow, spent: number | undefined): SessionView => ({
  ...{ id: row.id, activity: row.activity, channel: row.channel, kind: row.kind as SessionView['kind'] },
  campaignId: row.campaign_id,
  ...{ minutes: row.minutes, spent: spent ?? null, part: row.part, parts: row.parts },
  ...{ state: row.state as SessionView['state'], day: row.on_day!, wall: row.wall!, zone: row.zone! },
  ...{ at: row.at!.toISOString(), from: row.from_day, to: row.to_day },
  ...{ isMadeUp: row.made_up, isByHand: row.by_hand, reason: saysOf(row.reason) },
})

/** Why somebody leaves something out is for themselves: here are reasons of rules alone. */
export const stepViewOf = (step: StepOfSession, memberId: string): z.infer<typeof stepView> => ({
  ...{ at: step.at.toISOString(), what: step.what, activity: step.activity, channel: step.channel },
  ...{ minutes: step.minutes, fromDay: step.from_day, toDay: step.to_day },
  isMine: (step.to_member ?? step.from_member) === memberId,
  reason: step.what === 'skipped' ? null : saysOf(step.reason),
})

export interface WithoutPlace {
  activity: string
  channel: string | null
  count: number
  minutes: number
  reason: string
  says: string
}

/** The same thing for the same reason is told once, with how many. */
export function withoutPlaceOf(rows: readonly SessionRow[]): WithoutPlace[] {
  const groups = Map.groupBy(rows, ({ activity, channel, reason }) => JSON.stringify([activity, channel, reason]))
  return [...groups.values()].map((group) => {
    const { activity, channel, reason } = group[0]!
    const minutes = group.reduce((sum, row) => sum + row.minutes, 0)
    return { activity, channel, count: group.length, minutes, reason: reason!, says: saysOf(reason)! }
  })
}
