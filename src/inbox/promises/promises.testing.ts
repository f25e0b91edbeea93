// Policies, hours and a ladder that tests of promises share.

import { businessClock } from './business-clock.ts'
import type { KnownPromises } from './due-of.ts'
import type { LadderLevel } from './escalation.ts'
import type { PolicyVersion } from './policy.ts'
import type { PromiseClock } from './timeline.ts'
import { businessHours, type PromiseMetric, promisePolicy } from './types.ts'

export const hoursId = '00000000-0000-4000-8000-000000000001'
const split = [1, 2, 3, 4, 5].flatMap((day) => [
  { day, from: '09:00', to: '12:00' },
  { day, from: '13:00', to: '17:00' },
])
export const berlin = businessClock(businessHours.parse({ zone: 'Europe/Berlin', week: split }))

type Targets = Partial<Record<PromiseMetric, object>>
export const version = (id: string, targets: Targets): PolicyVersion => ({
  id,
  policy: promisePolicy.parse({
    name: id,
    hoursId,
    targets: Object.entries(targets).map(([metric, more]) => ({ metric, minutes: 60, ...more })),
  }),
})
export const knowing = (...versions: PolicyVersion[]): KnownPromises => ({
  versionOf: (id) => versions.find((each) => each.id === id)!,
  clockOf: () => berlin,
})

export const minuteMs = 60_000
export const at = (minute: number): Date => new Date(Date.parse('2026-11-30T09:00:00Z') + minute * minuteMs)
/** Up to a desk that is always staffed. */
export const ladder: LadderLevel[] = [
  { people: ['owner'], acknowledgeMs: 10 * minuteMs },
  { people: ['deputy', 'second'], acknowledgeMs: 15 * minuteMs },
  { people: ['manager'], acknowledgeMs: 20 * minuteMs },
  { people: ['desk'], acknowledgeMs: 20 * minuteMs },
]

/** On Monday 30 November 2026, in Berlin's time. */
export const on = (time: string, day = 30): Date =>
  new Date(`${day === 30 ? '2026-11-30' : `2026-12-0${day}`}T${time}:00+01:00`)

const wall = (at: Date | null): string | null =>
  at && new Date(at.getTime() + 3600_000).toISOString().slice(8, 16).replace('T', ' ')
/** A line for each clock. */
export const told = (clocks: PromiseClock[]): string[] =>
  clocks.map(({ metric, round, startedAt, dueAt, state, waivedFor }) =>
    [metric, round, wall(startedAt), wall(dueAt) ?? 'never', waivedFor ? `${state} for ${waivedFor}` : state].join(
      ', ',
    ),
  )
