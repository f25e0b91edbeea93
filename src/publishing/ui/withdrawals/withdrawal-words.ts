// The words of mass withdrawals: what each post's state means, and the refusals that only their pages meet.

import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'
import type { ItemState } from '../../withdrawals/types.ts'

export const itemWords: Record<ItemState, { label: string; tone: Tone }> = {
  waiting: { label: 'Waiting', tone: 'slate' },
  done: { label: 'Deleted', tone: 'done' },
  gone: { label: 'Gone already', tone: 'done' },
  refused: { label: 'Refused', tone: 'crimson' },
  'by-hand': { label: 'By hand', tone: 'amber' },
  stopped: { label: 'Left there', tone: 'quiet' },
}

learnWords({
  'count-differs': {
    what: 'There are {count} posts now: something was published or taken away in between.',
    next: 'Look at the list again, then type the new number.',
  },
  'nothing-waits': { what: 'Nothing of it waits any more.', next: 'Load the page again to see how it stands.' },
  'nothing-to-retry': { what: 'There is nothing to try again.', next: 'Load the page again to see how it stands.' },
})
