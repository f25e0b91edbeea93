// Many conversations at once over HTTP on the real database: chosen or all of a list, undone as one, and what others changed is left.

import { expect, test } from 'vitest'
import type { Answer, TestSession } from '../../../test/world/app.ts'
import { jobs } from '../../jobs.ts'
import { newId } from '../../lib/ids.ts'
import type { Caller } from '../../people/types.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'
import { workOn } from './work.ts'

const many = 60
useInbox(() =>
  keep(
    Array.from({ length: many }, (_, index) =>
      saying(
        saidOf(`b${index}`, {
          ...{
            at: new Date(start.getTime() + index * 1000),
            text: `${index % 2 === 0 ? 'even' : 'odd'} number${index}`,
          },
          author: { id: `p${index}`, handle: `p${index}`, name: `Person ${index}`, url: null, followers: null },
        }),
      ),
    ),
  ),
)

type One = { id: string; contact: { name: string }; state: string; owner: { id: string } | null }
const list = async (query = ''): Promise<One[]> =>
  (await owner.call('GET', `/orgs/{org}/conversations?limit=200${query}`)).body.items
const bulks = '/orgs/{org}/conversation-bulks'
const begin = (body: object) => toItsEnd(owner.call('POST', bulks, body))
const undo = (id: string) => toItsEnd(owner.call('POST', `${bulks}/${id}/undo`))

/** What the answer does not wait for, on a slow machine, is done as the job does it. */
async function toItsEnd(answer: Promise<Answer>): Promise<Answer> {
  const { status, headers, body } = await answer
  if (!body.id) return { status, headers, body }
  await workOn(world.services, callerOf(owner), body.id, () => false)
  return { status, headers, body: await read(body.id) }
}

const callerOf = ({ userId, memberId }: TestSession): Caller => ({
  ...{ orgId: world.ours, userId, memberId, role: 'owner', actor: { kind: 'member', id: memberId }, scopes: null },
})

const read = async (id: string) => (await owner.call('GET', `/orgs/{org}/conversation-bulks/${id}`)).body
const spam = { kind: 'close', reason: 'spam' }

test('chosen ones are closed, each with its history, and one undo opens them again', async () => {
  const ids = (await list('&q=even')).slice(0, 20).map(({ id }) => id)
  const { status, body } = await begin({ ids, change: spam })
  expect(status).toBe(201)
  expect(body).toMatchObject({ total: 20, changed: 20, refused: 0, waiting: 0, left: 0, more: false })
  expect(body.endedAt).not.toBeNull()
  expect((await list('&state=closed')).map(({ id }) => id).sort()).toEqual([...ids].sort())
  const history = await owner.call('GET', `/orgs/{org}/conversations/${ids[0]}/history`)
  expect(history.body.items).toMatchObject([{ kind: 'state', to: 'closed', reason: 'spam' }])
  expect((await undo(body.id)).body).toMatchObject({ undone: 20, left: 0, changed: 0 })
  expect(await list('&state=closed')).toEqual([])
  expect((await undo(body.id)).body.data).toMatchObject({ code: 'undone-already' })
})

test('all of a list are changed, and what somebody changed since is left and named', async () => {
  const colleague = await world.as('contributor')
  const { body } = await begin({ list: { q: 'odd' }, change: { kind: 'assign', ownerId: colleague.memberId } })
  expect(body).toMatchObject({ total: 30, changed: 30 })
  const told = await colleague.call('GET', '/orgs/{org}/notifications')
  expect(told.body.items.map(({ kind }: { kind: string }) => kind)).toEqual(['conversations-assigned'])
  const theirs = (await list('&q=odd')).at(4)!
  await colleague.call('POST', `/orgs/{org}/conversations/${theirs.id}/state`, { to: 'closed', reason: 'answered' })
  const back = await undo(body.id)
  expect(back.body).toMatchObject({ undone: 29, left: 1 })
  expect(back.body.named).toEqual([
    expect.objectContaining({ id: theirs.id, name: theirs.contact.name, code: 'changed-meanwhile' }),
  ])
  const after = await list('&state=all&q=odd')
  expect(after.filter((each) => each.owner !== null).map(({ id }) => id)).toEqual([theirs.id])
})

test('what is so already is said, and nothing is done to it', async () => {
  const ids = (await list('&q=even')).slice(0, 2).map(({ id }) => id)
  await owner.call('POST', `/orgs/{org}/conversations/${ids[0]}/state`, { to: 'closed', reason: 'spam' })
  const { body } = await begin({ ids, change: spam })
  expect(body).toMatchObject({ changed: 1, refused: 1 })
  expect(body.named).toMatchObject([{ id: ids[0], code: 'conversation-there-already' }])
  await undo(body.id)
  expect((await list('&state=closed&q=even')).map(({ id }) => id)).toEqual([ids[0]])
})

