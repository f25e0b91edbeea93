// Pure: what a timer comes to.

import { leastMinutes, mostMinutes } from './types.ts'

const minuteMs = 60_000

/** Under half a minute nothing was done; to tenths, because nobody works by the second. null: it was a slip. */
export function minutesOf(beganAt: Date, endedAt: Date): number | null {
  const minutes = Math.round(((endedAt.getTime() - beganAt.getTime()) / minuteMs) * 10) / 10
  return minutes < leastMinutes ? null : minutes
}

/** Somebody forgot to stop it: nobody works so long on one thing. */
export const isForgotten = (minutes: number): boolean => minutes > mostMinutes
