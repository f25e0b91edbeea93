// The words of guards, and the refusals that only they meet.

import { learnWords } from '../../../kit/words.ts'
import type { Risk } from '../../guards/rules.ts'
import type { Answer } from '../../guards/types.ts'
import '../refusal-words.ts'

learnWords({
  'reason-needed': { what: 'A sentence that says why is needed.' },
  'day-not-ahead': { what: 'Choose a day after today.' },
  'not-yours-to-answer': { what: 'Only those who lead answer this.', next: 'Tell them what you know of it.' },
  'alarm-over': { what: 'Its cause is gone: there is nothing to answer any more.' },
})

export const riskLook: Record<Risk['level'], { label: string; tone: 'done' | 'amber' | 'crimson' }> = {
  calm: { label: 'Calm', tone: 'done' },
  watch: { label: 'Watch', tone: 'amber' },
  act: { label: 'Act', tone: 'crimson' },
}

export const alarmLook = {
  watch: { label: 'Watch', tone: 'amber' },
  act: { label: 'Act', tone: 'crimson' },
} as const

export const answerWords: Record<Answer, { label: string; means: string; done: string }> = {
  done: {
    label: 'Done',
    means: 'Something was done about it. If it is still so in some weeks, it asks again.',
    done: 'dealt with',
  },
  'no-problem': {
    label: 'Not a problem',
    means: 'It may stay so. It is quiet until it gets worse.',
    done: 'no problem',
  },
  later: { label: 'Later', means: 'It asks again then, if it is still so.', done: 'put off' },
}

export const sprintWords = {
  steady: 'No sign of a sprint that ends in quitting.',
  watch: 'Some signs of a sprint: keep an eye on it.',
  intervene: 'This is the pattern of a sprint that ends in quitting: something should change now.',
} as const

export const teamName = (name: string): string => name || 'Without a department'
