// The words of what items are worth: units, how something is known, items as people call them.

import type { Tone } from '../../../kit/state-badge.tsx'
import type { GoalUnit, KnownBy } from '../../worth/types.ts'
import { activityLabel } from '../activity-words.ts'
import { numberText } from '../programme-words.ts'

export const unitWords: Record<GoalUnit, { label: string; means: string }> = {
  reactions: { label: 'Reactions', means: 'Likes, replies, reposts and quotes together.' },
  visits: { label: 'Visits', means: 'People who followed a short link of yours. Bots are left out.' },
  views: { label: 'Views', means: 'Where the network counts them.' },
  replies: { label: 'Replies', means: 'What people wrote below it.' },
}

export const unitOptions = (Object.keys(unitWords) as GoalUnit[]).map((value) => ({
  value,
  label: unitWords[value].label,
}))

export const knownWords: Record<KnownBy, { label: string; tone: Tone; means: string }> = {
  measured: { label: 'Measured', tone: 'done', means: 'From the numbers of your own items.' },
  estimate: {
    label: 'Your own estimate',
    tone: 'amber',
    means: 'Somebody said so; it counts until ten items are judged.',
  },
  assumed: { label: 'Assumed', tone: 'quiet', means: 'Nothing was measured: as lines of yours usually are.' },
  unknown: { label: 'Unknown', tone: 'quiet', means: 'Nobody knows; the planner leaves it as it is.' },
}

export const lineLabel = (activity: string, channelName: string): string =>
  channelName ? `${activityLabel(activity)}, ${channelName}` : activityLabel(activity)

/** As long as it says something. */
export const shortly = (value: number): string =>
  numberText(Math.abs(value) >= 10 ? Math.round(value) : Math.round(value * 10) / 10)

export const share = (value: number): string => `${Math.round(value * 100)} %`

export const ageText = (minutes: number): string =>
  minutes >= 2880
    ? `${Math.round(minutes / 1440)} days`
    : minutes >= 120
      ? `${Math.round(minutes / 60)} hours`
      : `${Math.round(minutes)} minutes`

/** A chance that was drawn is never certain. */
export const chance = (value: number): string =>
  value > 0.99 ? 'more than 99 %' : value < 0.01 ? 'less than 1 %' : share(value)
