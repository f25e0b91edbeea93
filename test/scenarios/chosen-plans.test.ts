// Plans chosen over HTTP by what an organisation says of itself: the printed optima of the reference (science.md V3), what would be if, stopped in
// the middle, taken over from the dead, and never of another organisation.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inOrg } from '../../src/db/tx.ts'
import { makeChoice } from '../../src/programme/choices/work.ts'
import { programmeJobs } from '../../src/programme/jobs.ts'
import { type TestApp, type TestSession, testApp } from '../world/app.ts'

const monday = '2027-01-11'
let now = new Date(`${monday}T10:00:00Z`)
let world: TestApp
let owner: TestSession
const path = '/orgs/{org}/programme'
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
})
afterAll(() => world.close())

const refusalOf = ({ status, body }: { status: number; body: { data?: { code: string; field?: string } } }) => [
  ...[status, body.data?.code, body.data?.field],
]

/** science.md B2 (3), as an organisation says it of its own work. */
const instance = [
  { activity: 'blog-post', minutes: 228, value: 40, decay: 0.75, mostWeekly: 2 },
  { activity: 'short-post', minutes: 8, value: 2.2, decay: 0.93, mostWeekly: 21, leastWeekly: 5 },
  { activity: 'status-update', minutes: 20, value: 9, decay: 0.85, mostWeekly: 7, leastWeekly: 2 },
  { activity: 'picture', minutes: 45, value: 12, decay: 0.8, mostWeekly: 7 },
  { activity: 'short-video', minutes: 300, value: 60, decay: 0.7, mostWeekly: 2 },
  {
    activity: 'group-reply',
    minutes: 6,
    value: 1.6,
    decay: 0.985,
    mostWeekly: 60,
    leastWeekly: 10,
    leastKind: 'promise',
  },
]

const tell = (facts: object, by = owner) =>
  by.call('POST', `${path}/worth/lines`, { channel: '', unit: 'reactions', ...facts })
const give = (minutesWeekly: number, by = owner) => by.call('PUT', `${path}/time/ceiling`, { minutesWeekly })
const ask = (more: object = {}, by = owner) =>
  by.call('POST', `${path}/choices`, { weeks: 1, time: 'given', explore: 0, ...more })
const read = async (id: string, by = owner) => (await by.call('GET', `${path}/choices/${id}`)).body
/** Worked on here: whoever waits for the queue waits for nothing else. */
async function made(id: string, by = owner) {
  await makeChoice(world.services, { orgId: by.orgId, choiceId: id })
  return read(id, by)
}

test('the planner finds the printed optima from estimates that people typed, in the background, over HTTP alone', async () => {
  const own = await testApp({ clock: () => now })
  const lead = await own.as('owner')
  await lead.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
  for (const facts of instance) expect((await tell(facts, lead)).status).toBe(201)
  const { lines } = (await lead.call('GET', `${path}/worth`)).body
  expect(lines.map(({ known }: { known: string }) => known)).toEqual(instance.map(() => 'estimate'))
  await own.services.queue.work(
    own.services,
    programmeJobs.filter(({ name }) => name === 'programme.choose'),
  )
  for (const [minutes, value] of [
    [300, 81.567],
    [600, 141.567],
    [900, 196.691],
    [1500, 287.283],
  ] as const) {
    await give(minutes, lead)
    const { status, body } = await ask({}, lead)
    expect([status, body.state]).toEqual([201, 'waiting'])
    await expect.poll(async () => (await read(body.id, lead)).state, { timeout: 60_000 }).toBe('planned')
    const { plan, people } = await read(body.id, lead)
    expect(Math.abs(plan.value - value), `${minutes} minutes`).toBeLessThan(0.001)
    expect(plan.gap).toBeLessThan(1e-6)
    expect(people[0].used[0]).toBeLessThanOrEqual(minutes + 1e-6)
    // Every line of it says why.
    for (const line of plan.lines) if (line.weeks[0] > 0) expect(line.reason).toContain(line.name.split(' on ')[0])
  }
  await own.close()
}, 240_000)

describe('the planner', () => {
  test('asks first who gives time, and what anything is worth', async () => {
    expect(refusalOf(await ask())).toEqual([409, 'no-programme', undefined])
    await owner.call('POST', path, { name: 'The long run', ambition: 'succeed', beginsOn: monday })
    expect(refusalOf(await ask())).toEqual([409, 'nobody-gives-time', undefined])
    await give(300)
    expect(refusalOf(await ask())).toEqual([409, 'nothing-known', undefined])
    expect(refusalOf(await tell({ activity: 'picture', leastWeekly: 5, mostWeekly: 3 }))).toEqual([
      ...[422, 'least-above-most', 'leastWeekly'],
    ])
  })

  test('says which wishes are to blame when no plan fits', async () => {
    for (const facts of instance) await tell(facts)
    await give(60)
    const { state, conflict } = await made((await ask()).body.id)
    expect(state).toBe('conflict')
    expect(conflict.wishes.map(({ name }: { name: string }) => name).sort()).toEqual(['short post', 'status update'])
    expect(conflict.words).toContain('cannot be had together')
  })
})

