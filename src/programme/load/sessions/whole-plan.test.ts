// All of it together: a pair that follows the cadence of R1-15 through a quarter with a holiday, an absence, a launch and a clock change.

import { describe, expect, test } from 'vitest'
import { addDays } from '../../../lib/days.ts'
import { itemsBetween } from '../cadence/rules.ts'
import type { Cadence } from '../cadence/types.ts'
import { knownActivities } from '../costs/activities.ts'
import { unitCost } from '../costs/unit-cost.ts'
import { sharingOf } from '../guards/sharing.ts'
import { baselineOf } from '../weeks/footing.ts'
import { planWeeks } from '../weeks/plan-weeks.ts'
import { judgeSessions } from './judge-sessions.ts'
import { planSessions } from './plan-sessions.ts'
import { person, settings } from './sessions.testing.ts'
import { workItems } from './work-items.ts'

const zone = 'Europe/Berlin'
/** Monday; the clock is set back on 25 October. */
const from = '2026-10-05'
const to = addDays(from, 7 * 12 - 1)
const holiday = '2026-12-25'
const launch = { name: 'Launch', day: '2026-12-02' }
const isWorkingDay = (day: string) => day !== holiday && ![0, 6].includes(new Date(`${day}T00:00Z`).getUTCDay())

const slot = (...activities: string[]) => ({ anyOf: activities.map((activity) => ({ activity })) })
const cadence: Cadence = {
  from,
  lines: [
    { id: 'blog', channel: 'blog', every: 2, unit: 'week', slots: [slot('blog-post')] },
    { id: 'short', channel: 'short', every: 1, unit: 'working-day', slots: [slot('short-post')] },
    {
      id: 'network',
      channel: 'network',
      every: 1,
      unit: 'week',
      slots: [slot('status-update'), slot('group-reply')],
      differ: true,
    },
  ],
}

describe('a quarter of a pair', () => {
  const prices = knownActivities.map((activity) => ({ activity, cost: unitCost(activity, [], settings) }))
  const { weeks, reachesTarget } = planWeeks(
    {
      ...{ from, weeks: 12, history: [], target: 300, ceiling: 600, presence: 40, events: [launch] },
      baseline: baselineOf([], { people: 2 }, settings),
    },
    settings,
  )
  const weekMinutes = Object.fromEntries(weeks.map(({ monday, minutes }) => [monday, minutes / 2]))
  const hours = { zone, from, to, holidays: [holiday] }
  const away = Array.from({ length: 5 }, (_, index) => addDays('2026-11-09', index))
  const people = [
    person('one', hours, { weekMinutes }),
    person('two', { ...hours, away }, { weekMinutes, duties: [launch.day] }),
  ]
  const wanted = itemsBetween(cadence, { from, to }, isWorkingDay)
  const items = workItems(wanted, prices, { peopleFor: () => ['one', 'two'], settings })
  const placements = planSessions({ zone, from, to, items, people }, settings)
  const sessions = placements.flatMap((each) => (each.outcome === 'dropped' ? [] : [each.session]))

  test('has weeks that grow by the rules and go down before the launch', () => {
    expect(weeks.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== 'note')).toEqual([])
    expect(weeks.map(({ phase }) => phase).slice(6, 9)).toEqual(['taper', 'taper', 'event'])
    expect(reachesTarget).toBeNull()
  })

  test('asks for everything once, and loses nothing', () => {
    expect(wanted).toHaveLength(6 + 59 + 24)
    expect(placements.map(({ item }) => item.id)).toEqual(wanted.map(({ id }) => id))
    const kept = new Set(sessions.map(({ id }) => id))
    const lost = placements.filter((each) => each.outcome === 'dropped' && (kept.has(each.item.id) || each.says === ''))
    expect(lost).toEqual([])
  })

  test('breaks no rule of days and weeks', () => {
    expect(judgeSessions({ zone, people, sessions }, settings)).toEqual([])
  })

  test('has its short posts on every working day, since somebody else is there when one is away', () => {
    const short = placements.filter(({ item }) => item.activity === 'short-post')
    expect(short.filter(({ outcome }) => outcome !== 'placed')).toEqual([])
    const during = sessions.filter(({ day }) => away.includes(day))
    expect(new Set(during.map((each) => each.person))).toEqual(new Set(['one']))
  })

  test('says of the blog that a beginning pair has no week for it, rather than squeezing it in', () => {
    const blogs = placements.filter(({ item }) => item.activity === 'blog-post')
    // 228 minutes are more than one of two has in a week that may grow to 90 · 1.07^n.
    expect(blogs.map((each) => (each.outcome === 'dropped' ? each.reason : each.outcome))).toEqual(
      Array(6).fill('week-full'),
    )
    const quick = workItems(
      wanted,
      prices.map(({ activity, cost }) => ({
        activity,
        cost: activity.id === 'blog-post' ? { ...cost, mean: 60 } : cost,
      })),
      {
        peopleFor: () => ['one', 'two'],
        settings,
      },
    )
    const again = planSessions({ zone, from, to, items: quick, people }, settings)
    const written = again.filter(({ item, outcome }) => item.activity === 'blog-post' && outcome !== 'dropped')
    expect(written.length).toBeGreaterThanOrEqual(5)
  })

  test('shares the work', () => {
    const minutes = new Map(
      people.map(({ id }) => [
        id,
        sessions.filter((each) => each.person === id).reduce((sum, each) => sum + each.minutes, 0),
      ]),
    )
    expect(sharingOf(minutes, settings)).toMatchObject({ people: 2, alarm: false })
    expect(sharingOf(minutes, settings).concentration).toBeLessThan(0.1)
  })
})
