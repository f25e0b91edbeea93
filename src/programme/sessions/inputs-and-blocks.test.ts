// What a heavy week needs is there before it, and several things of one kind are booked together: pure, and over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { itemsBetween } from '../load/cadence/rules.ts'
import { loadSettings } from '../load/figures/settings.ts'
import type { CadenceLines } from '../plan/types.ts'
import { blocksOf } from './blocks.ts'
import { inputsOf, weekAhead } from './inputs.ts'

const monday = '2027-01-11'
const settings = loadSettings()
let now = new Date(`${monday}T07:00:00Z`)
const posts: CadenceLines[number] = {
  ...{ id: 'posts', channel: null, every: 1, unit: 'week', block: true },
  slots: Array.from({ length: 5 }, () => ({ anyOf: [{ activity: 'short-post' }] })),
}
const items = (lines: CadenceLines) =>
  itemsBetween({ from: monday, lines: lines as never }, { from: monday, to: addDays(monday, 6) }, () => true)
const closed = (item: string, count = 1) => ({ item, activity: 'short-post', state: 'done', items: count })
const told = (lines: CadenceLines, rows: ReturnType<typeof closed>[] = []) =>
  blocksOf(items(lines), lines, rows).map(({ key, count }) => [key, count])

describe('a block', () => {
  const single = { ...posts, block: false }
  test('is one piece of work for all of a kind in a period', () => {
    expect(told([posts])).toEqual([[`posts ${monday} x5 short-post`, 5]])
    expect(told([single])).toHaveLength(5)
    const mixed = { ...posts, slots: [...posts.slots.slice(0, 2), { anyOf: [{ activity: 'blog-post' }] }] }
    expect(told([mixed]).map(([, count]) => count)).toEqual([2, 1])
  })

  test('asks for nothing twice when a line becomes one, or one no more', () => {
    const two = [1, 2].map((slot) => closed(`posts ${monday} ${slot} short-post`))
    expect(told([posts], two)).toEqual([[`posts ${monday} x3 short-post`, 3]])
    expect(told([posts], [...two, closed(`posts ${monday} x3 short-post`, 3)])).toEqual([
      [`posts ${monday} x3 short-post`, 3],
    ])
    expect(told([single], [closed(`posts ${monday} x5 short-post`, 5)])).toEqual([])
    expect(told([single], [closed(`posts ${monday} x3 short-post`, 3)])).toHaveLength(2)
    expect(told([posts], [closed(`posts ${monday} x4 short-post`, 4)])).toEqual([[`posts ${monday} x1 short-post`, 1]])
  })
})

describe('inputs', () => {
  const heavy = [{ monday: addDays(monday, 21), minutes: 300, because: 'event' as const, name: 'Fair', usual: 200 }]
  test('are three light pieces of work in the two weeks before, as long as they can still be done', () => {
    const span = { today: monday, until: addDays(monday, 34) }
    expect(
      inputsOf(heavy, span, settings).map(({ activity, from, to, minutes }) => [activity, from, to, minutes]),
    ).toEqual([
      ['gather-pictures', addDays(monday, 7), addDays(monday, 13), 12],
      ['gather-facts', addDays(monday, 7), addDays(monday, 13), 12],
      ['get-approvals', addDays(monday, 14), addDays(monday, 18), 12],
    ])
    expect(inputsOf(heavy, { ...span, today: addDays(monday, 14) }, settings).map(({ activity }) => activity)).toEqual([
      'get-approvals',
    ])
    expect(inputsOf(heavy, { ...span, today: addDays(monday, 21) }, settings)).toEqual([])
    expect(inputsOf(heavy, { ...span, until: addDays(monday, 6) }, settings)).toEqual([])
    expect(weekAhead(inputsOf(heavy, span, settings)[0]!)).toBe(addDays(monday, 21))
    expect(weekAhead({ item: 'posts 2027-01-11 1 short-post' })).toBeNull()
  })
})

