// What a week of the plan is there for, in words and as it is drawn.

import type { StoredWeek } from '../../plan/types.ts'

type Phase = StoredWeek['phase']

export const phaseWords: Record<Phase, string> = {
  build: 'Building up',
  hold: 'Holding',
  'cut-back': 'Lighter',
  taper: 'Taken back before an event',
  event: 'Event',
  away: 'Nobody there',
}

/** Weeks that are drawn alike. */
export type WeekLook = 'done' | 'usual' | 'lighter' | 'event'

export const lookOf: Record<Phase, WeekLook> = {
  build: 'usual',
  hold: 'usual',
  'cut-back': 'lighter',
  taper: 'event',
  event: 'event',
  away: 'lighter',
}

export const weekLooks: Record<WeekLook, { label: string; color: string }> = {
  done: { label: 'Done', color: 'var(--lr-plot-2)' },
  usual: { label: 'Planned', color: 'var(--lr-plot-1)' },
  lighter: { label: 'A lighter week, to recover', color: 'color-mix(in srgb, var(--lr-plot-1) 45%, transparent)' },
  event: { label: 'Taken back for an event', color: 'var(--lr-plot-4)' },
}
