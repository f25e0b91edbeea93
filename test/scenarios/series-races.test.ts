// Series while two do something at the same moment: nothing that a person wrote is lost, and nothing is made twice.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { asSystem, inOrg, type Tx } from '../../src/db/tx.ts'
import { saveWords } from '../../src/publishing/write-post.ts'
import { type SeriesWorld, seriesWords, startSeriesWorld, text, zone } from './series-world.ts'
import { newPost, type Person, type Running, refusal, scheduled, stateOf, textOf } from './world.ts'

let world: SeriesWorld
let running: Running
let lead: Person
let account: { id: string }
const { begin, inDays, made, make, now, postOf } = seriesWords(() => world)

beforeAll(async () => {
  world = await startSeriesWorld()
  ;({ running, lead, account } = world)
}, 180_000)
afterAll(() => running?.close())

/** Runs `work` in a transaction, then `other` until it waits for a lock of it; only then the first one ends. */
async function whileOpen<T>(work: (tx: Tx) => Promise<unknown>, other: () => Promise<T>): Promise<T> {
  const { db } = running.app.services
  let begun: Promise<T> | undefined
  await inOrg(db, lead.orgId, async (tx) => {
    await work(tx)
    begun = other()
    await expect.poll(waiting, { timeout: 10_000, interval: 20 }).toBeGreaterThan(0)
  })
  return begun!
}

async function waiting(): Promise<number> {
  const { rows } = await running.app.database.owner.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows[0]!.count
}

/** As the editor saves it, in a transaction that is still open. */
const editing = (postId: string, words: string) => async (tx: Tx) => {
  const { revision } = await postOf(postId)
  const caller = {
    ...lead,
    role: 'manager' as const,
    actor: { kind: 'member' as const, id: lead.memberId },
    scopes: null,
  }
  await saveWords(tx, caller, { id: postId, revision, content: { segments: [{ text: words, media: [] }] } }, now())
}

test('two who repeat one post begin one series', async () => {
  const post = await newPost(lead, [account.id], textOf(text('Pressed twice')))
  for (const isScheduled of [false, true]) {
    const input = { postId: post.id, rule: 'FREQ=DAILY;COUNT=3', wall: inDays(1), zone, scheduled: isScheduled }
    const answers = await Promise.all(Array.from({ length: 6 }, () => lead.call('POST', '/orgs/{org}/series', input)))
    const began = answers.filter(({ status }) => status === 201)
    expect(began.length).toBe(isScheduled ? 0 : 1)
    for (const answer of answers.filter(({ status }) => status !== 201))
      expect(refusal(answer)).toEqual([409, 'already-repeats', 'postId'])
  }
  const all = (await lead.call('GET', '/orgs/{org}/series')).body
  expect(all.filter(({ summary }: { summary: string }) => summary === post.summary).length).toBe(1)
})

test('words that are being written as a series pauses stay, and stand for themselves', async () => {
  const { id } = await begin(text('Interrupted'), 'FREQ=DAILY;COUNT=3', inDays(2))
  await make()
  const [, second] = await made(id)
  const paused = await whileOpen(editing(second!.postId!, 'My own words'), () =>
    lead.call('POST', `/orgs/{org}/series/${id}/pause`, {}),
  )
  expect(paused.status, JSON.stringify(paused.body)).toBe(200)
  expect(await postOf(second!.postId!)).toMatchObject({ summary: 'My own words', state: 'draft' })
  expect((await made(id)).map(({ wall, detached }) => [wall, detached])).toEqual([[second!.wall, true]])
})

test('words that are being written as occurrences are scheduled wait for the person', async () => {
  const { id } = await begin(text('Unfinished'), 'FREQ=DAILY;COUNT=3', inDays(2))
  await make()
  const [, second] = await made(id)
  // As a worker leaves it that died between making and scheduling.
  await asSystem(running.app.services.db, async (tx) => {
    await tx.updateTable('occurrences').set({ settled_at: null }).where('post_id', '=', second!.postId).execute()
    await tx
      .updateTable('variants')
      .set({ state: 'draft', wake_at: null })
      .where('post_id', '=', second!.postId!)
      .execute()
    await tx.updateTable('series').set({ make_at: now(), lease_until: null }).where('id', '=', id).execute()
  })
  await whileOpen(editing(second!.postId!, 'Half a sen'), make)
  expect(await postOf(second!.postId!)).toMatchObject({ summary: 'Half a sen', state: 'draft' })
})

test('a series of drafts begins with a draft; what waits for its time keeps it', async () => {
  const post = await scheduled(lead, account.id, text('Waits'), { kind: 'at', wall: inDays(5, '12:00'), zone })
  const input = { postId: post.id, rule: 'FREQ=DAILY;COUNT=3', wall: inDays(1), zone, scheduled: false }
  expect(refusal(await lead.call('POST', '/orgs/{org}/series', input))).toEqual([409, 'not-a-draft', undefined])
  expect(await postOf(post.id)).toMatchObject({ dueWall: inDays(5, '12:00'), state: 'scheduled' })
  expect(await stateOf(lead, post.id)).toBe('scheduled')
})

test('a department that is removed takes no series with it', async () => {
  const owner = await running.as('owner')
  const department = (await owner.call('POST', '/orgs/{org}/departments', { name: `Events ${crypto.randomUUID()}` }))
    .body
  const post = await newPost(lead, [account.id], textOf(text('Of a department')))
  const belongs = await lead.call('PATCH', `/orgs/{org}/posts/${post.id}/belonging`, { departmentId: department.id })
  expect(belongs.status).toBe(200)
  const input = { postId: post.id, rule: 'FREQ=DAILY;COUNT=3', wall: inDays(2), zone, scheduled: true }
  const begun = await lead.call('POST', '/orgs/{org}/series', input)
  expect((await owner.call('DELETE', `/orgs/{org}/departments/${department.id}`)).status).toBe(200)
  await make()
  const some = await made(begun.body.id)
  expect(some.map(({ state }) => state)).toEqual(['scheduled', 'scheduled', 'scheduled'])
  expect((await postOf(some[2]!.postId!)).belonging.departmentId).toBeNull()
})

test('where nobody is left on whose behalf a series is made, those who run the organisation learn of it', async () => {
  const owner = await running.as('owner')
  const manager = await running.as('manager')
  await begin(text('Left alone'), 'FREQ=DAILY;COUNT=3', inDays(1), {}, manager)
  expect((await owner.call('DELETE', `/orgs/{org}/members/${manager.memberId}`)).status).toBe(200)
  await make()
  const { items } = (await owner.call('GET', '/orgs/{org}/notifications')).body
  expect(items.map(({ kind }: { kind: string }) => kind)).toContain('series-trouble')
})
