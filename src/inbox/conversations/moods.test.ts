// Moods of a conversation over HTTP: what they said in its order, without what is owed no answer.

import { expect, test } from 'vitest'
import { newId } from '../../lib/ids.ts'
import type { Labels } from '../../listening/mentions/types.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const moods: Record<string, -1 | 0 | 1> = { one: 0, two: 1, three: -1, ours: 1, robot: -1, gone: -1 }
const said = (id: string, minutes: number, change: object = {}) =>
  saying(saidOf(id, { at: new Date(start.getTime() + minutes * minute), ...change }))

useInbox(async () => {
  const label = ({ id }: { id: string }) =>
    moods[id] === undefined ? null : ({ language: 'en', sentiment: moods[id], intent: null } as Labels)
  await keep(
    [
      said('one', 0),
      said('three', 3, { replyTo: 'one' }),
      said('two', 1, { replyTo: 'one' }),
      said('ours', 2, { replyTo: 'one', isOurs: true }),
      said('robot', 4, { replyTo: 'one', marks: ['automatic'] }),
      said('unjudged', 5, { replyTo: 'one' }),
      said('gone', 6, { replyTo: 'one' }),
    ],
    label,
  )
  await keep([{ type: 'removed', id: 'gone' }])
})

test('each message of theirs has its mood, the oldest first', async () => {
  const [{ id }] = (await owner.call('GET', '/orgs/{org}/conversations?state=all')).body.items
  const found = (await owner.call('GET', `/orgs/{org}/conversations/${id}/moods`)).body
  expect(found.map(({ sentiment }: { sentiment: number | null }) => sentiment)).toEqual([0, 1, -1, null])
  expect(found[0].at).toBe(start.toISOString())
  const stranger = await world.as('owner', world.theirs)
  for (const call of [
    stranger.call('GET', `/orgs/{org}/conversations/${id}/moods`),
    owner.call('GET', `/orgs/{org}/conversations/${newId()}/moods`),
  ])
    expect((await call).status).toBe(404)
})
