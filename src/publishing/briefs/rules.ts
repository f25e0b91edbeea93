// Pure decisions about briefs: which state follows which, and when missing material is a problem. The day is an argument.

import type { BriefState } from './types.ts'

export type BriefChange = 'begin' | 'finish' | 'decline' | 'reopen'

const from: Record<BriefChange, readonly BriefState[]> = {
  begin: ['open'],
  finish: ['open', 'in-work'],
  decline: ['open', 'in-work'],
  reopen: ['done', 'declined'],
}

export const briefAllows = (state: BriefState, change: BriefChange): boolean => from[change].includes(state)

export interface MaterialFacts {
  material: string
  links: readonly unknown[]
  mediaIds: readonly unknown[]
}

export const hasMaterial = ({ material, links, mediaIds }: MaterialFacts): boolean =>
  material.trim() !== '' || links.length > 0 || mediaIds.length > 0

/** Whether its due day is so near that what it shall be made from should be there by now. `today` and `dueOn` are days. */
export const lacksMaterial = (
  brief: MaterialFacts & { state: BriefState; dueOn: string | null },
  today: string,
  days: number,
): boolean =>
  (brief.state === 'open' || brief.state === 'in-work') &&
  brief.dueOn !== null &&
  !hasMaterial(brief) &&
  daysBetween(today, brief.dueOn) <= days

/** Whole days from one day of the calendar to another; negative where it is past. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** 30 February would become another day. */
export function isCalendarDay(text: string): boolean {
  const at = new Date(`${text}T00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
