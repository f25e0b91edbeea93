// The numbers of single days: what is light, what needs a block, how rest is kept, and what happens to a missed session.

import type { Figure } from './figure.ts'

const starting = 'Our starting value'

export const sessionFigures = {
  lightMinutes: {
    ...{ value: 30, unit: 'minutes', least: 5, most: 120, ours: true },
    says: 'Up to so many minutes a session is light: it fits beside other work and may be made up the next day.',
    source: starting,
  },
  blockFrom: {
    ...{ value: 120, unit: 'minutes', least: 30, most: 480, ours: true },
    says: 'From so many minutes on, a session blocks a half-day, where there is one.',
    source: starting,
  },
  halfDayMinutes: {
    ...{ value: 240, unit: 'minutes', least: 60, most: 480, ours: true },
    says: 'So long is a half-day.',
    source: 'Convention',
  },
  recoveryShare: {
    ...{ value: 0.5, unit: 'share', least: 0, most: 1, ours: true },
    says: 'On the working day after crisis duty or an event, a person has at most so much of a usual day.',
    source: starting,
  },
  daysInARow: {
    ...{ value: 6, unit: 'days', least: 1, most: 6, ours: true },
    says: 'Nobody works more days in a row: at least one day of seven is free of duty.',
    source: 'Convention, and the law in many countries',
  },
  makeUpLightDays: {
    ...{ value: 2, unit: 'days', least: 0, most: 7, ours: true },
    says: 'A light session that was missed may be made up within so many days, once.',
    source: 'Running plans: an easy run missed one day can be run the next',
  },
  makeUpKeyDays: {
    ...{ value: 7, unit: 'days', least: 0, most: 14, ours: true },
    says: 'A key session that was missed may be made up within so many days, in the place of light ones.',
    source: 'Running plans: occasional workouts may be skipped, long runs not',
  },
  makeUpDay: {
    ...{ value: 1.2, unit: 'times', least: 1, most: 2, ours: true },
    says: 'Making up never makes a day more than so many times what was planned for it or for the day that was missed.',
    source: starting,
  },
  realignMissed: {
    ...{ value: 3, unit: 'times', least: 1, most: 20, ours: false },
    says: 'So many sessions missed within two weeks ask for a realigned plan.',
    source: 'A running app offers to realign after three missed sessions',
  },
  realignShare: {
    ...{ value: 0.3, unit: 'share', least: 0, most: 1, ours: true },
    says: 'Missed sessions ask for a realigned plan only where they are at least so much of the minutes of these days: of many short ones a few are missed in any good week.',
    source:
      'Our starting value, the same as for a sprint; an ability counts as mastered with a fifth of its sessions left undone',
  },
  realignDays: {
    ...{ value: 14, unit: 'days', least: 7, most: 60, ours: true },
    says: 'Within so many days missed sessions are counted together.',
    source: starting,
  },
  gapDays: {
    ...{ value: 7, unit: 'days', least: 3, most: 60, ours: false },
    says: 'A break of so many days asks for a realigned plan.',
    source: 'Feely 2023, 300,000 marathon runners: breaks of seven days and more cost 5 to 8 % of the finish time',
  },
} satisfies Record<string, Figure>
