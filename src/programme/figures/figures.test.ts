// Figures over HTTP on a real database: changed with a reason, in versions, and used by everything that judges and plans.

import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { addDays } from '../../lib/days.ts'
import { newId } from '../../lib/ids.ts'
import { loadFigures, loadSettings } from '../load/figures/settings.ts'
import { differences, figureFault, withChanges } from './rules.ts'
import { changeableNames } from './types.ts'

const monday = '2027-03-01'
const now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
let writer: TestSession
beforeAll(async () => {
  world = await testApp({ clock: () => now, mail: true })
  owner = await world.as('owner')
  writer = await world.as('contributor')
  await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: '2027-02-01' })
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme'
const figures = `${path}/figures`
const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]
type Values = Record<string, number | null>
let seen: number | null = null
const change = async (values: Values, who = owner, after = seen) => {
  const changes = Object.entries(values).map(([name, value]) => ({ name, value }))
  const answer = await who.call('PUT', figures, { changes, reason: 'We know our people better', after })
  if (answer.status === 200) seen = answer.body.number
  return answer
}
const figureOf = async (name: string, who = owner) =>
  (await who.call('GET', figures)).body.figures.find((each: { name: string }) => each.name === name).value
/** Minutes on a day, as somebody wrote them down then. */
const work = (day: string, minutes: number, who = writer, activity = 'short-post') =>
  inOrg(world.services.db, who.orgId, (tx) =>
    tx
      .insertInto('time_entries')
      .values({
        ...{ org_id: who.orgId, id: newId(), member_id: who.memberId, activity, on_day: day, minutes },
        ...{ how: 'typed', items: 1, note: '', noted_at: now },
      })
      .execute(),
  )
const lines = [
  {
    id: 'a',
    channel: null,
    every: 1,
    unit: 'working-day',
    slots: Array(4).fill({ anyOf: [{ activity: 'blog-post' }] }),
  },
]
const preview = async () => (await owner.call('POST', `${path}/plan/preview`, { lines })).body

