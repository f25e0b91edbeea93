// Sessions and what was changed in them, as pages show them.

import type { z } from 'zod'
import type { NoPlace } from '../load/sessions/types.ts'
import { noPlaceWords } from '../load/sessions/words.ts'
import { weekAhead } from './inputs.ts'
import type { SessionRow, StepOfSession } from './store.ts'
import type { SessionView, stepView } from './types.ts'

const ownWords: Record<string, string> = {
  'plan-changed': 'The plan does not ask for it any more',
  'programme-ended': 'The programme has ended',
}

/** A reason of the rules in words; of people their own. */
export const saysOf = (reason: string | null): string | null =>
  reason === null ? null : (noPlaceWords[reason as NoPlace] ?? ownWords[reason] ?? reason)

interface Reading {
  spent: number | undefined
  /** Who is at the side of whoever has it. */
  beside: string | null
  /** Whoever reads it has it. */
  isMine: boolean
}

/** One that has a place, or had one. Why somebody leaves something out is for themselves. */
export const viewOf = (row: SessionRow, { spent, beside, isMine }: Reading): SessionView => ({
  ...{ id: row.id, activity: row.activity, channel: row.channel, kind: row.kind as SessionView['kind'] },
  campaignId: row.campaign_id,
  ...{ minutes: row.minutes, spent: spent ?? null, part: row.part, parts: row.parts, items: row.items },
  ...{ state: row.state as SessionView['state'], day: row.on_day!, wall: row.wall!, zone: row.zone! },
  ...{ at: row.at!.toISOString(), from: row.from_day, to: row.to_day },
  ...{ isMadeUp: row.made_up, isByHand: row.by_hand, isHanded: row.handed },
  ...{ beside: row.state === 'planned' ? beside : null, ahead: weekAhead(row) },
  reason: row.state === 'skipped' && row.closed_by === row.member_id && !isMine ? null : saysOf(row.reason),
})

/** Of what somebody left out themselves the reason is theirs. */
export const stepViewOf = (
  step: StepOfSession,
  { memberId, by }: { memberId: string; by: (id: string) => string | null },
): z.infer<typeof stepView> => ({
  ...{ at: step.at.toISOString(), what: step.what, activity: step.activity, channel: step.channel },
  ...{ minutes: step.minutes, fromDay: step.from_day, toDay: step.to_day },
  isMine: (step.to_member ?? step.from_member) === memberId,
  by: isLed(step) ? by(step.by_id!) : null,
  reason: step.what === 'skipped' && !isLed(step) ? null : saysOf(step.reason),
})

/** Done by somebody else than whose session it was. */
export const isLed = ({ by_id, from_member }: Pick<StepOfSession, 'by_id' | 'from_member'>): boolean =>
  by_id !== null && by_id !== from_member

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
