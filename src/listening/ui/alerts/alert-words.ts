// Alerts in words of people: what began, how grave, how sensitive, what was answered.

import type { client, Output } from '../../../kit/api.ts'
import type { Tone } from '../../../kit/state-badge.tsx'
import { learnWords } from '../../../kit/words.ts'

export type Alert = Output<typeof client.alerts.list>['items'][number]
export type Detector = Output<typeof client.alerts.detectors>[number]

export const kindLook: Record<Alert['kind'], { label: string; tone: Tone; means: string }> = {
  opportunity: {
    label: 'Opportunity',
    tone: 'done',
    means: 'Much more is said, and no more of it is negative than usual: a chance to join in.',
  },
  'potential-issue': {
    label: 'Potential issue',
    tone: 'crimson',
    means: 'More of what is said is negative than usual.',
  },
  unclear: {
    label: 'Sentiment unclear',
    tone: 'amber',
    means: 'Too few of the mentions were judged to tell anger from interest.',
  },
}

export const triggerWords: Record<Alert['trigger'], string> = {
  volume: 'Many mentions at once',
  'negative-share': 'More of it is negative',
  'slow-rise': 'A slow rise',
}

export const severityLook: Record<Alert['severity'], { label: string; tone: Tone; means: string }> = {
  watch: { label: 'Watch', tone: 'slate', means: 'Keep an eye on it.' },
  act: { label: 'Act', tone: 'amber', means: 'Somebody should do something today.' },
  'act-now': { label: 'Act now', tone: 'crimson', means: 'Somebody should do something at once.' },
}

export const answerWords: Record<NonNullable<Alert['answer']>, { label: string; means: string }> = {
  real: { label: 'Real', means: 'Something did begin.' },
  false: { label: 'False', means: 'Nothing that anybody needed to know.' },
  planned: { label: 'Planned', means: 'We knew that it would come.' },
}

export const profileWords = {
  off: { label: 'Off', means: 'Nobody watches this topic.' },
  quiet: { label: 'Quiet', means: 'Only what is unmistakable.' },
  standard: { label: 'Standard', means: 'What is rarer than once in ten thousand half hours.' },
  watchful: { label: 'Watchful', means: 'Earlier, and more often for nothing.' },
} as const

export const watchLook: Record<Detector['watch'], { label: string; tone: Tone }> = {
  watching: { label: 'Watching', tone: 'done' },
  learning: { label: 'Learning', tone: 'slate' },
  suspended: { label: 'Suspended', tone: 'amber' },
}

export const plannedWords = ({ kind, name }: NonNullable<Alert['plannedEvent']>): string =>
  kind === 'campaign'
    ? `Planned: campaign ${name}`
    : kind === 'post'
      ? `Soon after our post: ${name}`
      : `Planned: ${name}`

export const partWords = {
  surprise: 'Surprise',
  negative: 'Anger',
  reach: 'Reach of its authors',
  novelty: 'New words',
} as const

learnWords({
  'ends-before-it-begins': { what: 'It ends before it begins.', next: 'Choose a later end.' },
  'topic-not-there': { what: 'This topic is not there any more.', next: 'Choose another one.' },
})