describe('figures', () => {
  test('are shown with their defaults, where these come from, and what they are not', async () => {
    const { body } = await writer.call('GET', figures)
    expect(body).toMatchObject({
      number: null,
      label: 'These are guard-rails by convention, not injury science. Each can be changed.',
    })
    expect(body.figures.map(({ name }: { name: string }) => name)).toEqual(changeableNames)
    for (const { name, value, standard, source } of body.figures) {
      expect([name, value, standard]).toEqual([name, loadFigures[name as 'growth'].value, value])
      expect([name, source.length > 8]).toEqual([name, true])
    }
    expect((await owner.call('GET', `${figures}/versions`)).body).toEqual([])
  })

  test('are refused by the name of the figure, and nothing is changed then', async () => {
    expect(refusalOf(await change({ growth: 0.5 }))).toEqual([422, 'figure-refused', 'growth'])
    expect(refusalOf(await change({ warnRatio: 1.6 }))).toEqual([422, 'figure-refused', 'warnRatio'])
    // What was touched is named, also where the other one is what rules speak of.
    expect(refusalOf(await change({ cutBackHigh: 0.75 }))).toEqual([422, 'figure-refused', 'cutBackHigh'])
    expect((await change({ nonsense: 1 })).status).toBe(422)
    expect((await change({ learningSpread: 0.3 })).status).toBe(422)
    const changes = [{ name: 'growth', value: 0.05 }]
    expect((await owner.call('PUT', figures, { changes, reason: 'Why', after: null })).status).toBe(422)
    expect((await owner.call('PUT', figures, { changes: [], reason: 'None of them at all', after: null })).status).toBe(
      422,
    )
    expect((await change({ growth: 0.05 }, writer)).status).toBe(403)
    expect((await owner.call('GET', figures)).body.number).toBe(null)
  })

  test('hold in versions; of two who change them at once one is told; undone they are the default again', async () => {
    const both = await Promise.all([change({ growth: 0.05 }), change({ growth: 0.03 })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect((await change({ cutBack: 0.7, cutBackLow: 0.6 }, owner, 1)).body.number).toBe(2)
    // What is as it is makes no version.
    expect((await change({ cutBack: 0.7 })).body.number).toBe(2)
    const [last, first] = (await writer.call('GET', `${figures}/versions`)).body
    expect(last).toMatchObject({ number: 2, reason: 'We know our people better', madeBy: { id: owner.memberId } })
    expect(last.changes).toEqual([
      { name: 'cutBack', before: 0.8, after: 0.7 },
      { name: 'cutBackLow', before: 0.7, after: 0.6 },
    ])
    expect(first.changes).toMatchObject([{ name: 'growth', before: 0.07 }])
    await change({ growth: null, cutBack: null, cutBackLow: null })
    expect(await figureOf('growth')).toBe(0.07)
    expect(await figureOf('growth', await world.as('owner', world.theirs))).toBe(0.07)
  })

  test('of one organisation are none of another', async () => {
    const stranger = await world.as('owner', world.theirs)
    await change({ ceiling: 300 })
    expect(await figureOf('ceiling', stranger)).toBe(600)
    expect((await stranger.call('GET', `${figures}/versions`)).body).toEqual([])
    await change({ ceiling: null })
  })
})

describe('what was changed is gone by', () => {
  test('in the load curve: where it begins, how it grows, how often it rests', async () => {
    const before = await preview()
    await change({ newPersonMinutes: 200, growth: 0.2, cutBackEvery: 5 })
    const after = await preview()
    expect([before.baseline.minutes, after.baseline.minutes]).toEqual([90, 200])
    const growth = ({ weeks }: typeof before) => weeks[1].minutes / weeks[0].minutes
    expect(growth(before)).toBeLessThan(1.08)
    expect(growth(after)).toBeGreaterThan(1.1)
    const rests = ({ weeks }: typeof before) =>
      weeks.slice(0, 6).flatMap(({ phase }: { phase: string }, week: number) => (phase === 'cut-back' ? [week] : []))
    expect(rests(before)[0]).toBeLessThan(rests(after)[0])
    expect((await owner.call('GET', `${path}/long-view?years=1`)).body.baseline.minutes).toBe(200)
    await change({ newPersonMinutes: null, growth: null, cutBackEvery: null })
  })

  test('in what things take, and what a few minutes are', async () => {
    await work(addDays(monday, -10), 100, owner, 'status-update')
    const costOf = (body: { costs: { activity: string; minutes: number }[] }) =>
      body.costs.find(({ activity }) => activity === 'status-update')!.minutes
    const before = await preview()
    await change({ priorWeight: 50, fewMinutes: 120, workingDays: 6 })
    const after = await preview()
    // The assumption weighs more beside the one that was measured.
    expect(costOf(after)).toBeLessThan(costOf(before))
    expect(after.minutes.week / before.minutes.week).toBeCloseTo(6 / 5, 6)
    await change({ priorWeight: null, fewMinutes: null, workingDays: null })
  })

  test('in guards and their alarms', async () => {
    await work(addDays(monday, -3), 250)
    expect((await writer.call('GET', `${path}/guards`)).body).toMatchObject({
      assumedCeiling: 600,
      mine: { isOver: false },
    })
    await change({ ceiling: 200 })
    const guards = (await writer.call('GET', `${path}/guards`)).body
    expect(guards).toMatchObject({
      assumedCeiling: 200,
      mine: { ceiling: 200, isOver: true, risk: { level: 'act', reasons: ['above the ceiling'] } },
    })
    await owner.call('POST', `${path}/guards/check`)
    const open = async (): Promise<{ id: string; cause: string }[]> =>
      (await owner.call('GET', `${path}/guards/alarms?state=open`)).body
    const causes = async () => (await open()).map(({ cause }) => cause)
    expect(await causes()).toContain('ceiling')
    await change({ quietDays: 3 })
    const { id } = (await open()).find(({ cause }) => cause === 'ceiling')!
    const answered = await owner.call('POST', `${path}/guards/alarms/${id}/answer`, { answer: 'done' })
    // The morning of the third day, by the clock of the organisation.
    expect(answered.body.askAgainAt).toBe('2027-03-03T23:00:00.000Z')
    await change({ ceiling: null, topShare: 1 })
    await owner.call('POST', `${path}/guards/check`)
    // Its cause is gone by the figures that hold now.
    expect(await causes()).not.toContain('ceiling')
    await change({ topShare: null, quietDays: null })
  })

  test('in sessions, which are made anew', async () => {
    await owner.call('PUT', `${path}/time/ceiling`, { minutesWeekly: 400 })
    const adopt = (id: string, after: number | null) => {
      const one = { ...lines[0], id, unit: 'week', slots: Array(4).fill({ anyOf: [{ activity: 'short-post' }] }) }
      return owner.call('POST', `${path}/plan`, { lines: [one], reason: 'One short post a week', after })
    }
    const kinds = async () =>
      (await owner.call('GET', `${path}/sessions/week`)).body.days.flatMap(
        ({ sessions }: { sessions: { kind: string }[] }) => sessions.map(({ kind }) => kind),
      )
    await adopt('first', null)
    expect(new Set(await kinds())).toEqual(new Set(['light']))
    await change({ lightMinutes: 5 })
    await adopt('second', 1)
    expect(new Set(await kinds())).toEqual(new Set(['key']))
    await change({ lightMinutes: null })
  })

  test('everywhere: nobody reads the defaults past it', () => {
    const root = new URL('..', import.meta.url)
    const past = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter(
        (file) =>
          /\.tsx?$/.test(file) && !/\.(test|testing)\.ts$/.test(file) && !/^(figures|load\/figures)\//.test(file),
      )
      .filter((file) => /\bloadSettings\b|\bloadFigures\b/.test(readFileSync(new URL(file, root), 'utf8')))
    expect(past).toEqual([])
  })
})

describe('pure', () => {
  test('a change keeps the rest, and back to the default is none of one’s own', () => {
    const own = withChanges({ growth: 0.05 }, [{ name: 'cutBackEvery', value: 4 }])
    expect(own).toEqual({ growth: 0.05, cutBackEvery: 4 })
    expect(
      withChanges(own, [
        { name: 'growth', value: null },
        { name: 'cutBackEvery', value: 3 },
      ]),
    ).toEqual({})
    expect(differences({}, own)).toEqual([
      { name: 'growth', before: 0.07, after: 0.05 },
      { name: 'cutBackEvery', before: 3, after: 4 },
    ])
    expect(loadSettings(own).cutBackEvery).toBe(4)
  })

  test('what is said twice is refused, whatever comes last', () => {
    const twice = [
      { name: 'growth' as const, value: 0.05 },
      { name: 'growth' as const, value: 0.06 },
    ]
    expect(figureFault({ growth: 0.06 }, twice)).toMatchObject({ field: 'growth' })
  })
})
