// The words of reviews: proposals, decisions, findings, months.

import type { Tone } from '../../../kit/state-badge.tsx'
import type { Decision, Finding, Proposal } from '../../reviews/types.ts'

export const proposalWords: Record<Proposal, { label: string; tone: Tone }> = {
  keep: { label: 'Keep it', tone: 'done' },
  watch: { label: 'Too early to say', tone: 'quiet' },
  shift: { label: 'Shift some of it', tone: 'amber' },
  stop: { label: 'Stop it', tone: 'crimson' },
}

export const decisionWords: Record<Decision, { label: string; done: string; means: string }> = {
  keep: { label: 'Keep it', done: 'Kept', means: 'It stays as it is; the next review looks again.' },
  shift: { label: 'Shift some of it', done: 'Shifted', means: 'It gets about a third less.' },
  stop: { label: 'Stop it', done: 'Stopped', means: 'It leaves the plan, and is tried again after half a year.' },
}

export const findingWords: Record<Finding, { label: string; tone: Tone }> = {
  right: { label: 'It was right', tone: 'done' },
  wrong: { label: 'It was not right', tone: 'crimson' },
  unclear: { label: 'Nobody can tell', tone: 'quiet' },
}

const named = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric', timeZone: 'UTC' })
export const monthText = (month: string): string => named.format(new Date(`${month}-01T00:00Z`))