describe('what would be if', () => {
  test('shows both side by side, in words', async () => {
    await give(900)
    const colleague = await world.as('contributor')
    await give(300, colleague)
    const base = await made((await ask({ weeks: 2 })).body.id)
    const whatIf = async (change: object) => {
      const asked = await owner.call('POST', `${path}/choices/${base.id}/what-if`, { change })
      expect(asked.status, JSON.stringify(asked.body)).toBe(201)
      return (await made(asked.body.id)).whatIf
    }
    const leaves = await whatIf({ kind: 'person-leaves', memberId: colleague.memberId })
    expect(leaves.words).toMatch(/leaves, the plan is worth .* % less/)
    expect(leaves.after).toBeLessThan(leaves.before)
    const more = await whatIf({ kind: 'minutes', memberId: owner.memberId, more: 30, weekday: 2 })
    expect(more.words).toContain('30 minutes more on Tuesdays')
    expect(more.after).toBeGreaterThan(more.before)
    const stops = await whatIf({ kind: 'channel-stops', channel: '' })
    expect(stops.lines.every(({ after }: { after: number }) => after === 0)).toBe(true)
    const nobody = { kind: 'person-leaves', memberId: world.ours }
    expect(refusalOf(await owner.call('POST', `${path}/choices/${base.id}/what-if`, { change: nobody }))).toEqual([
      ...[422, 'invalid-input', 'change.memberId'],
    ])
    const late = { kind: 'minutes', more: 30, fromWeek: 9 }
    expect(refusalOf(await owner.call('POST', `${path}/choices/${base.id}/what-if`, { change: late }))).toEqual([
      ...[422, 'invalid-input', 'change.fromWeek'],
    ])
    await give(0, colleague)
  }, 120_000)
})

