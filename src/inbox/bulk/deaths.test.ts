// Changing many conversations while processes are killed and several work on the same: each is changed once, and put back if it was.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { asSystem, seenBy } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import type { Caller } from '../../people/types.ts'
import { currentTime, keep, owner, useInbox, world } from '../ground.testing.ts'
import { inboxJobs } from '../jobs.ts'
import { saidOf, saying, start } from '../said.testing.ts'
import type { OtherWork } from './other-process.testing.ts'
import { workOn } from './work.ts'

const many = 24
useInbox(() =>
  keep(
    Array.from({ length: many }, (_, index) =>
      saying(
        saidOf(`b${index}`, {
          ...{ at: new Date(start.getTime() + index * 1000), text: `number${index}` },
          author: { id: `p${index}`, handle: `p${index}`, name: `Person ${index}`, url: null, followers: null },
        }),
      ),
    ),
  ),
)

const bulks = '/orgs/{org}/conversation-bulks'
const spam = { kind: 'close', reason: 'spam', note: '' } as const
const read = async (id: string) => (await owner.call('GET', `${bulks}/${id}`)).body
const allIds = async (): Promise<string[]> =>
  (await owner.call('GET', '/orgs/{org}/conversations?limit=200&state=all')).body.items.map(
    ({ id }: { id: string }) => id,
  )
const countIn = async (state: string): Promise<number> =>
  (await owner.call('GET', `/orgs/{org}/conversations?limit=200&state=${state}`)).body.items.length

const caller = (): Caller => ({
  ...{ orgId: world.ours, userId: owner.userId, memberId: owner.memberId, role: 'owner', scopes: null },
  actor: { kind: 'member', id: owner.memberId },
})
const work = (id: string) =>
  workOn({ ...world.services, db: seenBy(world.services.db, { memberId: owner.memberId }) }, caller(), id, () => false)

/** How often each conversation went to this state. */
const moves = async (to: string): Promise<Map<string, number>> => {
  const rows = await asSystem(world.services.db, (tx) =>
    tx
      .selectFrom('conversation_entries')
      .select(['conversation_id', 'facts'])
      .where('kind', '=', 'state')
      .where('org_id', '=', world.ours)
      .execute(),
  )
  const times = new Map<string, number>()
  for (const { conversation_id, facts } of rows)
    if ((facts as { to: string }).to === to) times.set(conversation_id, (times.get(conversation_id) ?? 0) + 1)
  return times
}

/** Lets another process come as far as this conversation, and kills it there. */
async function killedAt(id: string, ask: OtherWork['ask'], isSoFar: () => Promise<boolean>): Promise<void> {
  const blocking = new pg.Client(world.database.connection)
  await blocking.connect()
  await blocking.query('begin')
  await blocking.query("select set_config('longrun.scope', 'system', true)")
  await blocking.query('select from conversations where id = $1 for no key update', [id])
  const given: OtherWork = {
    connection: world.database.connection,
    caller: caller(),
    now: currentTime().toISOString(),
    ask,
  }
  const child = fork(join(import.meta.dirname, 'other-process.testing.ts'), [JSON.stringify(given)])
  try {
    await expect.poll(isSoFar, { timeout: 60_000 }).toBe(true)
  } finally {
    const gone = once(child, 'exit')
    // Whatever went wrong there has ended it already.
    if (child.kill('SIGKILL')) await gone
    await blocking.query('rollback')
    await blocking.end()
  }
}

const newest = async (): Promise<string | null> =>
  (
    await asSystem(world.services.db, (tx) =>
      tx
        .selectFrom('conversation_bulks')
        .select('id')
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .executeTakeFirst(),
    )
  )?.id ?? null

test('a process that is killed while somebody waits for it is followed by the job, which was asked for before', async () => {
  const ids = await allIds()
  const before = await newest()
  await killedAt(ids[10]!, { ids, change: spam }, async () => {
    const id = await newest()
    return id !== before && id !== null && (await read(id)).changed === 10
  })
  const id = (await newest())!
  expect(await read(id)).toMatchObject({ changed: 10, waiting: many - 10, endedAt: null })
  const job = inboxJobs.find(({ name }) => name === 'inbox.bulk')!
  await world.services.queue.work(world.services, [job])
  await expect.poll(async () => (await read(id)).endedAt, { timeout: 60_000 }).not.toBeNull()
  expect(await read(id)).toMatchObject({ changed: many, refused: 0, waiting: 0 })
  expect([...(await moves('closed')).values()]).toEqual(ids.map(() => 1))
  expect(await countIn('closed')).toBe(many)
}, 150_000)

test('killed while it is put back, it is put back once and wholly', async () => {
  const id = (await newest())!
  const ids = await allIds()
  await killedAt(ids[5]!, { undo: id }, async () => {
    const { undone, undoAt } = await read(id)
    // The job that works in this process as well stands before the same one.
    return undoAt !== null && undone >= 5
  })
  await work(id)
  await expect.poll(async () => (await read(id)).undoEndedAt, { timeout: 60_000 }).not.toBeNull()
  expect(await read(id)).toMatchObject({ undone: many, left: 0, changed: 0 })
  expect([...(await moves('open')).values()]).toEqual(ids.map(() => 1))
  expect(await countIn('open')).toBe(many)
}, 150_000)

test('whoever undoes it stops what is under way, and puts back exactly what was done', async () => {
  const ids = await allIds()
  const [opened, closed] = [await moves('open'), await moves('closed')]
  const begun = owner.call('POST', bulks, { ids, change: spam })
  await expect.poll(async () => await countIn('closed'), { interval: 5, timeout: 60_000 }).toBeGreaterThan(0)
  const id = (await newest())!
  const undone = owner.call('POST', `${bulks}/${id}/undo`)
  await Promise.all([begun, undone, work(id), work(id), work(id)])
  await work(id)
  const ended = await read(id)
  expect(ended).toMatchObject({ left: 0, refused: 0, waiting: 0, changed: 0 })
  expect(ended.undone + ended.stopped).toBe(many)
  expect(await countIn('open')).toBe(many)
  const [openedAfter, closedAfter] = [await moves('open'), await moves('closed')]
  for (const each of ids) {
    const times = (closedAfter.get(each) ?? 0) - (closed.get(each) ?? 0)
    expect(times).toBeLessThanOrEqual(1)
    expect((openedAfter.get(each) ?? 0) - (opened.get(each) ?? 0)).toBe(times)
  }
}, 150_000)

test('several who work on the same change each once', async () => {
  const ids = await allIds()
  const { body } = await owner.call('POST', bulks, { ids: ids.slice(0, 1), change: { kind: 'open' } })
  expect(body).toMatchObject({ refused: 1, changed: 0 })
  const closed = await moves('closed')
  const tags = { kind: 'tag', tag: newId() }
  await Promise.all([
    owner.call('POST', bulks, { ids, change: spam }),
    owner.call('POST', bulks, { ids, change: tags }),
  ])
  const id = (await newest())!
  await Promise.all([work(id), work(id), work(id)])
  expect(await read(id)).toMatchObject({ changed: many, refused: 0 })
  for (const [each, times] of await moves('closed')) expect(times - (closed.get(each) ?? 0)).toBe(1)
}, 150_000)
