// Saved replies over HTTP on the real database: kept, found, changed, retired and brought back; what cannot be is refused by its field.

import { expect, test } from 'vitest'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

useInbox(() => keep([saying(saidOf('1'))]))

const path = '/orgs/{org}/saved-replies'
const add = (facts: object) => owner.call('POST', path, { title: 'A reply', body: 'Hello', ...facts })
const titles = async (query = '') =>
  (await owner.call('GET', `${path}${query}`)).body.items.map(({ title }: { title: string }) => title)

test('one is kept, found by title, words and shortcut, and offered to its department and language', async () => {
  const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Service' })).body
  const made = await add({ title: 'Parcel', body: 'Dear {{contact.name}}', shortcut: 'parcel', language: 'en' })
  expect(made).toMatchObject({ status: 201, body: { title: 'Parcel', shortcut: 'parcel', retiredAt: null } })
  await add({ title: 'Returns', body: '100% of it', departmentId: department.id })
  expect(await titles()).toEqual(['Parcel', 'Returns'])
  expect(await titles('?q=dear')).toEqual(['Parcel'])
  expect(await titles('?q=PARC')).toEqual(['Parcel'])
  expect(await titles('?q=0%25 of')).toEqual(['Returns'])
  expect(await titles('?q=0_ of')).toEqual([])
  expect(await titles(`?departmentId=${department.id}`)).toEqual(['Parcel', 'Returns'])
  expect(await titles('?language=de')).toEqual(['Returns'])
  const first = await owner.call('GET', `${path}?limit=1`)
  expect(await titles(`?limit=1&cursor=${first.body.nextCursor}`)).toEqual(['Returns'])
})

test('places that nobody can fill, a shortcut in use and a department that is gone are refused', async () => {
  const data = async (facts: object) => (await add(facts)).body.data
  expect(await data({ body: 'Dear {{contact.nmae}}' })).toMatchObject({
    ...{ code: 'variable-not-known', field: 'body', params: { names: 'contact.nmae' } },
  })
  expect(await data({ shortcut: 'parcel' })).toMatchObject({ code: 'shortcut-taken', field: 'shortcut' })
  expect(await data({ departmentId: owner.memberId })).toMatchObject({ code: 'department-not-found' })
  expect((await add({ shortcut: 'Two words' })).status).toBe(422)
  const both = await Promise.all(['One', 'Two'].map((title) => add({ title, shortcut: 'at-once' })))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('one that is retired is offered no more, gives its shortcut away, and comes back where that is free', async () => {
  const { body } = await add({ title: 'Old', shortcut: 'old' })
  expect((await owner.call('POST', `${path}/${body.id}/retire`, {})).body.retiredAt).not.toBeNull()
  expect(await titles()).not.toContain('Old')
  expect(await titles('?retired=only')).toEqual(['Old'])
  const next = await add({ title: 'New', shortcut: 'old' })
  expect(next.status).toBe(201)
  const back = await owner.call('POST', `${path}/${body.id}/restore`, {})
  expect(back.body.data).toMatchObject({ code: 'shortcut-taken' })
  const renamed = { title: 'New', body: 'Hello', shortcut: 'new' }
  expect((await owner.call('PUT', `${path}/${next.body.id}`, renamed)).body).toMatchObject({ shortcut: 'new' })
  expect((await owner.call('POST', `${path}/${body.id}/restore`, {})).body.retiredAt).toBeNull()
  const verbs = (await owner.call('GET', '/orgs/{org}/events')).body.items.map(({ verb }: { verb: string }) => verb)
  for (const verb of ['added', 'retired', 'changed', 'restored']) expect(verbs).toContain(`saved-reply.${verb}`)
})

test('another organisation finds none of them', async () => {
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', path)).body.items).toEqual([])
  const [one] = (await owner.call('GET', path)).body.items
  expect((await stranger.call('PUT', `${path}/${one.id}`, { title: 'Mine', body: 'Mine' })).status).toBe(404)
})