test('put off and handed over, and back where each was', async () => {
  const department = (await owner.call('POST', '/orgs/{org}/departments', { name: 'Product' })).body
  const ids = (await list('&q=even')).slice(0, 5).map(({ id }) => id)
  const until = new Date(start.getTime() + 600 * minute).toISOString()
  const putOff = await begin({ ids, change: { kind: 'put-off', until } })
  const handed = await begin({
    ids,
    change: { kind: 'hand-over', departmentId: department.id, note: 'It is about the lid' },
  })
  expect(handed.body).toMatchObject({ changed: 5 })
  // The first change is not as it was left any more.
  expect((await undo(putOff.body.id)).body).toMatchObject({ left: 5 })
  expect((await undo(handed.body.id)).body).toMatchObject({ undone: 5 })
  const stand = await list('&state=snoozed')
  expect(stand.map(({ id }) => id).sort()).toEqual([...ids].sort())
  expect(stand).toMatchObject(ids.map(() => ({ department: null, snoozedUntil: until })))
})

test('tags and priority of many are changed, and put back where nobody changed just them since', async () => {
  const ids = (await list('&q=even')).slice(5, 9).map(({ id }) => id)
  const marks = async () =>
    Promise.all(
      ids.map(async (id) => {
        const { tags, priority } = (await owner.call('GET', `/orgs/{org}/conversations/${id}`)).body
        return { tags, priority }
      }),
    )
  await owner.call('POST', `/orgs/{org}/conversations/${ids[0]}/marks`, { tags: ['old', 'recall'] })
  await owner.call('POST', `/orgs/{org}/conversations/${ids[1]}/marks`, { tags: ['old'] })
  const tagged = await begin({ ids, change: { kind: 'tag', tag: 'recall' } })
  expect(tagged.body).toMatchObject({ changed: 3, refused: 1 })
  expect((await marks()).map(({ tags }) => tags)).toEqual([
    ['old', 'recall'],
    ['old', 'recall'],
    ['recall'],
    ['recall'],
  ])
  const urgent = await begin({ ids, change: { kind: 'priority', priority: 'urgent' } })
  expect(urgent.body).toMatchObject({ changed: 4 })
  // It is closed meanwhile, which is no matter of its tags; and of another the tag was taken away.
  await owner.call('POST', `/orgs/{org}/conversations/${ids[2]}/state`, { to: 'closed', reason: 'answered' })
  await owner.call('POST', `/orgs/{org}/conversations/${ids[3]}/marks`, { tags: [] })
  const back = await undo(tagged.body.id)
  expect(back.body).toMatchObject({ undone: 2, left: 1 })
  expect(back.body.named).toMatchObject([
    { id: ids[0], code: 'conversation-there-already' },
    { id: ids[3], code: 'changed-meanwhile' },
  ])
  expect((await undo(urgent.body.id)).body).toMatchObject({ undone: 4, left: 0 })
  const normal = { priority: 'normal' }
  expect(await marks()).toEqual([
    { tags: ['old', 'recall'], ...normal },
    { tags: ['old'], ...normal },
    { tags: [], ...normal },
    { tags: [], ...normal },
  ])
  const taken = await begin({ ids, change: { kind: 'untag', tag: 'old' } })
  expect(taken.body).toMatchObject({ changed: 2, refused: 2 })
  await undo(taken.body.id)
  expect((await marks()).map(({ tags }) => tags)).toEqual([['old', 'recall'], ['old'], [], []])
  expect((await begin({ ids, change: { kind: 'tag', tag: ' ' } })).status).toBe(422)
  await owner.call('POST', `/orgs/{org}/conversations/${ids[2]}/state`, { to: 'open' })
})

test('whoever did not begin it sees nothing of it, and nobody changes nothing', async () => {
  const { body } = await begin({ ids: (await list()).slice(0, 1).map(({ id }) => id), change: { kind: 'open' } })
  const colleague = await world.as('owner')
  expect((await colleague.call('GET', `/orgs/{org}/conversation-bulks/${body.id}`)).status).toBe(404)
  expect((await colleague.call('POST', `/orgs/{org}/conversation-bulks/${body.id}/undo`)).status).toBe(404)
  expect((await begin({ change: spam })).body.data).toMatchObject({ code: 'nothing-chosen' })
  expect((await begin({ ids: [newId()], change: spam })).body.data).toMatchObject({ code: 'nothing-chosen' })
  const past = { ids: [newId()], change: { kind: 'put-off', until: start.toISOString() } }
  expect((await begin(past)).body.data).toMatchObject({ code: 'until-past', field: 'change.until' })
  expect(jobs.some(({ name }) => name === 'inbox.bulk')).toBe(true)
})
