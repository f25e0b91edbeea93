// The numbers of weekly load: where it begins, how fast it may grow, and when it rests.

import { type Figure, gabbett, ownRun } from './figure.ts'

export const weekFigures = {
  newPersonMinutes: {
    ...{ value: 90, unit: 'minutes', least: 10, most: 2400, ours: true },
    says: 'What one person is taken to be used to in a week, until two weeks were measured.',
    source: 'Our starting value; beginners spent a median of one hour a week in 2010, some months later ten',
  },
  baselineWeeks: {
    ...{ value: 4, unit: 'weeks', least: 2, most: 12, ours: true },
    says: 'The baseline is the median of so many last completed weeks.',
    source: 'Chronic load is usually taken over four weeks',
  },
  measuredWeeks: {
    ...{ value: 2, unit: 'weeks', least: 1, most: 8, ours: true },
    says: 'From so many measured weeks on, they are the baseline instead of the assumption.',
    source: 'Our starting value',
  },
  eliteWeeks: {
    ...{ value: 8, unit: 'weeks', least: 4, most: 52, ours: true },
    says: 'With so many weeks of evidence an experienced team may begin at what it was used to. That lifts the cap on the first step only.',
    source: 'Our starting value, for "elite athletes are excepted"',
  },
  growth: {
    ...{ value: 0.07, unit: 'share', least: 0, most: 0.2, ours: false },
    says: 'By so much the plan grows from week to week, compounded.',
    source: `${ownRun}: 5 to 7 % a week`,
  },
  newHigh: {
    ...{ value: 1.2, unit: 'times', least: 1.02, most: 1.5, ours: false },
    says: 'No week may be more than so many times the highest completed one.',
    source: `${ownRun}: never more than 1.23; Nielsen 2014 (873 beginners): risk rises above 1.3`,
  },
  warnRatio: {
    ...{ value: 1.3, unit: 'times', least: 1, most: 3, ours: false },
    says: 'A warning, when a week is more than so many times the mean of the four before.',
    source: gabbett,
  },
  refuseRatio: {
    ...{ value: 1.5, unit: 'times', least: 1, most: 5, ours: false },
    says: 'Above so many times the mean of the four weeks before, a week needs an override that is recorded.',
    source: gabbett,
  },
  ratioWeeks: {
    ...{ value: 4, unit: 'weeks', least: 2, most: 8, ours: false },
    says: 'With so many weeks before it a week is compared.',
    source: gabbett,
  },
  cutBackEvery: {
    ...{ value: 3, unit: 'weeks', least: 2, most: 8, ours: false },
    says: 'Every so many weeks there is a lighter one.',
    source: `${ownRun}: cut-backs in weeks 3, 6, 9, 12, 14`,
  },
  cutBack: {
    ...{ value: 0.8, unit: 'times', least: 0.5, most: 0.95, ours: false },
    says: 'A cut-back week is so much of the week before.',
    source: ownRun,
  },
  cutBackLow: {
    ...{ value: 0.7, unit: 'times', least: 0.3, most: 1, ours: true },
    says: 'A cut-back below so much of the week before loses more than it rests.',
    source: 'Our starting value',
  },
  cutBackHigh: {
    ...{ value: 0.9, unit: 'times', least: 0.3, most: 1, ours: true },
    says: 'A cut-back above so much of the week before hardly rests.',
    source: 'Our starting value',
  },
  cutBackShows: {
    ...{ value: 0.97, unit: 'times', least: 0.5, most: 1, ours: true },
    says: 'A week below so much of the one before counts as a cut-back.',
    source: 'Our starting value, by which the cut-backs of published plans are recognised',
  },
  taperFirst: {
    ...{ value: 0.7, unit: 'times', least: 0.3, most: 1, ours: false },
    says: 'Two weeks before a launch or an event, production goes down to so much of the peak.',
    source: 'Bosquet 2007: volume down by 41 to 60 %, frequency kept',
  },
  taperSecond: {
    ...{ value: 0.5, unit: 'times', least: 0.2, most: 1, ours: false },
    says: 'In the week before it, and in its own, production is so much of the peak.',
    source: 'Bosquet 2007: volume down by 41 to 60 %, frequency kept',
  },
  taperSlack: {
    ...{ value: 0.05, unit: 'times', least: 0, most: 0.3, ours: false },
    says: 'By so much of the peak a taper may be above that.',
    source: `${ownRun}: 0.60 to 0.73, then 0.52 to 0.56 of the peak`,
  },
  ceiling: {
    ...{ value: 600, unit: 'minutes', least: 30, most: 3600, ours: true },
    says: 'The most of one person in a week, where nothing else is set for them. No override lifts it.',
    source: 'Our starting value; ten hours were the median after some months in a survey of 1,900 people in 2010',
  },
  heavyWeek: {
    ...{ value: 1.3, unit: 'times', least: 1, most: 3, ours: true },
    says: 'A week of more than so many times the mean of the four before is heavy: pictures, facts and approvals are gathered before it, as before an event.',
    source: 'Our starting value: above what a plan grows to by its own rules',
  },
  inputShare: {
    ...{ value: 0.04, unit: 'share', least: 0.01, most: 0.2, ours: true },
    says: 'Each of these three takes so much of the minutes of the heavy week. Less than five minutes is no session, and five for an event.',
    source: 'Our starting value',
  },
  completedShare: {
    ...{ value: 0.5, unit: 'share', least: 0.2, most: 0.9, ours: true },
    says: 'A week counts as completed with at least so much of what was usual in the eight weeks up to it; less for a month is a break.',
    source: 'Our starting value, so that nobody begins again with the few minutes of the week in which they gave up',
  },
  realign: {
    ...{ value: 0.8, unit: 'times', least: 0.3, most: 1, ours: true },
    says: 'After a break the plan goes on with so much of the last completed week.',
    source: 'Our starting value; running apps repeat the interrupted week',
  },
} satisfies Record<string, Figure>
