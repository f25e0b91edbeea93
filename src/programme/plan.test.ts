// Time that is written down, and the plan that grows out of it: over HTTP on a real database.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../test/world/app.ts'
import { inOrg } from '../db/tx.ts'
import { addDays } from '../lib/days.ts'
import { newId } from '../lib/ids.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let colleague: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  colleague = await world.as('contributor')
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000)
}

describe('time', () => {
  const start = (activity: string) => owner.call('POST', `${path}/time/start`, { activity })
  const stop = (body: object = {}) => owner.call('POST', `${path}/time/stop`, body)

  test('runs for one thing at a time; what begins ends what ran before', async () => {
    expect((await start('short-post')).body).toMatchObject({ timer: { activity: 'short-post' }, minutes: 0 })
    later(9)
    expect((await start('inbox-reply')).body).toMatchObject({
      ...{ timer: { activity: 'inbox-reply' }, minutes: 9 },
      entries: [{ activity: 'short-post', minutes: 9, how: 'timer', day: monday, items: 0 }],
    })
    later(12)
    expect((await stop({ items: 3 })).body).toMatchObject({ timer: null, minutes: 21, entries: [{ items: 3 }, {}] })
    expect((await stop()).body).toMatchObject({ timer: null, minutes: 21 })
  })

  test('of two tabs that stop it one writes it down; a slip writes nothing', async () => {
    await start('short-post')
    later(5)
    const both = await Promise.all([stop(), stop()])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect((await owner.call('GET', `${path}/time`)).body.minutes).toBe(26)
    await start('short-post')
    later(0.2)
    expect((await stop()).body.minutes).toBe(26)
  })

  test('that was forgotten asks what it really took, and runs on until somebody says', async () => {
    await start('short-post')
    later(20 * 60)
    expect(refusalOf(await stop())).toEqual([422, 'timer-forgotten', 'minutes'])
    expect((await owner.call('GET', `${path}/time`)).body.timer).toMatchObject({ activity: 'short-post' })
    expect((await stop({ minutes: 8 })).body.entries).toContainEqual(
      expect.objectContaining({ minutes: 8, how: 'typed', day: monday }),
    )
  })

  test('is typed for a day that was, and taken away and back by its person alone', async () => {
    const log = (more: object) =>
      owner.call('POST', `${path}/time`, { activity: 'blog-post', minutes: 200, day: monday, ...more })
    expect(refusalOf(await log({ day: '2027-02-01' }))).toEqual([422, 'day-ahead', 'day'])
    expect(refusalOf(await log({ day: '2026-11-01' }))).toEqual([422, 'day-too-long-ago', 'day'])
    expect(refusalOf(await log({ minutes: 950 }))).toEqual([422, 'more-than-a-day', 'minutes'])
    for (const minutes of [-3, 0, 1e-300]) expect((await log({ minutes })).status).toBe(422)
    const { body } = await log({})
    const entry = body.entries.find(({ activity }: { activity: string }) => activity === 'blog-post')
    expect((await colleague.call('DELETE', `${path}/time/${entry.id}`)).status).toBe(404)
    const away = (await owner.call('DELETE', `${path}/time/${entry.id}`)).body
    expect(away.minutes).toBe(body.minutes - 200)
    expect((await owner.call('POST', `${path}/time/${entry.id}/restore`)).body.minutes).toBe(body.minutes)
  })
})

/** One blog post every other week, a tweet a working day, two posts that differ: R1-15. */
const lines = [
  { id: 'blog', channel: 'blog', every: 2, unit: 'week', slots: [{ anyOf: [{ activity: 'blog-post' }] }] },
  { id: 'short', channel: null, every: 1, unit: 'working-day', slots: [{ anyOf: [{ activity: 'short-post' }] }] },
  {
    ...{ id: 'two', channel: null, every: 1, unit: 'week', differ: true },
    slots: [{ anyOf: [{ activity: 'status-update' }] }, { anyOf: [{ activity: 'group-reply' }] }],
  },
]
const adopt = (more: object = {}) =>
  owner.call('POST', `${path}/plan`, { lines, reason: 'What two people can do', after: null, ...more })

