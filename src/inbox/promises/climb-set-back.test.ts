// A clock that is set back to before a message was said: what is owed for it stays, and climbs when its time comes again.

import { expect, test } from 'vitest'
import { owner, useInbox, world } from '../ground.testing.ts'
import { climbPromises } from './climb.ts'
import { connectedLongAgo, goTo, makePromise, read, say } from './promises-world.testing.ts'

useInbox(async () => {
  await connectedLongAgo()
  goTo(-600)
  await makePromise({ name: 'Within an hour', targets: [{ metric: 'first-reply', minutes: 60, hours: 'calendar' }] })
  await owner.call('PUT', '/orgs/{org}/promise-ladder', { minutes: [10, 10, 10], always: [owner.memberId] })
})

test('it is owed all the same, and whoever answers for it is told', async () => {
  goTo(0)
  const id = await say('early', { intent: 'question' })
  await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { ownerId: owner.memberId, departmentId: null })
  goTo(46)
  await climbPromises(world.services, world.ours)
  goTo(-40)
  await climbPromises(world.services, world.ours)
  expect((await read(id)).due).toMatchObject({ metric: 'first-reply' })
  goTo(61)
  await climbPromises(world.services, world.ours)
  const { body } = await owner.call('GET', '/orgs/{org}/notifications')
  const told = body.items.filter(({ subject }: { subject: { id: string } | null }) => subject?.id === id)
  expect(told.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['promise-broken', 'promise-due-soon'])
})
