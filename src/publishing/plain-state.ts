// States of posts in one or two words, for what is read outside of the web app.

import type { VariantState } from './types.ts'

const words: Record<VariantState, string> = {
  draft: 'Draft',
  'in-review': 'In review',
  scheduled: 'Scheduled',
  sending: 'Going out',
  processing: 'Going out',
  'looking-up': 'Being looked up',
  unconfirmed: 'Unconfirmed',
  held: 'Held',
  parked: 'Waiting for its account',
  published: 'Published',
  rejected: 'Rejected',
  cancelled: 'Cancelled',
  removed: 'Removed',
}

export const plainState = (state: VariantState): string => words[state]
