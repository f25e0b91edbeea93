// The ladder that a programme begins with (science.md B1): listening first, then one after the other. Each gate is a number that Longrun reads, or somebody else's word.

import type { CompetencyFacts, Gate, GateMeasure } from './types.ts'

interface Rung extends CompetencyFacts {
  key: string
}

const ask = (measure: GateMeasure, bound: number, activity: string | null = null): Gate => ({
  ...{ measure, bound, activity },
})

/** Four weeks in a row of which four fifths were done: whoever does it once can do it; whoever does it for a month has it. */
const lasting = ask('weeks-kept', 4)
const seen = ask('observed', 1)

export const defaultLadder: readonly Rung[] = [
  {
    key: 'listening',
    name: 'Listening',
    means: 'We hear what our field, customers and rivals say, and learn from it before we speak.',
    gates: [
      ask('days-listened', 28),
      ask('mentions-worked', 200),
      ask('coding-agreement', 70),
      ask('briefs-read', 4),
      lasting,
    ],
  },
  {
    key: 'answering',
    name: 'Answering',
    means: 'Whoever writes to us gets a good answer in the time that they were promised.',
    gates: [
      ask('replies-in-time', 95),
      ask('replies-out', 40),
      ask('trained', 100),
      ask('time-spread', 50, 'inbox-reply'),
      lasting,
      seen,
    ],
  },
  {
    key: 'publishing',
    name: 'Publishing',
    means: 'We publish week after week, in our own voice, and keep our own rules.',
    gates: [ask('posts-out', 24), ask('posts-by-the-rules', 95), ask('time-spread', 50, 'short-post'), lasting, seen],
  },
  {
    key: 'cross-promotion',
    name: 'Cross-promotion',
    means: 'What we say in one place leads people to the others, on paper and in shops too.',
    gates: [ask('visits', 100), lasting, seen],
  },
  {
    key: 'events',
    name: 'Events',
    means: 'We carry a fair, a talk or an open day from the weeks before it to the report after it.',
    gates: [ask('events-closed', 1), lasting, seen],
  },
  {
    key: 'advocacy',
    name: 'Advocacy',
    means: 'Colleagues outside of marketing speak with people too, and like to.',
    gates: [ask('people-out', 5), lasting, seen],
  },
  {
    key: 'insight',
    name: 'Insight',
    means: 'What we hear and measure changes what the organisation does.',
    gates: [ask('goals-read', 2), ask('briefs-read', 12), lasting, seen],
  },
  {
    key: 'all-departments',
    name: 'Press, investors, staff',
    means: 'Press, investor relations and personnel take part, each with its own care.',
    gates: [ask('departments-out', 3), lasting, seen],
  },
]
