// What each sign of a sprint counts, in points; with 0 it does not count. And how long an answer keeps an alarm quiet.

import type { Figure } from './figure.ts'

const starting = 'Our starting value'
const points = (value: number, says: string) => ({
  ...{ value, unit: 'points' as const, least: 0, most: 6, ours: true, source: starting },
  says: `A sign of a sprint, in points: ${says}.`,
})

export const sprintFigures = {
  pointsRatio: points(2, 'a week of far more than the weeks before'),
  pointsOutlets: points(2, 'too many accounts opened at once'),
  pointsPerson: points(2, 'one person who carries everybody'),
  pointsMeasure: points(1, 'no goal says what is measured'),
  pointsCutBack: points(1, 'a lighter week that was not taken'),
  pointsMissed: points(2, 'sessions missed since the highest week'),
  pointsFalling: points(2, 'minutes that fall week after week'),
  quietDays: {
    ...{ value: 14, unit: 'days', least: 1, most: 90, ours: true },
    says: 'So long an alarm that was dealt with is quiet; if its cause is still there then, it asks again.',
    source: starting,
  },
  laterDays: {
    ...{ value: 7, unit: 'days', least: 1, most: 90, ours: true },
    says: 'So long an alarm is put off where nobody says until when.',
    source: starting,
  },
} satisfies Record<string, Figure>
