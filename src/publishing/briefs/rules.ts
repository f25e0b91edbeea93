// Pure decisions about briefs: which state follows which, and when missing material is a problem. The day is an argument.

import { daysBetween } from '../../lib/days.ts'
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
