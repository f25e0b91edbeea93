// Accounts that were opened too fast, that nobody uses, and times in which nobody could be seen (R1-04, R3-15, R0-09).

import { addDays, daysBetween } from '../../../lib/days.ts'
import { gapsIn, joined, type Span } from '../../../publishing/stock/rules.ts'
import type { LoadSettings } from '../figures/settings.ts'

export interface Outlet {
  id: string
  name: string
  /** The day on which it was opened. */
  opened: string
  /** The day of the last post or reply; null: there never was one. */
  lastActive: string | null
}

export interface OverExtension {
  /** Opened lately, the newest first. */
  opened: Outlet[]
  alarm: boolean
}

/** More opened within four weeks than people can learn to use. */
export function overExtension(
  outlets: readonly Outlet[],
  today: string,
  { overExtended, openedDays }: Pick<LoadSettings, 'overExtended' | 'openedDays'>,
): OverExtension {
  const since = addDays(today, 1 - openedDays)
  const opened = outlets
    .filter((outlet) => outlet.opened >= since && outlet.opened <= today)
    .sort((a, b) => (a.opened < b.opened ? 1 : -1))
  return { opened, alarm: opened.length >= overExtended }
}

export interface Dormant {
  outlet: Outlet
  /** Days since the last sign of life, or since it was opened. */
  days: number
  /** Nothing ever came of it: one cannot join and wait. */
  neverUsed: boolean
}

/** The longest silent first. */
export function dormantOutlets(
  outlets: readonly Outlet[],
  today: string,
  { dormantDays }: Pick<LoadSettings, 'dormantDays'>,
): Dormant[] {
  return outlets
    .map((outlet) => ({
      outlet,
      days: daysBetween(outlet.lastActive ?? outlet.opened, today),
      neverUsed: outlet.lastActive === null,
    }))
    .filter(({ days }) => days >= dormantDays)
    .sort((a, b) => b.days - a.days)
}

export interface Visibility {
  /** Times with no living content and no reply, in order. Milliseconds, as spans of life are. */
  gaps: Span[]
  /** Share of the time in which somebody could be seen, short gaps included; null: there was no time. */
  visible: number | null
}

/** @param living Spans of living content (`lifeOf` in `publishing/stock`). `replies`: instants in milliseconds. */
export function visibilityOf(
  { living, replies, window }: { living: readonly Span[]; replies: readonly number[]; window: Span },
  { gapHours, replyHours }: Pick<LoadSettings, 'gapHours' | 'replyHours'>,
): Visibility {
  const hourMs = 3_600_000
  const seen = joined([...living, ...replies.map((from) => ({ from, to: from + replyHours * hourMs }))])
  const all = gapsIn(seen, window)
  const whole = window.to - window.from
  const dark = all.reduce((sum, { from, to }) => sum + to - from, 0)
  return {
    gaps: all.filter(({ from, to }) => to - from >= gapHours * hourMs),
    visible: whole > 0 ? 1 - dark / whole : null,
  }
}
