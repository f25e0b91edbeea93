// Pure: lines of work as they are read: what each is worth, what it takes, how much of it there was, and how that is known.

import { dayIn } from '../../lib/days.ts'
import type { LearnedHalfLife } from '../../publishing/stock/learn-half-lives.ts'
import { type LearnedDecay, learnDecay, type PlannedWeek } from '../choosing/decay.ts'
import type { LineValue } from '../choosing/values.ts'
import { itemsAWeek } from '../load/cadence/rules.ts'
import { unitCost } from '../load/costs/unit-cost.ts'
import type { LoadSettings } from '../load/figures/settings.ts'
import type { Price } from '../plan/rules.ts'
import type { CadenceLines } from '../plan/types.ts'
import { type Channel, type Channels, lineKey } from './channels.ts'
import type { OutAndJudged } from './read-worth.ts'
import { type Belief, beliefOf, decayOf, firstOfWeek, type Month, mostOf, trendOf, usualCount } from './rules.ts'
import type { ToldRow } from './store.ts'
import type { GoalUnit } from './types.ts'

/** What a further item is worth of the one before: as somebody said it, learned from own weeks, or as it usually is. */
export interface DecayKnown extends Omit<LearnedDecay, 'decay'> {
  by: 'told' | 'learned' | 'assumed'
}

export interface ReadLine {
  channel: Channel
  activity: string
  /** Judged by their numbers. */
  items: number
  /** Too young to be judged, and of which nothing was read at their age. */
  young: number
  unread: number
  /** null: nobody knows anything. */
  belief: Belief | null
  /** Of the first item in a week; null as the belief. */
  first: number | null
  /** What one takes on average; null: nobody knows. `n`: measured ones. */
  minutes: { mean: number; low: number; high: number; n: number; isTold: boolean } | null
  decay: number
  decayKnown: DecayKnown
  most: number
  least: number | null
  leastKind: 'promise' | 'minimum'
  /** Items a week in the last weeks, and in the plan that is in force. */
  doneWeekly: number
  plannedWeekly: number
  /** Since the first item that went out, within a year. */
  months: number
  age: number | null
  halfLife: LearnedHalfLife | null
  signals: { links: number | null; interactions: number | null }
  trend: Month[]
  told: ToldRow | null
}

interface Given {
  out: readonly OutAndJudged[]
  values: readonly LineValue[]
  channels: Channels
  prices: readonly Price[]
  /** Measured on channels, by line. */
  times: ReadonlyMap<string, readonly number[]>
  told: readonly ToldRow[]
  cadence: CadenceLines
  unit: GoalUnit
  zone: string
  settings: LoadSettings
  /** Done as they were planned, by line. */
  weeks: ReadonlyMap<string, readonly PlannedWeek[]>
  /** The line in `values` that says what lines are usually worth. */
  usual: string
}

const monthWeeks = 52 / 12
/** So many weeks say how much there is of a line lately. */
const lately = 8

export function linesOf(given: Given): ReadLine[] {
  const { out, told, channels } = given
  const byLine = Map.groupBy(out, ({ line }) => line)
  const planned = plannedOf(given)
  const keys = new Map<string, { channel: Channel; activity: string }>()
  const add = (channel: Channel | null, activity: string) => {
    if (channel) keys.set(lineKey({ channel, activity }), { channel, activity })
  }
  for (const { accountId, activity } of out) add(channels.byKey(accountId), activity)
  for (const { channel, activity } of planned.values()) add(channel, activity)
  for (const row of told) add(channels.byKey(row.channel), row.activity)
  return [...keys]
    .map(([key, { channel, activity }]) =>
      lineOf(given, { channel, activity, own: byLine.get(key) ?? [], plannedWeekly: planned.get(key)?.weekly ?? 0 }),
    )
    .toSorted((a, b) => worthOf(b) - worthOf(a) || (a.channel.name + a.activity < b.channel.name + b.activity ? -1 : 1))
}

/** Value for a minute; what nobody knows comes last. */
const worthOf = ({ belief, minutes }: ReadLine): number => (belief && minutes ? belief.likely / minutes.mean : -1)

interface Planned {
  channel: Channel
  activity: string
  weekly: number
}

/**
 * What the plan that is in force asks for each week. What it asks for wherever lies where that activity went out in the last weeks, in the
 * same proportion; where it went out nowhere it stays wherever.
 */
function plannedOf({ cadence, channels, out, settings }: Given): Map<string, Planned> {
  const planned = new Map<string, Planned>()
  const add = (channel: Channel, activity: string, weekly: number) => {
    const key = lineKey({ channel, activity })
    planned.set(key, { channel, activity, weekly: (planned.get(key)?.weekly ?? 0) + weekly })
  }
  for (const line of cadence)
    for (const slot of line.slots) {
      const { activity } = slot.anyOf[0]!
      const weekly = itemsAWeek({ ...line, slots: [slot] }, settings.workingDays)
      const channel = channels.byWord(line.channel)
      const some = out.filter((item) => item.activity === activity && item.weeksAgo < lately)
      if (channel.key !== '' || some.length === 0) add(channel, activity, weekly)
      else
        for (const [accountId, own] of Map.groupBy(some, (item) => item.accountId))
          add(channels.byKey(accountId)!, activity, (weekly * own.length) / some.length)
    }
  return planned
}

