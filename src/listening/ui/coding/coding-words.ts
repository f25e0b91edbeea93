// Words of the coding room, and what the server refuses there.

import type { client, Output } from '../../../kit/api.ts'
import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'

export type CodingSet = Output<typeof client.coding.read>

export const stateLook: Record<CodingSet['state'], { label: string; tone: Tone; means: string }> = {
  coding: { label: 'Being coded', tone: 'track', means: 'Somebody still codes; nobody sees what the other says.' },
  settling: {
    label: 'Differences to settle',
    tone: 'amber',
    means: 'Both are through; where they differ, somebody decides.',
  },
  ready: { label: 'Ready to finish', tone: 'slate', means: 'Nothing is open.' },
  finished: {
    label: 'Finished',
    tone: 'done',
    means: 'The labels are on the mentions, and the machine is measured by them.',
  },
}

learnWords({
  'two-coders-needed': { what: 'Two different people are needed.', next: 'Choose somebody else as the second one.' },
  'cannot-code': { what: 'The role of {name} does not allow coding.', next: 'Choose somebody who may answer.' },
  'nothing-to-draw': {
    what: 'Nothing was said under this topic in that time that the machine judged.',
    next: 'Choose another topic or a longer time.',
  },
  'not-a-coder': {
    what: 'This set is coded by two others.',
    next: 'You can see how they agree when both are through.',
  },
  'coding-is-over': {
    what: 'Both are through, so labels cannot change any more.',
    next: 'Differences can be settled.',
  },
  'still-coding': { what: 'Somebody still codes.', next: 'Agreement is shown when both are through.' },
  'still-open': { what: 'Not every difference is settled.', next: 'Settle those that are left, then finish.' },
})
