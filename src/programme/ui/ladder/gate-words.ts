// Gates in words: what each asks for, and what was read of it.

import { count } from '../../../kit/words.ts'
import { fewest } from '../../competencies/rules.ts'
import type { Evidence, Gate, GateMeasure, StepState } from '../../competencies/types.ts'
import { activityLabel } from '../activity-words.ts'
import { numberText } from '../programme-words.ts'

interface GateWords {
  label: string
  /** Over the last twelve whole weeks, unless it says otherwise. */
  means: string
  unit: string
}

export const gateWords: Record<GateMeasure, GateWords> = {
  'days-listened': { label: 'Days of listening', unit: 'days', means: 'Days on which your topics heard something.' },
  'mentions-worked': {
    label: 'Mentions worked through',
    unit: 'mentions',
    means: 'Kept, handed on, corrected or coded by people, each once.',
  },
  'coding-agreement': {
    label: 'Two people hear the same',
    unit: '% agreement',
    means: 'Agreement beyond chance in the newest set that two people coded; 70 is the usual bar.',
  },
  'briefs-read': {
    label: 'Listening briefs that were read',
    unit: 'briefs',
    means: 'Published, and read by at least half of those they were written for.',
  },
  'weeks-kept': {
    label: 'Weeks of the plan kept',
    unit: 'weeks in a row',
    means:
      'Weeks in a row in which the team did four fifths of its sessions. Where a week had none, the whole organisation is judged by its minutes.',
  },
  'time-spread': {
    label: 'Steady times',
    unit: '% spread',
    means: 'How far the last eight measured times lie apart, as a share of their mean. Less is steadier.',
  },
  trained: {
    label: 'Trained',
    unit: '% of those who answer',
    means: 'Of those in the team who may answer, who has a training that counts.',
  },
  'replies-out': { label: 'Replies', unit: 'replies', means: 'Answers of the team that went out through Longrun.' },
  'replies-in-time': {
    label: 'First replies in time',
    unit: '%',
    means: 'Of the first replies that were promised.',
  },
  'posts-out': { label: 'Posts', unit: 'posts', means: 'Posts of the team that went out through Longrun.' },
  'posts-by-the-rules': {
    label: 'Posts that kept the rules',
    unit: '%',
    means: 'Nobody had to send them back before, and none was taken down after.',
  },
  visits: { label: 'Visits', unit: 'visits', means: 'Times that people followed a link of yours.' },
  'events-closed': {
    label: 'Events carried to the end',
    unit: 'events',
    means: 'Campaigns around an event or a fair that were closed with their report.',
  },
  'people-out': { label: 'People who take part', unit: 'people', means: 'Who wrote what went out.' },
  'departments-out': {
    label: 'Departments that take part',
    unit: 'departments',
    means: 'Whose people wrote what went out.',
  },
  'goals-read': {
    label: 'Goals that are read',
    unit: 'goals',
    means: 'Open goals with a reading of the last four weeks.',
  },
  observed: {
    label: 'Seen at work',
    unit: 'people',
    means: 'Of the team, of whom somebody else wrote down that they can do it. Nobody vouches for themselves.',
  },
}

export const gateLabel = ({ measure, activity }: Pick<Gate, 'measure' | 'activity'>): string =>
  activity ? `${gateWords[measure].label}: ${activityLabel(activity).toLowerCase()}` : gateWords[measure].label

/** “24 posts at least”. */
export const asksText = ({ measure, bound }: Pick<Gate, 'measure' | 'bound'>): string =>
  `${numberText(bound)} ${gateWords[measure].unit} ${measure === 'time-spread' ? 'at most' : 'at least'}`

/** What was read, as “12 of 24 posts”; what nobody can tell yet says so. */
export function readText({ measure, bound }: Gate, read: Evidence | null): string {
  const { unit } = gateWords[measure]
  if (!read) return `${numberText(bound)} ${unit}`
  const least = fewest[measure]
  if (read.value === null || (read.of !== null && least !== undefined && read.of < least))
    return least === undefined
      ? 'Nothing to judge by yet'
      : `${numberText(read.of ?? 0)} of ${numberText(least)} needed to judge`
  const value = numberText(Math.round(read.value * 10) / 10)
  return measure === 'time-spread'
    ? `${value} ${unit}, ${numberText(bound)} at most`
    : `${value} of ${numberText(bound)} ${unit}`
}

export const stateLook: Record<StepState, { label: string; tone: 'done' | 'track' | 'quiet' | 'amber' | 'slate' }> = {
  mastered: { label: 'Mastered', tone: 'done' },
  'going-on': { label: 'Learning', tone: 'track' },
  'set-aside': { label: 'Set aside', tone: 'amber' },
  next: { label: 'Next', tone: 'slate' },
  later: { label: 'Later', tone: 'quiet' },
}

/** What happened to a competency, in a sentence without who and when. */
export function entryText(kind: string, facts: Record<string, unknown>): string {
  const { measure, value, reason } = facts
  const known = typeof measure === 'string' && Object.hasOwn(gateWords, measure) ? (measure as GateMeasure) : null
  const why = typeof reason === 'string' ? ` “${reason}”` : ''
  const texts: Record<string, string> = {
    laid: 'Came with the ladder that Longrun lays',
    added: 'Added',
    changed: `Changed:${why}`,
    moved: `Moved from place ${Number(facts.from)} to ${Number(facts.to)}`,
    removed: 'Taken away',
    restored: 'Brought back',
    begun: 'Begun',
    resumed: 'Taken up again',
    'set-aside': `Set aside:${why}`,
    mastered: `Mastered, with ${count(Number(facts.gates ?? 0), 'gate')} open`,
    observed: 'Somebody’s work was watched',
    'observation-taken-back': 'What was seen was taken back',
    'observation-put-back': 'What was seen counts again',
    'gate-opened': known
      ? `“${gateWords[known].label}” opened at ${numberText(Math.round(Number(value) * 10) / 10)} ${gateWords[known].unit}`
      : 'A gate opened',
  }
  return texts[kind] ?? kind
}
