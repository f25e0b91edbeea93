// The words of briefs, and what the server refuses about them.

import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'
import type { BriefKind, BriefState, BriefUse } from '../../briefs/types.ts'

export const kindWords: Record<BriefKind, string> = {
  idea: 'Idea',
  'visitor-request': 'Visitor request',
  reuse: 'Reuse',
  'campaign-need': 'Campaign need',
}

export const stateWords: Record<BriefState, { label: string; tone: Tone }> = {
  open: { label: 'Open', tone: 'slate' },
  'in-work': { label: 'In work', tone: 'track' },
  done: { label: 'Done', tone: 'done' },
  declined: { label: 'Declined', tone: 'quiet' },
}

export const useWords: Record<BriefUse, string> = {
  'how-to': 'How to',
  'guide-with-photos': 'Guide with photos, step by step',
  'mix-and-match': 'Mix and match',
  'care-and-repair': 'Care and repair',
  story: 'Story',
  news: 'News',
  question: 'Answer to a question',
  other: 'Something else',
}

export const choices = <Name extends string>(words: Record<Name, string>): { value: Name; label: string }[] =>
  (Object.entries(words) as [Name, string][]).map(([value, label]) => ({ value, label }))

const elsewhere = 'Load the page again to see how it stands now.'

learnWords({
  'brief-not-to-begin': { what: 'Somebody has taken it up already.', next: elsewhere },
  'brief-not-to-finish': { what: 'It has ended already.', next: elsewhere },
  'brief-not-to-decline': { what: 'It has ended already.', next: elsewhere },
  'brief-not-to-reopen': { what: 'It is not ended.', next: elsewhere },
})