describe('a plan', () => {
  test('needs a programme, and a cadence that can be one', async () => {
    expect(refusalOf(await adopt())).toEqual([409, 'no-programme', undefined])
    await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
    const unknown = [{ ...lines[0], slots: [{ anyOf: [{ activity: 'podcast-episode' }] }] }]
    expect(refusalOf(await adopt({ lines: unknown }))).toEqual([
      ...[422, 'activity-not-measured', 'lines.0.slots.0.anyOf.0.activity'],
    ])
    const twice = [{ ...lines[2], slots: [lines[2]!.slots[0], lines[2]!.slots[0]] }]
    expect(refusalOf(await adopt({ lines: twice }))).toEqual([422, 'cadence-faulty', 'lines.0.slots'])
  })

  test('says what a week takes, and that it is not a few minutes a day', async () => {
    const other = await world.as('owner', world.theirs)
    const { body } = await other.call('POST', `${path}/plan/preview`, { lines })
    expect(Math.round(body.minutes.week)).toBe(179)
    expect(Math.round(body.minutes.workingDay)).toBe(36)
    expect(body.minutes).toMatchObject({
      isFew: false,
      isAssumed: true,
      says: expect.stringContaining('not "a few minutes a day"'),
    })
    expect(body).toMatchObject({ baseline: { minutes: 90, from: 'new' }, ceiling: null, people: 1 })
  })

  test('grows from what people are used to, by rule, and never above what they give', async () => {
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 120 })
    const { status, body } = await adopt()
    expect([status, body.number, body.from, body.planned.length]).toEqual([201, 1, monday, 26])
    for (const { minutes } of body.planned) expect(minutes).toBeLessThanOrEqual(120 + 1e-9)
    expect(body.planned.slice(0, 6).map(({ phase }: { phase: string }) => phase)).toContain('cut-back')
    const read = (await owner.call('GET', `${path}/plan`)).body
    expect(read).toMatchObject({
      plan: { number: 1, reason: 'What two people can do' },
      outlook: { ceiling: 120, reachesTarget: null },
    })
  })

  test('is nothing where nobody gives time, and begins when the programme does', async () => {
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 0 })
    const { weeks, ceiling } = (await owner.call('POST', `${path}/plan/preview`, { lines })).body
    expect([ceiling, Math.max(...weeks.map(({ minutes }: { minutes: number }) => minutes))]).toEqual([0, 0])
    const other = await world.as('owner', world.theirs)
    await other.call('POST', path, { name: 'Later', ambition: 'presence', beginsOn: addDays(monday, 28) })
    expect((await other.call('POST', `${path}/plan/preview`, { lines })).body.weeks[0].monday).toBe(addDays(monday, 28))
  })

  test('takes the load back before a campaign', async () => {
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 6000 })
    const begin = addDays(monday, 70)
    const made = await owner.call('POST', '/orgs/{org}/campaigns', {
      ...{ name: 'Launch', kind: 'promotion', beginsOn: begin, endsOn: addDays(begin, 6) },
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const { weeks, events } = (await owner.call('POST', `${path}/plan/preview`, { lines })).body
    expect(events).toEqual([{ name: 'Launch', day: begin }])
    const phase = (day: string) => weeks.find((week: { monday: string }) => week.monday === day).phase
    expect([phase(addDays(begin, -14)), phase(addDays(begin, -7)), phase(begin)]).toEqual(['taper', 'taper', 'event'])
  })

  test('is changed by its version, and what was planned before stays to be read', async () => {
    expect(refusalOf(await adopt())).toEqual([409, 'changed-meanwhile', undefined])
    const both = await Promise.all([adopt({ after: 1 }), adopt({ after: 1 })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    const versions = (await owner.call('GET', `${path}/plan/versions`)).body
    expect(versions.map(({ number }: { number: number }) => number)).toEqual([2, 1])
  })

  test('learns what things take from measured times, never from estimated ones', async () => {
    await inOrg(world.services.db, owner.orgId, (tx) =>
      tx
        .insertInto('time_entries')
        .values(
          Array.from({ length: 40 }, (_, index) => ({
            ...{ org_id: owner.orgId, id: newId(), member_id: owner.memberId, activity: 'blog-post', channel: null },
            ...{ on_day: addDays(monday, -30 + (index % 20)), minutes: index % 2 ? 60 : 1, items: 1, note: '' },
            ...{ how: index % 2 ? 'typed' : 'estimated', noted_at: now },
          })),
        )
        .execute(),
    )
    const { costs, baseline, done } = (await owner.call('GET', `${path}/plan`)).body.outlook
    const blog = costs.find(({ activity }: { activity: string }) => activity === 'blog-post')
    // What was logged above was one, and every second of these.
    expect(blog.n).toBe(21)
    expect(blog.minutes).toBeGreaterThan(55)
    expect(blog.minutes).toBeLessThan(120)
    // What people were used to when it began does not change under a plan that goes on.
    expect(baseline).toMatchObject({ from: 'new', minutes: 90 })
    expect(done.at(-1)).toMatchObject({ monday: addDays(monday, 0) })
  })

  test('counts what was interrupted with the one that was finished', async () => {
    const sittings = [60, 60, 60].map((minutes, index) => ({ minutes, items: index === 2 ? 1 : 0, day: monday }))
    for (const each of sittings) await colleague.call('POST', `${path}/time`, { activity: 'status-update', ...each })
    const { costs } = (await owner.call('GET', `${path}/plan`)).body.outlook
    expect(costs.find(({ activity }: { activity: string }) => activity === 'status-update')).toMatchObject({ n: 1 })
  })

  test('whose activity nobody knows the time of any more is still read', async () => {
    const log = { activity: 'podcast-episode', minutes: 45, day: monday }
    const { entries } = (await colleague.call('POST', `${path}/time`, log)).body
    const line = {
      id: 'pod',
      channel: null,
      every: 1,
      unit: 'week',
      slots: [{ anyOf: [{ activity: 'podcast-episode' }] }],
    }
    expect((await adopt({ lines: [line], after: 2 })).status).toBe(201)
    await colleague.call(
      'DELETE',
      `${path}/time/${entries.find(({ activity }: { activity: string }) => activity === log.activity).id}`,
    )
    expect((await owner.call('GET', `${path}/plan`)).body).toMatchObject({ plan: { number: 3 }, outlook: null })
    expect((await adopt({ after: 3 })).status).toBe(201)
  })

  test('goes on from where it stands: weeks that were done let it grow, and after some there is a lighter one', async () => {
    const before = (await owner.call('GET', `${path}/plan`)).body.outlook
    for (const [index, minutes] of [95, 105, 112].entries())
      await inOrg(world.services.db, owner.orgId, (tx) =>
        tx
          .insertInto('time_entries')
          .values({
            ...{ org_id: owner.orgId, id: newId(), member_id: owner.memberId, activity: 'short-video', channel: null },
            ...{ on_day: addDays(monday, 7 * (index + 1)), minutes, items: 1, note: '', how: 'typed', noted_at: now },
          })
          .execute(),
      )
    now = new Date(`${addDays(monday, 28)}T10:00:00Z`)
    const after = (await owner.call('GET', `${path}/plan`)).body
    expect(after.plan.number).toBe(4)
    expect(after.outlook.baseline).toEqual(before.baseline)
    const first = after.outlook.weeks[0]
    expect(first).toMatchObject({ monday: addDays(monday, 28), phase: 'cut-back' })
    expect(first.minutes).toBeCloseTo(0.8 * 112, 5)
  })

  test('is none of another organisation, and a viewer reads it without logging', async () => {
    const stranger = await world.as('owner', world.theirs)
    expect((await stranger.call('GET', `${path}/plan`)).body).toMatchObject({ plan: null, outlook: null })
    const viewer = await world.as('viewer')
    expect((await viewer.call('GET', `${path}/plan`)).status).toBe(200)
    expect((await viewer.call('POST', `${path}/time/start`, { activity: 'short-post' })).status).toBe(403)
  })
})
