// A large choice whose worker is killed in the middle, that two want to work on, and that somebody stops: made once, or not at all.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeQuestion } from '../../../bench/programme/world.ts'
import { type TestApp, type TestSession, testApp } from '../../../test/world/app.ts'
import { inOrg } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { OtherChoosing } from './other-process.testing.ts'
import { insertChoice } from './store.ts'
import { makeChoice } from './work.ts'

let now = new Date('2027-01-11T10:00:00Z')
let world: TestApp
let owner: TestSession
let programmeId: string
const path = '/orgs/{org}/programme'
beforeAll(async () => {
  world = await testApp({ clock: () => now })
  owner = await world.as('owner')
  const facts = { name: 'The long run', ambition: 'succeed', beginsOn: '2027-01-11' }
  programmeId = (await owner.call('POST', path, facts)).body.id
})
afterAll(() => world.close())

/** Some seconds of work: it has to be seen while it goes on. */
function large(): Promise<string> {
  const drawn = makeQuestion({ people: 30, departments: 5, channels: 9, weeks: 26, seed: 3 })
  const question = { ...drawn, people: drawn.people.map((person) => ({ ...person, id: newId() })) }
  const lines = question.lines.map(({ id, name, channel, activity }) => ({
    ...{ id, activity, name, known: 'measured' as const, plannedWeekly: 0, channel: { key: channel, name: channel } },
  }))
  const asked = { unit: 'reactions' as const, weeks: 26, time: 'given' as const, explore: 0, seed: 3, change: 0.3 }
  return inOrg(world.services.db, owner.orgId, (tx) =>
    insertChoice(tx, owner.orgId, {
      ...{ programmeId, question, baseId: null, planNumber: null, by: owner.memberId, at: now },
      asked: { ...asked, lines, kept: [], leftOut: [], now: null, overflow: null },
    }),
  )
}

const stateOf = (choiceId: string) =>
  inOrg(world.services.db, owner.orgId, (tx) =>
    tx
      .selectFrom('plan_choices')
      .select(['state', 'progress', 'lease_until'])
      .where('org_id', '=', owner.orgId)
      .where('id', '=', choiceId)
      .executeTakeFirstOrThrow(),
  )
const patience = { timeout: 120_000 }

test('of a process that is killed another one takes it over, and until then nobody does', async () => {
  const choiceId = await large()
  const given: OtherChoosing = {
    ...{ connection: world.database.connection, now: now.toISOString(), orgId: owner.orgId, choiceId },
  }
  const child = fork(join(import.meta.dirname, 'other-process.testing.ts'), [JSON.stringify(given)])
  await expect.poll(async () => (await stateOf(choiceId)).progress, patience).not.toBe(null)
  await expect(makeChoice(world.services, { orgId: owner.orgId, choiceId })).rejects.toThrow('Somebody else')
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await stateOf(choiceId)).state).toBe('working')
  now = new Date(now.getTime() + 31_000)
  await makeChoice(world.services, { orgId: owner.orgId, choiceId })
  expect(await stateOf(choiceId)).toMatchObject({ state: 'planned', lease_until: null })
  const made = (await owner.call('GET', '/orgs/{org}/events?verb=choice.made')).body.items
  expect(made.length).toBe(1)
}, 240_000)

test('that somebody stops ends at once, and nothing is kept of it', async () => {
  const choiceId = await large()
  const working = makeChoice(world.services, { orgId: owner.orgId, choiceId })
  await expect.poll(async () => (await stateOf(choiceId)).progress, patience).not.toBe(null)
  const { body } = await owner.call('POST', `${path}/choices/${choiceId}/stop`)
  expect(body).toMatchObject({ state: 'stopped', plan: null })
  const begun = performance.now()
  await working
  expect(performance.now() - begun).toBeLessThan(20_000)
  expect((await owner.call('GET', `${path}/choices/${choiceId}`)).body).toMatchObject({ state: 'stopped', plan: null })
}, 240_000)
