// Prints what a simulated year showed, with the laws by which it was made.

import { printTable, type Row } from '../report.ts'
import { percentile } from '../statistics.ts'
import { leastPeak, leastSize, shapes } from './plantings.ts'
import type { Found, TopicYear } from './year.ts'

const months = 12

export function printYear(profile: string, seed: number, years: TopicYear[]): { falseMonthly: number; quick: number } {
  const all = years.flatMap(({ found }) => found)
  const heard = all.filter((found) => found.heard)
  const within = (found: Found[], minutes: number) =>
    found.filter(({ lag }) => lag !== null && lag <= minutes).length / found.length
  const sum = (of: (year: TopicYear) => number) => years.reduce((total, year) => total + of(year), 0)
  const falseAlerts = sum((year) => year.falseAlerts.length)
  console.log(
    `\nA simulated year of ${years.length} topics (seed ${seed}), profile ${profile}: 0.5 to 600 mentions an hour; rhythms of day and week in five zones with their\n` +
      'clock changes; moods of minutes, hours and days (over-dispersion); trends, 10 holidays, 24 small stirs of 0.3 to 1 times the usual, 6 own campaigns\n' +
      `(4 with a size announced, 2 launches without), 14 outages of 5 minutes to a day, 3 % of mentions a quarter of an hour late.\n` +
      `A crisis: own mentions at least ${leastSize} times the usual of that hour and at least ${leastPeak} a minute, for an hour or more; sizes 3 to 20 times.`,
  )
  printTable(
    `Planted crises, profile ${profile}`,
    ['shape', 'planted', 'in 5 min', 'in 10 min', 'in 30 min', 'ever'],
    [
      ...shapes.map((shape) =>
        row(
          shape,
          heard.filter(({ crisis }) => crisis.shape === shape),
          within,
        ),
      ),
      row('all', heard, within),
    ],
  )
  const lags = heard.map(({ lag }) => lag ?? Number.POSITIVE_INFINITY)
  console.log(
    `minutes from beginning to alert: median ${percentile(lags, 0.5)}, 90 % ${percentile(lags, 0.9)}, 95 % ${percentile(lags, 0.95)}, 99 % ${percentile(lags, 0.99)}, longest ${percentile(lags, 1)}; ` +
      `${all.length - heard.length} began while nobody listened and are left out`,
  )
  printTable(`Alerts, profile ${profile}`, ['what', 'number', 'for a topic in a month'], alertRows(years, falseAlerts))
  const hostile = heard.filter(({ crisis }) => crisis.hostile)
  const friendly = heard.filter(({ crisis }) => !crisis.hostile)
  const risen = years.filter(({ riseFound }) => riseFound !== null)
  console.log(
    `told as a potential issue: ${hostile.filter(({ negativeSeen }) => negativeSeen).length} of ${hostile.length} hostile, ` +
      `${friendly.filter(({ negativeSeen }) => negativeSeen).length} of ${friendly.length} friendly ones; ` +
      `sentiment unclear at first in ${heard.filter(({ negativeSeen }) => negativeSeen === null).length}\n` +
      `stirs of 0.5 to 2.5 times the usual told: ${sum((year) => year.stirsFound)} of ${years.length * 3}; slow rises of 5 to 10 % a day found: ${risen.filter(({ riseFound }) => riseFound).length} of ${risen.length}`,
  )
  return { falseMonthly: falseAlerts / years.length / months, quick: within(heard, 10) }
}

const row = (name: string, found: Found[], within: (found: Found[], minutes: number) => number): Row => [
  name,
  found.length,
  ...[5, 10, 30, Number.MAX_SAFE_INTEGER].map((minutes) => `${(100 * within(found, minutes)).toFixed(0)} %`),
]

function alertRows(years: TopicYear[], falseAlerts: number): Row[] {
  const monthly = (count: number): Row => [count, (count / years.length / months).toFixed(3)]
  const count = (of: (year: TopicYear) => number) => monthly(years.reduce((total, year) => total + of(year), 0))
  const by = (wanted: string) =>
    count(
      ({ falseAlerts: all }) =>
        all.filter(({ signal }) => signal.trigger === wanted && signal.what === 'raised').length,
    )
  return [
    ['false', ...monthly(falseAlerts)],
    ['· volume', ...by('volume')],
    ['· negative share', ...by('negative-share')],
    ['· slow rise', ...by('slow-rise')],
    [
      '· told again because it grew',
      ...count((year) => year.falseAlerts.filter(({ signal }) => signal.what === 'grew').length),
    ],
    ['· within six hours after an outage', ...count((year) => year.afterOutage)],
    ['· in the first four weeks', ...count((year) => year.falseInFirstMonth)],
    ['marked as planned', ...count((year) => year.plannedAlerts)],
    ['most false alerts of one topic', Math.max(...years.map((year) => year.falseAlerts.length)), ''],
  ]
}
