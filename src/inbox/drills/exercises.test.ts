// Exercises: a starting set that an organisation makes its own, and words of conversations without those who said them.

import { expect, test } from 'vitest'
import { currentTime, keep, owner, ownHandle, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { startingSet } from './starting-set.ts'

const mara = { id: 'mara', handle: 'mara.meer.example', name: 'Mara van der Meer', url: null, followers: null }
const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const talk = { isPrivate: true, kind: 'message', thread: 'talk', root: null, replyTo: null, about: null } as const

useInbox(() =>
  keep([
    saying(
      saidOf('1', { ...talk, author: mara, at: at(1), text: 'Mara here. Where is my order 4471902? Gil said Monday' }),
    ),
    saying(saidOf('2', { ...talk, author: mara, at: at(2), text: `@${ownHandle()} call me: +49 170 1234567` })),
    saying(saidOf('3', { ...talk, isOurs: true, at: at(3), text: 'Dear Mara, we look' })),
    saying(saidOf('4', { ...talk, author: mara, at: at(4), text: 'Never mind' })),
    { type: 'removed', id: '4' },
  ]),
)

const path = '/orgs/{org}/exercises'
const facts = { kind: 'complaint', title: 'Late', words: 'It is late', way: 'restore', good: 'Says sorry for it' }
const conversation = async (): Promise<string> =>
  (await owner.call('GET', '/orgs/{org}/conversations')).body.items[0].id

test('an organisation begins with a set, changes it, adds to it, retires and brings back', async () => {
  const manager = await world.as('manager')
  const list = async () => (await manager.call('GET', path)).body
  expect((await list()).map(({ id }: { id: string }) => id).sort()).toEqual(startingSet.map(({ id }) => id).sort())
  expect((await list())[0]).toMatchObject({ updatedAt: null, updatedBy: null, retiredAt: null })
  const { id } = startingSet[0]!
  const changed = await manager.call('PUT', `${path}/${id}`, facts)
  expect(changed.body).toMatchObject({
    id,
    ...facts,
    updatedAt: currentTime().toISOString(),
    updatedBy: { id: manager.memberId },
  })
  expect(await list()).toHaveLength(startingSet.length)
  const retired = await manager.call('POST', `${path}/${startingSet[1]!.id}/retire`, {})
  expect(retired.body).toMatchObject({ title: startingSet[1]!.title, retiredAt: expect.any(String) })
  expect((await list()).at(-1)).toMatchObject({ id: startingSet[1]!.id })
  expect((await manager.call('POST', `${path}/${startingSet[1]!.id}/restore`, {})).body.retiredAt).toBeNull()
  const added = await manager.call('POST', path, { ...facts, way: null, kind: 'own' })
  expect(added).toMatchObject({ status: 201, body: { way: null, kind: 'own' } })
  expect(await list()).toHaveLength(startingSet.length + 1)
  for (const [field, wrong] of Object.entries({ title: ' ', words: '', good: '', kind: 'joke', way: 'shout' }))
    expect((await manager.call('POST', path, { ...facts, [field]: wrong })).body.data.field).toBe(field)
  const { items } = (await manager.call('GET', '/orgs/{org}/events')).body
  expect(items[0]).toMatchObject({ verb: 'exercise.added', subject: { kind: 'exercise', id: added.body.id } })
  // Another organisation has its own.
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', path)).body[0]).toMatchObject({ title: startingSet[0]!.title, updatedAt: null })
  expect((await stranger.call('PUT', `${path}/${added.body.id}`, facts)).status).toBe(404)
})

test('whoever practises does not read what a good answer does', async () => {
  for (const role of ['contributor', 'viewer'] as const)
    expect((await (await world.as(role)).call('GET', path)).status).toBe(403)
  const approver = await world.as('approver')
  expect((await approver.call('GET', path)).status).toBe(200)
  expect((await approver.call('POST', path, facts)).status).toBe(403)
})

test('a conversation becomes an exercise by the words of others alone, without names, handles, addresses and numbers', async () => {
  const id = await conversation()
  const { body } = await owner.call('GET', `/orgs/{org}/conversations/${id}/exercise`)
  expect(body.words).toContain('[name] here. Where is my order [number]?')
  expect(body.words).toContain('[handle] call me: [number]')
  expect(body.words).not.toMatch(/mara|meer|dear|1234567|never mind/i)
  // Whoever puts a name back in by hand does not get it in.
  const taken = await owner.call('POST', `/orgs/{org}/conversations/${id}/exercise`, {
    ...facts,
    ...{
      title: 'Mara’s order',
      words: `${body.words} Yours, Mara van der Meer`,
      good: 'Says to mara.meer.example what happens',
    },
  })
  expect(taken).toMatchObject({ status: 201, body: { title: '[name]’s order', good: 'Says to [handle] what happens' } })
  expect(JSON.stringify(taken.body)).not.toMatch(/mara|meer/i)
  // Colleagues who are named in it are named no more either.
  const colleague = (await owner.call('GET', '/orgs/{org}/members')).body[0].name as string
  const named = await owner.call('POST', `/orgs/{org}/conversations/${id}/exercise`, {
    ...facts,
    words: `${colleague} said so`,
  })
  expect(named.body.words).toBe('[name] said so')
  // It does not say from where it is.
  expect(JSON.stringify(taken.body)).not.toContain(id)
  const { items } = (await owner.call('GET', '/orgs/{org}/events')).body
  expect(JSON.stringify(items[0])).not.toContain(id)
})

test('nothing from behind a wall becomes one, not even for those behind it', async () => {
  const id = await conversation()
  const { id: department } = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Legal' })).body
  const inside = await world.as('manager')
  await owner.call('PATCH', `/orgs/{org}/members/${inside.memberId}`, { departmentId: department })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: department, note: '' })
  await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: true })
  const asked = `/orgs/{org}/conversations/${id}/exercise`
  expect((await inside.call('GET', `/orgs/{org}/conversations/${id}`)).status).toBe(200)
  for (const answer of [await inside.call('GET', asked), await inside.call('POST', asked, facts)])
    expect(answer).toMatchObject({ status: 409, body: { data: { code: 'exercise-behind-wall', field: 'id' } } })
  for (const answer of [await owner.call('GET', asked), await owner.call('POST', asked, facts)])
    expect(answer.status).toBe(404)
  await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: false })
  expect((await owner.call('GET', asked)).status).toBe(200)
})
