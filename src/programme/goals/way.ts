// Pure: the way to a goal, as it is told after its target or its day was changed: straight pieces, each from where it stood then.

import { daysBetween } from '../../lib/days.ts'
import type { GoalFacts } from './types.ts'

/** A straight piece of the way to a goal: from a day and what it stood at then, towards its target. */
export interface WayPart {
  from: string
  at: number
  target: number
  dueOn: string
}

type Ends = Pick<GoalFacts, 'baseline' | 'target' | 'dueOn'>

export const wayFrom = ({ baseline, target, dueOn }: Ends, setOn: string): WayPart[] => [
  { from: setOn, at: baseline, target, dueOn },
]

export const ways = ['same', 'from-here', 'anew'] as const
export type WayOn = (typeof ways)[number]

/** Another baseline was a slip: it was never so. Another target or day is a decision: what lies behind stays as it was. */
export function wayOn(before: Ends, after: Ends): WayOn {
  if (before.baseline !== after.baseline) return 'anew'
  return before.target !== after.target || before.dueOn !== after.dueOn ? 'from-here' : 'same'
}

interface Change {
  way: WayOn
  day: string
  /** What it stood at on that day. */
  stood: number
  was: Ends
}

/** `changes`: those that hold, oldest first; `goal`: as it is after them. */
export function wayOf(goal: Ends, setOn: string, changes: readonly Change[]): WayPart[] {
  let parts = wayFrom(changes[0]?.was ?? goal, setOn)
  for (const [index, { way, day, stood }] of changes.entries()) {
    const then = changes[index + 1]?.was ?? goal
    if (way === 'anew') parts = wayFrom(then, setOn)
    if (way === 'from-here')
      parts = [
        ...parts.filter(({ from }) => from < day),
        { from: day, at: stood, target: then.target, dueOn: then.dueOn },
      ]
  }
  return parts
}

/** Where the line lies on a day, held at its ends. */
export function lineAt(way: readonly WayPart[], day: string): number {
  const { from, at, target, dueOn } = way.findLast((part) => part.from <= day) ?? way[0]!
  const whole = daysBetween(from, dueOn)
  const share = whole <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(from, day) / whole))
  return at + (target - at) * share
}
