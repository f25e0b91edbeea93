// Who gets what arrives, on the real database: skills, capacity, hours and absences hold, whoever is free gets it, and two workers give nothing twice.

import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { asSystem } from '../../db/tx.ts'
import { currentTime, keep, owner, setNow, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import {
  aColleague,
  aDepartment,
  aRule,
  considered,
  conversationOf,
  history,
  notificationsOf,
  putInForce,
  somebodySays,
} from './desk.testing.ts'
import { giveEverywhere, giveOwners } from './give.ts'

let service = ''
let ada: TestSession
let ben: TestSession

useInbox(async () => {
  service = await aDepartment('Service')
  ada = await aColleague(service, 'contributor', { capacity: 2, skills: ['es'] })
  ben = await aColleague(service, 'contributor', { capacity: 2 })
  await aColleague(service, 'viewer')
  await putInForce([
    aRule({
      ...{ name: 'Spanish', conditions: { languages: ['es'] }, afterwards: 'go-on' },
      actions: { requiredSkills: ['es'] },
    }),
    aRule({ name: 'All', departmentId: service }),
  ])
})

const give = () => giveOwners(world.services, world.ours)
const spanish = { label: () => ({ ...noLabels, language: 'es' }) }
const noLabels = {
  ...{ language: 'en', sentiment: null, sentimentCertainty: null, emotion: null, intent: null },
  ...{ offensive: null, crisis: null },
}
const later = (minutes: number) => setNow(new Date(currentTime().getTime() + minutes * minute))

test('whoever can and is least loaded gets it, is told, and it says why', async () => {
  await somebodySays('one', 'Hola', spanish)
  expect(await give()).toBe(1)
  const one = await conversationOf('one')
  expect(one).toMatchObject({ owner: { id: ada.memberId }, department: { id: service } })
  expect(await considered(one.id)).toMatchObject({
    route: {
      requiredSkills: ['es'],
      skills: [{ name: 'Spanish', held: ['languages: es'].map((each) => each.replace('languages', 'language')) }],
    },
    choice: { owner: { id: ada.memberId }, code: 'only-one', of: 1 },
  })
  expect(await notificationsOf(ada)).toContain('conversation-assigned')
  expect(await history(one.id)).toMatchObject([
    { kind: 'owner', by: null },
    { kind: 'department', by: null },
  ])
  await somebodySays('two', 'Hello')
  await give()
  expect(await conversationOf('two')).toMatchObject({ owner: { id: ben.memberId } })
})

test('nobody is above capacity and no skill is dropped: it waits, says for what, and is given when somebody is free', async () => {
  for (const name of ['three', 'four', 'five']) await somebodySays(name, 'Hola', spanish)
  expect(await give()).toBe(1)
  const waiting = await conversationOf('five')
  expect(waiting).toMatchObject({ owner: null, department: { id: service } })
  expect((await considered(waiting.id)).choice).toMatchObject({ owner: null, code: 'all-full' })
  const mine = (await ada.call('GET', '/orgs/{org}/conversations?holder=me')).body.items
  expect(mine).toHaveLength(2)
  await ada.call('POST', `/orgs/{org}/conversations/${mine[0].id}/state`, { to: 'closed', reason: 'answered' })
  later(2)
  await giveEverywhere(world.services)
  const now = (await ada.call('GET', '/orgs/{org}/conversations?holder=me')).body.items
  expect(now).toHaveLength(2)
})

test('whoever gives it back is not asked again; whoever is away gets nothing until they are back', async () => {
  later(2)
  const made = await somebodySays('six', 'Hello')
  await give()
  expect(await conversationOf('six')).toMatchObject({ owner: { id: ben.memberId } })
  await ben.call('POST', `/orgs/{org}/conversations/${made.id}/assign`, { ownerId: null, note: 'Not mine' })
  later(1)
  await give()
  expect(await considered(made.id)).toMatchObject({ choice: { owner: null, code: 'all-full' } })
  const until = new Date(currentTime().getTime() + 30 * minute)
  const away = { from: currentTime().toISOString(), to: until.toISOString() }
  await ben.call('POST', '/orgs/{org}/absences', away)
  const seven = await somebodySays('seven', 'Hello')
  await give()
  expect(await considered(seven.id)).toMatchObject({ choice: { owner: null } })
  setNow(until)
  await giveEverywhere(world.services)
  expect(await conversationOf('seven')).toMatchObject({ owner: { id: ben.memberId } })
})

test('what somebody took meanwhile is theirs', async () => {
  later(2)
  const made = await somebodySays('eight', 'Hello')
  await owner.call('POST', `/orgs/{org}/conversations/${made.id}/assign`, { ownerId: owner.memberId })
  await give()
  expect(await conversationOf('eight')).toMatchObject({ owner: { id: owner.memberId } })
})

test('eight workers at once give each to one person, and nobody too much', async () => {
  later(2)
  const crowd = await Promise.all([1, 2, 3].map(() => aColleague(service, 'contributor', { capacity: 4 })))
  for (let index = 0; index < 20; index++) await somebodySays(`crowd ${index}`, 'Hello')
  const given = await Promise.all(Array.from({ length: 8 }, give))
  const rows = await asSystem(world.services.db, (tx) =>
    tx
      .selectFrom('conversations')
      .select(['owner_id'])
      .where(
        'owner_id',
        'in',
        crowd.map(({ memberId }) => memberId),
      )
      .execute(),
  )
  expect(given.reduce((sum, each) => sum + each, 0)).toBeGreaterThanOrEqual(12)
  const byOwner = Map.groupBy(rows, ({ owner_id }) => owner_id)
  expect([...byOwner.values()].map((each) => each.length)).toEqual([4, 4, 4])
  const entries = await asSystem(world.services.db, (tx) =>
    tx
      .selectFrom('conversation_entries')
      .select(({ fn }) => [fn.countAll<number>().as('times'), 'conversation_id'])
      .where('kind', '=', 'owner')
      .where('by', 'is', null)
      .where(({ eb }) =>
        eb(
          sql<string>`facts ->> 'to'`,
          'in',
          crowd.map(({ memberId }) => memberId),
        ),
      )
      .groupBy('conversation_id')
      .execute(),
  )
  expect(Math.max(...entries.map(({ times }) => Number(times)))).toBe(1)
})

test('however many there are whom nobody can take, who can be taken is, and none of them is looked at twice in a run', async () => {
  later(2)
  const sales = await aDepartment('Sales')
  const strangers = Array.from({ length: 300 }, (_, index) =>
    saying(
      saidOf(`stranger ${index}`, {
        author: {
          id: `stranger ${index}`,
          handle: `stranger${index}`,
          name: `Stranger ${index}`,
          url: null,
          followers: 1,
        },
        ...{ text: 'Moi', at: start },
      }),
    ),
  )
  const { body } = await owner.call('GET', '/orgs/{org}/routing')
  const rules = [
    aRule({
      ...{ name: 'Finnish', conditions: { languages: ['fi'] }, afterwards: 'go-on' },
      actions: { requiredSkills: ['fi'] },
    }),
    aRule({ name: 'All', departmentId: sales }),
  ]
  expect((await owner.call('PUT', '/orgs/{org}/routing', { basedOn: body.number, rules, settings: {} })).status).toBe(
    200,
  )
  await keep(strangers, () => ({ ...noLabels, language: 'fi' }))
  const free = await aColleague(sales, 'contributor', { capacity: 1 })
  // It comes last of all that wait.
  const last = await somebodySays('the last', 'Hello', {}, { at: currentTime() })
  expect(await give()).toBe(1)
  expect(await conversationOf('the last')).toMatchObject({ owner: { id: free.memberId } })
  const asked = await asSystem(world.services.db, (tx) =>
    tx
      .selectFrom('conversation_routes')
      .select(({ fn }) => fn.countAll<number>().as('times'))
      .where('required_skills', '=', sql<string[]>`array['fi']`)
      .where('chosen_at', '=', currentTime())
      .where('ask_at', '>', currentTime())
      .executeTakeFirstOrThrow(),
  )
  expect(Number(asked.times)).toBe(300)
  expect((await considered(last.id)).choice).toMatchObject({ owner: { id: free.memberId } })
})
