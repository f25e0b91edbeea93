// Why something found no place, in words.

import type { NoPlace } from './types.ts'

export const noPlaceWords: Record<NoPlace, string> = {
  nobody: 'Nobody of this plan may do it',
  unable: 'Nobody who takes part has learned it yet',
  'named-gone': 'Nobody whom the plan names for it takes part',
  'given-on': 'Whoever had it before does not do it any more',
  holiday: 'It is a holiday',
  absence: 'Whoever may do it is away',
  'no-working-time': 'Nobody who may do it is at work then',
  'no-room': 'No free time is long enough',
  recovery: 'The day after duty is for recovery',
  'rest-day': 'One day of seven stays free',
  'too-even': 'The week would become too even, without easy days',
  'week-full': 'The minutes of the week are used up',
  ceiling: 'It would go above the ceiling',
  'buddy-full': 'Whoever would be at their side is away or has no minutes left',
  'day-full': 'The day would become much fuller than planned',
  'made-up-before': 'It has had its second chance',
  'too-late': 'The days to make it up are over',
}
