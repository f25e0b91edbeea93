// Saved views over HTTP: one's own and shared ones, counts, order, and who may change them.

import { expect, test } from 'vitest'
import type { TestSession } from '../../../test/world/app.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { saidOf, saying } from '../said.testing.ts'

useInbox(() =>
  keep([
    saying(saidOf('1', { text: 'a kettle' })),
    saying(saidOf('2', { author: { id: 'ben', handle: 'ben', name: 'Ben', url: null, followers: null } })),
  ]),
)

const views = '/orgs/{org}/conversation-views'
const namesOf = (body: { name: string }[]) => body.map(({ name }) => name)

test('a view is kept, counted, changed and removed', async () => {
  const made = await owner.call('POST', views, { name: 'Nobody has them', list: { holder: 'nobody' } })
  expect(made).toMatchObject({
    status: 201,
    body: {
      name: 'Nobody has them',
      list: { state: 'open', holder: 'nobody', order: 'newest' },
      isMine: true,
      sharedAt: null,
    },
  })
  await owner.call('POST', views, { name: 'Kettles', list: { q: 'kettle' } })
  // What searches is not counted.
  expect((await owner.call('GET', `${views}/counts`)).body).toEqual([
    { id: made.body.id, count: 2, unread: 2, isWhole: true },
  ])
  const { id } = made.body
  const changed = await owner.call('PATCH', `${views}/${id}`, {
    name: 'Free',
    list: { holder: 'nobody', sentiment: 'negative' },
  })
  expect(changed.body).toMatchObject({ name: 'Free', list: { sentiment: 'negative' } })
  expect((await owner.call('GET', `${views}/counts`)).body).toEqual([{ id, count: 0, unread: 0, isWhole: true }])
  const all = (await owner.call('GET', views)).body
  expect(namesOf(all)).toEqual(['Free', 'Kettles'])
  const order = await owner.call('POST', `${views}/order`, {
    ids: all.map((view: { id: string }) => view.id).reverse(),
  })
  expect(namesOf(order.body)).toEqual(['Kettles', 'Free'])
  expect((await owner.call('DELETE', `${views}/${id}`)).status).toBe(204)
  expect(namesOf((await owner.call('GET', views)).body)).toEqual(['Kettles'])
})

test('others see what is shared alone; whoever handles conversations may change it', async () => {
  const [colleague, viewer] = [await world.as('contributor'), await world.as('viewer')]
  const shared = await owner.call('POST', views, { name: 'Shared', list: {} })
  const share = (person: TestSession, id: string, isShared = true) =>
    person.call('POST', `${views}/${id}/share`, { isShared })
  expect((await colleague.call('GET', views)).body).toEqual([])
  expect((await share(owner, shared.body.id)).body.sharedAt).not.toBeNull()
  for (const person of [colleague, viewer]) expect(namesOf((await person.call('GET', views)).body)).toEqual(['Shared'])
  const mine = await viewer.call('POST', views, { name: 'Of the viewer', list: {} })
  expect(mine.status).toBe(201)
  expect((await share(viewer, mine.body.id)).status).toBe(403)
  expect((await viewer.call('PATCH', `${views}/${shared.body.id}`, { name: 'Mine' })).status).toBe(403)
  expect((await viewer.call('DELETE', `${views}/${shared.body.id}`)).status).toBe(403)
  expect((await colleague.call('PATCH', `${views}/${mine.body.id}`, { name: 'Theirs' })).status).toBe(404)
  expect((await colleague.call('PATCH', `${views}/${shared.body.id}`, { name: 'Ours' })).body.name).toBe('Ours')
  // Whoever stops sharing what is another's does not see it any more.
  expect((await share(colleague, shared.body.id, false)).body).toMatchObject({ sharedAt: null })
  expect((await colleague.call('GET', views)).body).toEqual([])
  expect((await owner.call('GET', views)).body.map(({ name }: { name: string }) => name)).toContain('Ours')
  const stranger = await world.as('owner', world.theirs)
  expect((await stranger.call('GET', views)).body).toEqual([])
  expect((await stranger.call('DELETE', `${views}/${shared.body.id}`)).status).toBe(404)
})
