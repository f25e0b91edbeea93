// The words of the programme: ambitions, measures, areas, findings.

import type { RefusalFacts } from '../../kit/api.ts'
import { count, refusalWords } from '../../kit/words.ts'
import type { Area } from '../assessment/types.ts'
import type { Measure } from '../goals/types.ts'
import type { Ambition } from '../types.ts'
import './refusal-words.ts'

export const ambitionWords: Record<Ambition, { label: string; means: string }> = {
  presence: {
    label: 'Be there',
    means: 'Whoever looks for you finds you, and whoever writes gets an answer. The load stays low.',
  },
  maintain: { label: 'Keep it up', means: 'What is there goes on, week after week. The load stays as it is.' },
  succeed: { label: 'Reach goals', means: 'The whole distance: the load grows by rule towards goals with dates.' },
}

export const measureWords: Record<Measure, { label: string; unit: string; means: string }> = {
  'posts-weekly': {
    label: 'Posts a week',
    unit: 'posts a week',
    means: 'Published through Longrun, over the last four whole weeks.',
  },
  'replies-weekly': {
    label: 'Replies a week',
    unit: 'replies a week',
    means: 'What you answered in conversations, over the last four whole weeks.',
  },
  'begun-weekly': {
    label: 'Conversations begun a week',
    unit: 'conversations a week',
    means: 'In which you spoke first, over the last four whole weeks.',
  },
  'visits-weekly': {
    label: 'Visits a week',
    unit: 'visits a week',
    means: 'Times that people followed a link of yours, over the last four whole weeks. Bots are left out.',
  },
  'mentions-weekly': {
    label: 'Mentions a week',
    unit: 'mentions a week',
    means: 'Heard under your topics, over the last four whole weeks.',
  },
  'first-reply-hours': {
    label: 'Hours to the first reply',
    unit: 'hours',
    means: 'Median by the clock on the wall, over the last four whole weeks. Less is better.',
  },
  'promise-kept': {
    label: 'First replies in time',
    unit: '%',
    means: 'Of those that were promised, over the last four whole weeks.',
  },
  own: {
    label: 'A measure of your own',
    unit: '',
    means: 'Leads, revenue, visitors of the shop: you write down what it stands at.',
  },
}

export const unitOf = ({ measure, unit }: { measure: Measure; unit: string }): string =>
  unit || measureWords[measure].unit

const digits = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })
export const numberText = (value: number): string => digits.format(value)

export const areaWords: Record<Area, { label: string; says: string }> = {
  listening: { label: 'Listening', says: 'We hear what is said about us and our field, and learn from it.' },
  answering: { label: 'Answering', says: 'Whoever writes to us gets an answer in the time they were promised.' },
  publishing: { label: 'Publishing', says: 'We publish week after week, not only when something is on.' },
  sharing: { label: 'Sharing the load', says: 'Several people carry it; if one is away it goes on.' },
  measuring: { label: 'Measuring', says: 'We know what works, and stop what does not.' },
  lasting: { label: 'Lasting', says: 'What we begin we keep up: none of our accounts sleeps.' },
}

type Facts = Record<string, number>
const of = (facts: Facts, name: string): number => facts[name] ?? 0

/** What the evidence of twelve weeks says of an area, in a sentence. */
export const evidenceWords: Record<Area, (facts: Facts, level: number | null) => string> = {
  listening: (facts) =>
    of(facts, 'topics') === 0
      ? 'No topic is listened to.'
      : `${count(of(facts, 'topics'), 'topic')}, ${count(of(facts, 'briefs'), 'listening brief')} published, ${count(of(facts, 'coded'), 'mention')} coded.`,
  answering: (facts, level) =>
    level === null
      ? `${count(of(facts, 'heard'), 'message')} came in; no reply was promised, so nothing can be judged.`
      : `${of(facts, 'kept')} % of ${count(of(facts, 'due'), 'promised first reply', 'promised first replies')} came in time.`,
  publishing: (facts, level) =>
    level === null
      ? 'Less than three weeks are known of your accounts: nothing can be judged yet.'
      : `Something was published in ${of(facts, 'filled')} of ${of(facts, 'weeks')} weeks.`,
  sharing: (facts, level) =>
    level === null
      ? of(facts, 'unsaid') > 0
        ? 'Nothing went out through Longrun, and the accounts do not say who wrote the rest: who carries it is not known.'
        : 'Nothing went out through Longrun, so nobody can say who carries it.'
      : of(facts, 'told') > 0
        ? `Your accounts name ${count(of(facts, 'people'), 'person', 'people')} who wrote; one of them ${of(facts, 'share')} % of it.`
        : `${count(of(facts, 'people'), 'person', 'people')} wrote what went out; one of them ${of(facts, 'share')} % of it.`,
  measuring: (facts) =>
    `${count(of(facts, 'goals'), 'goal')} with a reading of the last four weeks, ${count(of(facts, 'visits'), 'visit')} through your links.`,
  lasting: (facts, level) =>
    level === null
      ? of(facts, 'accounts') === 0
        ? 'No account is connected.'
        : 'Less than three weeks are known of your accounts: nothing can be judged yet.'
      : `${of(facts, 'dormant')} of ${count(of(facts, 'accounts'), 'account')} silent for three weeks or more; the longest gap was ${count(of(facts, 'gap'), 'day')}.`,
}

export const viewWords: Record<'as-it-is' | 'too-good' | 'too-bad' | 'nothing-to-see', string> = {
  'as-it-is': 'You see it as it is',
  'too-good': 'Better thought than it is',
  'too-bad': 'Better than you think',
  'nothing-to-see': 'Nothing to judge by yet',
}

export const standingWords = {
  'no-reading': { label: 'No reading yet', tone: 'quiet' },
  reached: { label: 'Reached', tone: 'done' },
  'on-line': { label: 'On its line', tone: 'track' },
  behind: { label: 'Behind its line', tone: 'amber' },
  overdue: { label: 'Over its date', tone: 'crimson' },
} as const

export const outcomeWords = { reached: 'Reached', missed: 'Missed', 'given-up': 'Given up' } as const

export const commitmentLook = {
  ahead: { label: 'Begins later', tone: 'slate' },
  'in-force': { label: 'In force', tone: 'done' },
  'ends-soon': { label: 'Ends soon: renew it', tone: 'amber' },
  over: { label: 'Over', tone: 'crimson' },
  replaced: { label: 'Replaced', tone: 'quiet' },
} as const

/** A finding about a goal that is being written, in the words of its refusal. */
export function findingWords(code: string, params: RefusalFacts['params']): string {
  const { what, next } = refusalWords({ code: `goal-${code}`, params })
  return next ? `${what} ${next}` : what
}