function lineOf(
  { values, prices, times, told, unit, zone, usual, settings, weeks: planned }: Given,
  {
    channel,
    activity,
    own,
    plannedWeekly,
  }: { channel: Channel; activity: string; own: readonly OutAndJudged[]; plannedWeekly: number },
): ReadLine {
  const said = told.find((row) => row.channel === channel.key && row.activity === activity) ?? null
  const judged = own.flatMap((item) => (item.result.state === 'judged' ? [{ ...item, value: item.result.value }] : []))
  const measured =
    values.find(({ line }) => line === lineKey({ channel, activity })) ??
    // Work of which nothing can be counted is not worth what posts are.
    (countable.has(activity) ? values.find(({ line }) => line === usual) : undefined)
  const belief = beliefOf(measured, said?.unit === unit ? said.value : null)
  const weeks = Math.max(1, ...own.map(({ weeksAgo }) => weeksAgo))
  const recent = own.filter(({ weeksAgo }) => weeksAgo < lately)
  const doneWeekly = recent.length / Math.min(lately, weeks)
  const { decay, ...decayKnown } = decayFor(
    said?.decay ?? null,
    planned.get(lineKey({ channel, activity })) ?? [],
    activity,
  )
  const isMeasured = belief?.known === 'measured'
  return {
    ...{ channel, activity, items: judged.length, belief, decay, decayKnown, doneWeekly, plannedWeekly, told: said },
    young: own.filter(({ result }) => result.state === 'young').length,
    unread: own.filter(({ result }) => result.state === 'unread').length,
    first: belief && (isMeasured ? firstOfWeek(belief.likely, usualCount(own), decay) : belief.likely),
    minutes: minutesOf({
      activity,
      prices,
      times: times.get(lineKey({ channel, activity })) ?? [],
      said: said?.minutes ?? null,
      settings,
    }),
    most: said?.most_weekly ?? mostOf(Math.max(doneWeekly, plannedWeekly)),
    ...{ least: said?.least_weekly ?? null, leastKind: said?.least_kind === 'promise' ? 'promise' : 'minimum' },
    months: own.length > 0 ? weeks / monthWeeks : 0,
    ...{ age: own[0]?.age ?? null, halfLife: own[0]?.halfLife ?? null },
    signals: signalsOf(own),
    trend: trendOf(
      judged.map(({ line, value, weeksAgo, publishedAt }) => ({
        ...{ line, value, weeksAgo, month: dayIn(publishedAt, zone).slice(0, 7) },
      })),
    ),
  }
}

function decayFor(
  said: number | null,
  weeks: readonly PlannedWeek[],
  activity: string,
): DecayKnown & { decay: number } {
  if (said !== null) return { by: 'told', decay: said, low: said, high: said, spread: 0, trust: 0, weeks: 0 }
  const learned = learnDecay(weeks, decayOf(activity))
  return { by: learned.trust > 0 ? 'learned' : 'assumed', ...learned }
}

/** What goes out through accounts and is counted there. */
const countable: ReadonlySet<string> = new Set(['short-post', 'blog-post', 'short-video', 'status-update'])

/** What was measured on the channel, drawn towards what one takes wherever it is. */
function minutesOf({ activity, prices, times, said, settings }: Minutes): ReadLine['minutes'] {
  if (said !== null) return { mean: said, low: said, high: said, n: 0, isTold: true }
  const wherever = prices.find((price) => price.activity.id === activity)?.cost
  if (!wherever) return null
  const cost = times.length > 0 ? unitCost({ minutes: wherever.mean }, times, settings) : wherever
  return { mean: cost.mean, ...cost.meanRange, n: cost.n, isTold: false }
}

interface Minutes {
  activity: string
  prices: readonly Price[]
  /** On the channel. */
  times: readonly number[]
  said: number | null
  settings: LoadSettings
}

/** Over everything that has had its time: the sums that a network or our links offer at all. */
function signalsOf(own: readonly OutAndJudged[]): ReadLine['signals'] {
  const old = own.filter(({ result }) => result.state !== 'young')
  const sum = (counts: (number | null | undefined)[]) => {
    const known = counts.filter((count) => count != null)
    return known.length > 0 ? known.reduce((all, each) => all + each, 0) : null
  }
  return {
    links: sum(old.map(({ visits }) => visits)),
    interactions: sum(old.map(({ reactions }) => reactions.at(-1))),
  }
}
