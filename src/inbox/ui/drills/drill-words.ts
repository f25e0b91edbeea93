// How drills and exercises are named on pages.

import type { client, Output } from '../../../kit/api.ts'
import { count } from '../../../kit/words.ts'
import { wantsWords } from '../../drills/rules.ts'
import type { DrillWanted, ExerciseKind } from '../../drills/types.ts'
import { type Way, ways } from '../../triage/types.ts'
import { wayWords } from '../routing/routing-words.ts'

export type Drill = Output<typeof client.drills.read>
export type DrillItem = Drill['items'][number]
export type DrillLine = Output<typeof client.drills.waiting>[number]
export type Exercise = Output<typeof client.exercises.list>[number]

export const kindWords: Record<ExerciseKind, string> = {
  complaint: 'A complaint',
  question: 'A question',
  praise: 'Praise',
  insult: 'An insult',
  misguided: 'A misguided claim',
  danger: 'Danger to somebody',
  'personal-data': 'Personal data in public',
  own: 'Something else',
}

/** First what is answered, then what is left unanswered. */
export const wayChoices = [
  { group: 'Answer it', items: ways.filter(wantsWords).map((value) => ({ value, label: wayWords[value] })) },
  {
    group: 'Do not answer it, or not yet',
    items: ways.filter((way) => !wantsWords(way)).map((value) => ({ value, label: wayWords[value] })),
  },
]

export const wayOr = (way: Way | null): string => (way ? wayWords[way] : 'Whoever judges decides')

export const wantedWords = ({ exercises, pass }: DrillWanted): string =>
  `${pass} of ${count(exercises, 'practice message')} ${pass === 1 ? 'has' : 'have'} to pass`

export function stateOf({ handedInAt, endedAt, passed, passes, exercises }: DrillLine): {
  label: string
  tone: 'slate' | 'amber' | 'done' | 'crimson'
} {
  if (handedInAt === null) return { label: 'Being answered', tone: 'slate' }
  if (endedAt === null) return { label: 'Waits to be judged', tone: 'amber' }
  const share = `${passes ?? 0} of ${exercises}`
  return passed ? { label: `Passed, ${share}`, tone: 'done' } : { label: `Not passed, ${share}`, tone: 'crimson' }
}
