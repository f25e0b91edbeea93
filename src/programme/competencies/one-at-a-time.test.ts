// One new competency at a time for each team: under any order of verbs, and with several workers at the same moment.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'

let world: TestApp
let owner: TestSession
let other: TestSession
const departments: (string | null)[] = [null]
let ids: string[] = []
beforeAll(async () => {
  world = await testApp()
  owner = await world.as('owner')
  other = await world.as('manager')
  for (const name of ['Service', 'Sales'])
    departments.push((await owner.call('POST', '/orgs/{org}/departments', { name })).body.id)
  await owner.call('POST', '/orgs/{org}/programme', { name: 'X', ambition: 'presence', beginsOn: '2026-11-30' })
  ids = (await owner.call('GET', path)).body.rungs.map(({ id }: { id: string }) => id)
})
afterAll(() => world.close())

const path = '/orgs/{org}/programme/ladder'

interface Step {
  id: string
  competency_id: string
  department_id: string | null
  mastered_at: Date | null
  set_aside_at: Date | null
}
const steps = async (): Promise<Step[]> =>
  (await world.database.owner.query('select * from competency_steps where org_id = $1', [owner.orgId])).rows
const goOn = (all: Step[]) => all.filter((step) => !step.mastered_at && !step.set_aside_at)

/** What the journey of evidence would do, in one go: mastered by whoever shows it. */
const master = (id: string) =>
  world.database.owner.query('update competency_steps set mastered_at = now() where id = $1 and set_aside_at is null', [
    id,
  ])

type Act =
  | { kind: 'begin'; team: number; rung: number }
  | { kind: 'aside' | 'master' | 'remove' | 'order'; pick: number }

async function act(session: TestSession, given: Act): Promise<number> {
  if (given.kind === 'begin') {
    const body = { departmentId: departments[given.team] }
    return (await session.call('POST', `${path}/${ids[given.rung % ids.length]}/begin`, body)).status
  }
  if (given.kind === 'remove') return (await session.call('DELETE', `${path}/${ids[given.pick % ids.length]}`)).status
  if (given.kind === 'order') {
    const now: string[] = (await session.call('GET', path)).body.rungs.map(({ id }: { id: string }) => id)
    const [first, ...rest] = now as [string, ...string[]]
    const turned = [...rest.slice(given.pick % rest.length), ...rest.slice(0, given.pick % rest.length)]
    return (await session.call('PUT', `${path}-order`, { ids: [first, ...turned] })).status
  }
  const open = goOn(await steps())
  const step = open[given.pick % Math.max(1, open.length)]
  if (!step) return 404
  if (given.kind === 'master') {
    await master(step.id)
    return 200
  }
  const reason = 'Something else is more urgent now.'
  return (await session.call('POST', `${path}-steps/${step.id}/set-aside`, { reason })).status
}

const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      ...{ kind: fc.constant('begin' as const), team: fc.nat({ max: 2 }), rung: fc.nat({ max: 4 }) },
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...{ kind: fc.constantFrom('aside' as const, 'master' as const, 'remove' as const, 'order' as const) },
      pick: fc.nat({ max: 8 }),
    }),
  },
)

test('whatever people do, two of them at once: no team learns two', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(acts, acts), { minLength: 4, maxLength: 10 }), async (pairs) => {
      await world.database.owner.query('delete from competency_steps where org_id = $1', [owner.orgId])
      for (const [one, two] of pairs) {
        const answers = await Promise.all([act(owner, one), act(other, two)])
        expect(Math.max(...answers)).toBeLessThan(500)
        const teams = goOn(await steps()).map(({ department_id }) => department_id)
        expect(new Set(teams).size).toBe(teams.length)
      }
    }),
    { numRuns: 12, seed: 7 },
  )
})

test('a programme from before there were ladders is laid one, also by two at once', async () => {
  await world.database.owner.query('delete from competencies where org_id = $1', [owner.orgId])
  expect((await owner.call('GET', path)).body).toMatchObject({ hasProgramme: true, rungs: [] })
  const both = await Promise.all([owner.call('POST', `${path}-laid`), other.call('POST', `${path}-laid`)])
  expect(both.map(({ status, body }) => [status, body.rungs.length])).toEqual([
    [200, 8],
    [200, 8],
  ])
  ids = both[0].body.rungs.map(({ id }: { id: string }) => id)
  expect((await owner.call('POST', `${path}-laid`)).body.rungs.map(({ id }: { id: string }) => id)).toEqual(ids)
})

test('six who begin at the same moment make one, and the others are told why', async () => {
  await world.database.owner.query('delete from competency_steps where org_id = $1', [owner.orgId])
  const first = (await owner.call('GET', path)).body.rungs[0].id
  const body = { departmentId: departments[1] }
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) => (n % 2 ? owner : other).call('POST', `${path}/${first}/begin`, body)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
  const refused = answers.find(({ status }) => status === 409)!
  expect(refused.body.data).toMatchObject({ code: 'one-at-a-time', params: { requirement: 'R0-18' } })
  // The database itself refuses a second one, should a verb ever forget.
  await expect(
    world.database.owner.query(
      `insert into competency_steps (org_id, id, programme_id, competency_id, department_id, begun_at, begun_by)
        select org_id, gen_random_uuid(), programme_id, $2, department_id, now(), begun_by from competency_steps where org_id = $1`,
      [owner.orgId, ids[1]],
    ),
  ).rejects.toThrow(/competency_steps_going_on/)
})
