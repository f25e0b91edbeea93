// Words of placements: the ten media, how one runs, and refusals that only these pages meet.

import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'
import type { Run } from '../../placements/rules.ts'
import type { Medium } from '../../placements/types.ts'

export const mediumWords: Record<Medium, string> = {
  'online-advertising': 'Online advertising',
  'web-site': 'Web site',
  'e-mail': 'E-mail',
  mobile: 'Mobile',
  packaging: 'Packaging',
  'direct-mail': 'Direct mail',
  television: 'Television',
  print: 'Print',
  'out-of-home': 'Out of home',
  other: 'Other',
}

export const runLook: Record<Run, { label: string; tone: Tone }> = {
  running: { label: 'Running', tone: 'done' },
  planned: { label: 'Planned', tone: 'slate' },
  over: { label: 'Over', tone: 'quiet' },
}

learnWords({
  'ends-before-it-begins': { what: 'It ends before it begins.', next: 'Choose a later end.' },
  'cost-needs-currency': { what: 'A cost needs its currency.', next: 'Enter both, or neither.' },
  'word-taken': { what: 'Another placement that runs has this word.', next: 'Choose another one.' },
})
