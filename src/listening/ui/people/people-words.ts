// Words of people who speak: states, purposes, sides, and what stands in the way of a step.

import type { client, Output } from '../../../kit/api.ts'
import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'

export type Speaker = Output<typeof client.speakers.read>
export type SpeakerLine = Output<typeof client.speakers.list>['items'][number]
export type SpeakerState = NonNullable<Speaker['state']>

export const stateWords: Record<SpeakerState, { label: string; tone: Tone; step: string; means: string }> = {
  spotted: {
    label: 'Spotted',
    tone: 'amber',
    step: 'Back to spotted',
    means: 'Found by what they say; nobody has looked yet.',
  },
  checked: {
    label: 'Checked',
    tone: 'slate',
    step: 'Check them',
    means: 'A person looked: real, about us, and safe to approach.',
  },
  'approach-decided': {
    label: 'Approach decided',
    tone: 'slate',
    step: 'Decide the approach',
    means: 'It is decided where they are approached, and by whom.',
  },
  'in-contact': { label: 'In contact', tone: 'done', step: 'We are in contact', means: 'We speak with them.' },
  advocate: {
    label: 'Advocate',
    tone: 'done',
    step: 'Call them an advocate',
    means: 'They speak for us, and know that we know.',
  },
  'critic-followed': {
    label: 'Critic, followed',
    tone: 'slate',
    step: 'Follow them as a critic',
    means: 'They speak against us; we listen and answer.',
  },
  'do-not-contact': {
    label: 'Do not contact',
    tone: 'crimson',
    step: 'Do not contact them',
    means: 'Nobody of us approaches them. Nothing but the name is kept.',
  },
}

export const purposeWords: Record<Speaker['purpose'], string> = {
  answering: 'Answering them (90 days after the last word)',
  research: 'Learning from them (180 days)',
  advocacy: 'Working with them (365 days)',
}

export const sideWords: Record<string, { label: string; tone: Tone }> = {
  advocate: { label: 'Speaks for us', tone: 'done' },
  critic: { label: 'Speaks against us', tone: 'crimson' },
  none: { label: 'Takes no clear side', tone: 'quiet' },
}

export const nameOf = ({ name, handle, objectedAt }: Pick<Speaker, 'name' | 'handle' | 'objectedAt'>): string =>
  objectedAt ? 'Somebody who objected' : (name ?? handle ?? 'Name not told yet')

export const figure = (value: number): string =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? (value < 1 ? 2 : 1) : 0 })

learnWords({
  'move-not-allowed': { what: 'This is not the next step.', next: 'Load the page again to see how it stands.' },
  'check-unanswered': { what: 'All three questions need an answer.' },
  'check-failed': {
    what: 'Whoever is not real, not about us or not safe to approach is not checked.',
    next: 'Leave them as they are, or put them on the list of those not to contact.',
  },
  'channel-missing': { what: 'Where are they approached?' },
  'approacher-missing': { what: 'Who of us approaches them?' },
  'reason-missing': { what: 'Say why.' },
  'objection-stands': { what: 'They objected.', next: 'Only they themselves can take it back.' },
  'kept-too-long': { what: 'At most {most} days are allowed.' },
})