describe('a choice', () => {
  test('is put in force as a new version; the next one only where it is worth a change, or somebody says so', async () => {
    await give(300)
    const first = await made((await ask({ weeks: 4 })).body.id)
    expect(first.plan.adoption).toBe(null)
    const put = (id: string, more: object = {}) =>
      owner.call('POST', `${path}/choices/${id}/put`, { reason: 'What brings most for the time we have', ...more })
    const { status, body } = await put(first.id)
    expect([status, body.number], JSON.stringify(body)).toEqual([200, 1])
    const weekly = (lines: { every: number; slots: unknown[] }[]) =>
      lines.reduce((sum, { every, slots }) => sum + slots.length / every, 0)
    const chosen = first.plan.lines.reduce(
      (sum: number, { weeks }: { weeks: number[] }) => sum + weeks.reduce((all, each) => all + each, 0) / 4,
      0,
    )
    expect(weekly(body.lines)).toBeCloseTo(chosen, 6)
    expect(await read(first.id)).toMatchObject({ putNumber: 1, putBy: { id: owner.memberId } })

    const second = await made((await ask({ weeks: 4 })).body.id)
    expect(second.plan.adoption).toMatchObject({ isAdopted: false, because: 'not-better' })
    expect(refusalOf(await put(second.id))).toEqual([409, 'not-worth-a-change', 'anyway'])
    // What stays as it is keeps its shape.
    const again = (await put(second.id, { anyway: true })).body
    expect(again.number).toBe(2)
    // Made from version 1: whoever puts it in force now would undo what somebody else did.
    expect(refusalOf(await put(second.id, { anyway: true }))).toEqual([409, 'changed-meanwhile', undefined])
    await give(600)
    const better = await made((await ask({ weeks: 4, change: 5 })).body.id)
    expect(better.plan.adoption).toMatchObject({ isAdopted: true, because: 'better' })
    expect(better.plan.displaced.length).toBeGreaterThan(0)
    expect((await put(better.id)).body.number).toBe(3)
  }, 120_000)

  test('that is stopped stays stopped, and its worker ends in the middle', async () => {
    const { body } = await ask({ weeks: 26 })
    const working = makeChoice(world.services, { orgId: owner.orgId, choiceId: body.id })
    await expect.poll(async () => (await read(body.id)).state, { timeout: 20_000 }).not.toBe('waiting')
    const stopped = (await owner.call('POST', `${path}/choices/${body.id}/stop`)).body
    expect(['stopped', 'planned']).toContain(stopped.state)
    await working
    expect((await read(body.id)).state).toBe(stopped.state)
    expect((await owner.call('POST', `${path}/choices/${body.id}/stop`)).body.state).toBe(stopped.state)
  }, 120_000)

  test('of a worker that died is taken over when its lease is over, and never worked on by two', async () => {
    const { id } = (await ask()).body
    const claimed = (until: Date) =>
      inOrg(world.services.db, owner.orgId, (tx) =>
        tx
          .updateTable('plan_choices')
          .set({ state: 'working', lease_until: until })
          .where('org_id', '=', owner.orgId)
          .where('id', '=', id)
          .execute(),
      )
    await claimed(new Date(now.getTime() + 20_000))
    await expect(makeChoice(world.services, { orgId: owner.orgId, choiceId: id })).rejects.toThrow('Somebody else')
    now = new Date(now.getTime() + 60_000)
    expect((await made(id)).state).toBe('planned')
    const events = await owner.call('GET', `/orgs/{org}/events?verb=choice.made`)
    const own = events.body.items.filter((event: { subject: { id: string } }) => event.subject.id === id)
    expect(own.length).toBe(1)
    // Done already: whoever comes later finds nothing to do.
    await makeChoice(world.services, { orgId: owner.orgId, choiceId: id })
  }, 60_000)

  test('is drawn by its seed, and that is told', async () => {
    await give(900)
    const seeded = async (seed?: number) =>
      made((await ask({ explore: 0.15, weeks: 4, ...(seed && { seed }) })).body.id)
    const [one, same] = [await seeded(7), await seeded(7)]
    expect(one.asked.seed).toBe(7)
    expect(one.plan.lines).toEqual(same.plan.lines)
    expect(one.plan.exploreShare).toBe(0.15)
    expect((await seeded()).asked.seed).toEqual(expect.any(Number))
  }, 120_000)

  test('gives nobody work in weeks in which they are away, and nobody else more for it', async () => {
    const colleague = await world.as('contributor')
    await give(300)
    await give(300, colleague)
    const away = { from: '2027-01-18T00:00:00Z', to: '2027-01-25T00:00:00Z', reason: 'A knee' }
    expect((await colleague.call('POST', '/orgs/{org}/absences', away)).status).toBe(201)
    const { people } = await made((await ask({ weeks: 2 })).body.id)
    const of = (id: string) => people.find(({ memberId }: { memberId: string }) => memberId === id)
    expect(of(colleague.memberId).there).toEqual([300, 0])
    expect(of(colleague.memberId).used[1]).toBe(0)
    expect(of(owner.memberId).there).toEqual([300, 300])
    await give(0, colleague)
  }, 60_000)

  test('within the load curve begins at what people are used to, and answering comes first', async () => {
    await give(600)
    const { people } = await made((await ask({ weeks: 4, time: 'curve' })).body.id)
    // Nobody measured anything: a beginner's week, growing by rule, with its lighter week.
    expect(people[0].there[0]).toBeLessThanOrEqual(120)
    for (const [week, minutes] of people[0].there.entries())
      expect(people[0].used[week]).toBeLessThanOrEqual(minutes + 1e-6)
  }, 60_000)

  test('is none of another organisation, and a viewer reads without asking', async () => {
    const [stranger, viewer] = [await world.as('owner', world.theirs), await world.as('viewer')]
    const { id } = (await owner.call('GET', `${path}/choices`)).body[0]
    expect((await stranger.call('GET', `${path}/choices/${id}`)).status).toBe(404)
    expect((await stranger.call('POST', `${path}/choices/${id}/stop`)).status).toBe(404)
    expect((await stranger.call('GET', `${path}/choices`)).body).toEqual([])
    expect((await viewer.call('GET', `${path}/choices/${id}`)).status).toBe(200)
    expect((await ask({}, viewer)).status).toBe(403)
  })

  test('tells the minutes of people, and what would be without one of them, to those who lead alone', async () => {
    const colleague = await world.as('contributor')
    await give(120, colleague)
    const base = await made((await ask()).body.id)
    expect(base.people.length).toBeGreaterThan(1)
    const change = { kind: 'person-leaves', memberId: colleague.memberId }
    const asked = await owner.call('POST', `${path}/choices/${base.id}/what-if`, { change })
    await made(asked.body.id)
    const own = (await colleague.call('GET', `${path}/choices/${base.id}`)).body
    expect(own.people.map(({ memberId }: { memberId: string }) => memberId)).toEqual([colleague.memberId])
    expect((await colleague.call('GET', `${path}/choices/${asked.body.id}`)).status).toBe(404)
    const listed = (await colleague.call('GET', `${path}/choices`)).body.map(({ id }: { id: string }) => id)
    expect(listed).toContain(base.id)
    expect(listed).not.toContain(asked.body.id)
    const manager = await world.as('manager')
    expect((await manager.call('GET', `${path}/choices/${asked.body.id}`)).body.whatIf.words).toContain('leaves')
  })
})
