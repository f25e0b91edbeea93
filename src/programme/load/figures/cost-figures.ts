// The numbers behind unit costs and the question whether a cadence takes only a few minutes a day.

import type { Figure } from './figure.ts'

export const costFigures = {
  priorWeight: {
    ...{ value: 4, unit: 'observations', least: 1, most: 50, ours: true },
    says: 'So many measured times count as much as what we assume at the beginning.',
    source: 'Our starting value',
  },
  priorSpread: {
    ...{ value: 0.5, unit: 'times', least: 0.1, most: 1.5, ours: true },
    says: 'How much single times of the same activity are assumed to scatter, as the standard deviation of their logarithm: 0.5 means that two of three lie between six tenths and one and a half times the usual.',
    source: 'Our starting value',
  },
  learningSpread: {
    ...{ value: 0.2, unit: 'times', least: 0.01, most: 1, ours: true },
    says: 'How fast people may get quicker before anything was measured. No gain is promised until it shows.',
    source: 'Our starting value; form of the curve by Wright 1936',
  },
  stableSpread: {
    ...{ value: 0.5, unit: 'share', least: 0.1, most: 2, ours: true },
    says: 'An activity is mastered when its last eight times scatter by no more than this share of their mean.',
    source: 'Our starting value',
  },
  stableTimes: {
    ...{ value: 8, unit: 'observations', least: 4, most: 50, ours: true },
    says: 'So many of the last times decide whether the time of an activity is stable.',
    source: 'Our starting value',
  },
  fewMinutes: {
    ...{ value: 15, unit: 'minutes', least: 1, most: 120, ours: true },
    says: 'Up to so many minutes a working day are "only a few minutes": what fits into one short break.',
    source: 'Our reading of "it should only take a few minutes a day"; half of a lunch break of thirty minutes',
  },
  workingDays: {
    ...{ value: 5, unit: 'days', least: 1, most: 7, ours: true },
    says: 'Working days in a week, over which minutes are spread.',
    source: 'Convention',
  },
} satisfies Record<string, Figure>