describe('over HTTP', () => {
  let world: TestApp
  let owner: TestSession
  const path = '/orgs/{org}/programme'
  beforeAll(async () => {
    world = await testApp({ clock: () => now })
    owner = await world.as('owner')
    await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 300 })
  })
  afterAll(() => world.close())
  const rows = async () => {
    await owner.call('GET', `${path}/sessions/now`)
    return inOrg(world.services.db, world.ours, (tx) =>
      tx.selectFrom('plan_sessions').selectAll().where('org_id', '=', world.ours).orderBy('from_day').execute(),
    )
  }

  test('a block is one session; done, it counts for all of its items', async () => {
    const lone = { ...posts, slots: posts.slots.slice(0, 1) }
    const put = (lines: object[], after: number | null) =>
      owner.call('POST', `${path}/plan`, { lines, reason: 'All at one go', after })
    const refused = await put([lone], null)
    expect([refused.status, refused.body.data.code, refused.body.data.field]).toEqual([
      ...[422, 'cadence-faulty', 'lines.0.block'],
    ])
    expect((await put([posts], null)).status).toBe(201)
    const all = (await rows()).filter(({ activity }) => activity === 'short-post')
    expect(all.map(({ items: count, minutes, parts }) => [count, minutes, parts])).toEqual(
      all.map(() => [5, all[0]!.minutes, 1]),
    )
    expect(all[0]!.minutes).toBeGreaterThan(30)
    expect(all.map(({ kind }) => kind)).toEqual(all.map(() => 'key'))
    const now5 = (await owner.call('GET', `${path}/sessions/now?minutes=60`)).body
    const session = now5.open.find(({ items: count }: { items: number }) => count === 5)
    expect((await owner.call('POST', `${path}/sessions/${session.id}/done`)).body.session).toMatchObject({
      ...{ state: 'done', items: 5, spent: all[0]!.minutes },
    })
    const [entry] = (await owner.call('GET', `${path}/time`)).body.entries
    expect(entry).toMatchObject({ minutes: all[0]!.minutes, items: 5 })
  })

  test('before a launch pictures, facts and approvals are gathered, before everything else, and the plan says so', async () => {
    const launch = addDays(monday, 23)
    const campaign = await owner.call('POST', '/orgs/{org}/campaigns', {
      ...{ name: 'The new harbour', kind: 'event', goal: 'Guests', beginsOn: launch, endsOn: addDays(launch, 10) },
    })
    expect(campaign.status).toBe(201)
    now = new Date(now.getTime() + 86_400_000)
    const { outlook } = (await owner.call('GET', `${path}/plan`)).body
    expect(outlook.heavy).toMatchObject([{ monday: addDays(monday, 21), because: 'event', name: 'The new harbour' }])
    const inputs = (await rows()).filter(({ item }) => item.startsWith('inputs '))
    expect(inputs.map(({ activity, state, kind }) => [activity, state, kind]).sort()).toEqual([
      ['gather-facts', 'planned', 'light'],
      ['gather-pictures', 'planned', 'light'],
      ['get-approvals', 'planned', 'light'],
    ])
    for (const row of inputs) expect(row.on_day! >= row.from_day && row.on_day! <= row.to_day).toBe(true)
    const week = (await owner.call('GET', `${path}/sessions/week?week=${addDays(monday, 7)}`)).body
    const shown = week.days.flatMap(
      ({ sessions }: { sessions: { activity: string; ahead: string | null }[] }) => sessions,
    )
    expect(shown.find(({ activity }: { activity: string }) => activity === 'gather-facts').ahead).toBe(
      addDays(monday, 21),
    )
  })
})

test('a small peak asks for nothing ahead, a large one and an event of any size do', () => {
  const span = { today: monday, until: addDays(monday, 34) }
  const ahead = (minutes: number, because: 'event' | 'peak') =>
    inputsOf([{ monday: addDays(monday, 21), minutes, because, name: null, usual: null }], span, {
      ...{ lightMinutes: 30, inputShare: 0.04 },
    }).map((input) => input.minutes)
  expect(ahead(40, 'peak')).toEqual([])
  expect(ahead(250, 'peak')).toEqual([10, 10, 10])
  expect(ahead(40, 'event')).toEqual([5, 5, 5])
})
