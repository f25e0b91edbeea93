// The numbers of guards: when load is too even, too much on one person, or too much at once.

import type { Figure } from './figure.ts'

const starting = 'Our starting value'

export const guardFigures = {
  monotony: {
    ...{ value: 2, unit: 'times', least: 1.2, most: 5, ours: false },
    says: 'Above so many times the scatter of days, a week is too even: hard and easy days belong apart.',
    source: 'Foster 1998: mean ÷ standard deviation of seven days; by convention above 2',
  },
  topShare: {
    ...{ value: 0.7, unit: 'share', least: 0.3, most: 1, ours: true },
    says: 'From so much of all minutes on, one person carries everybody.',
    source: starting,
  },
  overExtended: {
    ...{ value: 3, unit: 'accounts', least: 1, most: 20, ours: true },
    says: 'So many accounts opened within four weeks are too many at once.',
    source: starting,
  },
  openedDays: {
    ...{ value: 28, unit: 'days', least: 7, most: 180, ours: true },
    says: 'Within so many days opened accounts are counted together.',
    source: starting,
  },
  dormantDays: {
    ...{ value: 28, unit: 'days', least: 3, most: 365, ours: true },
    says: 'After so many days without a post or a reply an account is dormant.',
    source: starting,
  },
  gapHours: {
    ...{ value: 24, unit: 'hours', least: 1, most: 720, ours: true },
    says: 'Shorter times without living content and without a reply are no gap.',
    source: '"Content that is a day old is as good as lost"',
  },
  replyHours: {
    ...{ value: 24, unit: 'hours', least: 1, most: 168, ours: true },
    says: 'For so long a reply keeps an account visible.',
    source: starting,
  },
  missedShare: {
    ...{ value: 0.3, unit: 'share', least: 0.05, most: 1, ours: true },
    says: 'From so many missed sessions on, in the two weeks after a peak, people are giving up.',
    source: starting,
  },
  missedChance: {
    ...{ value: 0.05, unit: 'share', least: 0.001, most: 1, ours: true },
    says: 'Missed sessions are a sign only where somebody who keeps four fifths of them would miss so many by chance less often than this: of four sessions two say nothing, of forty thirteen are a sign.',
    source: 'Our starting value, as statistics usually have it; four fifths is what makes a week kept',
  },
  missedDays: {
    ...{ value: 14, unit: 'days', least: 7, most: 60, ours: true },
    says: 'For so many days after a peak, and before today, missed sessions are counted.',
    source: 'Running apps ask for a new plan after three missed within two weeks',
  },
  fallShare: {
    ...{ value: 0.2, unit: 'share', least: 0.05, most: 0.9, ours: true },
    says: 'By so much minutes fall from one week to the next, when they are running out.',
    source: starting,
  },
  fallWeeks: {
    ...{ value: 3, unit: 'weeks', least: 2, most: 8, ours: true },
    says: 'So many falling weeks in a row are a pattern.',
    source: starting,
  },
  watchPoints: {
    ...{ value: 3, unit: 'points', least: 1, most: 12, ours: true },
    says: 'From so many points on, a sprint is watched.',
    source: starting,
  },
  intervenePoints: {
    ...{ value: 5, unit: 'points', least: 1, most: 12, ours: true },
    says: 'From so many points on, something should change now.',
    source: starting,
  },
  quitDays: {
    ...{ value: 21, unit: 'days', least: 7, most: 60, ours: true },
    says: 'So many days without a post or a reply are quitting.',
    source: starting,
  },
  activeDays: {
    ...{ value: 14, unit: 'days', least: 1, most: 42, ours: true },
    says: 'Who was active on fewer days has not begun, and cannot quit.',
    source: starting,
  },
} satisfies Record<string, Figure>
