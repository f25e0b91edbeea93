// Words that were said before: told with the reason, refused only where exactly they go to the same account again within a day.

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aDraft, anOrganisation, aPracticeAccount } from '../../../test/world/practice.ts'
import { asSystem } from '../../db/tx.ts'
import { newId } from '../../lib/ids.ts'
import { type Ground, prepareGround } from '../ground.testing.ts'
import { schedulePost, unschedulePost } from '../schedule-post.ts'
import { removePost } from '../stop-post.ts'
import { wallOf } from '../times.ts'
import { createPost } from '../write-post.ts'
import { forgetOldMarks, similarTo } from './guard.ts'
import { keptMarks, marksToKeep, saidOf } from './rules.ts'

const hourMs = 3_600_000
let ground: Ground
let second: string

beforeAll(async () => {
  ground = await prepareGround()
  second = await aPracticeAccount(ground.services, ground.caller, ground.network, ground.faults.url)
})
afterAll(() => ground.close())

async function written(text: string, accountId = ground.account): Promise<string> {
  const variants = [{ accountId, content: null }]
  return (await createPost(ground.services, ground.caller, { content: aDraft(text), variants })).id
}

const inWall = (hours: number) => wallOf(new Date(Date.now() + ground.moved.ms + hours * hourMs), 'UTC')

const plan = (id: string, hours: number, sameTextAgain = false) => {
  const wall = inWall(hours)
  return schedulePost(ground.services, ground.caller, { id, when: { kind: 'at', wall, zone: 'UTC' }, sameTextAgain })
}

const factsOf = (postId: string) =>
  asSystem(ground.database.db, async (tx) => {
    const row = await tx
      .selectFrom('events')
      .select('facts')
      .where('verb', '=', 'post.scheduled')
      .where('subject_id', '=', postId)
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    return row.facts
  })

test('the same words to the same account within a day are refused, unless somebody says so; both are on record', async () => {
  const [first, again] = [
    await written('Boots, oiled and ready for snow'),
    await written('Boots, oiled and ready for snow'),
  ]
  await plan(first, 2)
  await expect(plan(again, 20)).rejects.toMatchObject({
    code: 'same-text-again',
    status: 409,
    field: 'sameTextAgain',
    params: { postId: first, accountId: ground.account },
  })
  expect(await plan(again, 20, true)).toMatchObject({ state: 'scheduled' })
  expect(await factsOf(again)).toMatchObject({ sameTextAgain: true, similarTo: [{ postId: first, likeness: 1 }] })
  expect(await factsOf(first)).not.toHaveProperty('sameTextAgain')
})

test('who moves what was repeated on purpose is not asked again, but about a new neighbour', async () => {
  const words = 'The harbour bell rings twice on purpose'
  const [first, second, third] = [await written(words), await written(words), await written(words)]
  await plan(first, 2)
  await plan(second, 20, true)
  await plan(third, 200)
  await plan(second, 21)
  await expect(plan(second, 190)).rejects.toMatchObject({ code: 'same-text-again', params: { postId: third } })
  await plan(second, 100)
  await expect(plan(second, 3)).rejects.toMatchObject({ code: 'same-text-again', params: { postId: first } })
})

test('posts that are gone stand in the way of none that is there', async () => {
  const words = 'A lantern for every skipper who comes home late in November'
  const first = await written(words)
  await plan(first, 2)
  for (let count = 0; count < 45; count++) {
    const id = await written(words)
    await plan(id, 300 + count * 30)
    await unschedulePost(ground.services, ground.caller, { id })
    if (count % 2 === 0) await removePost(ground.services, ground.caller, { id })
  }
  const told = await similarTo(ground.services, ground.caller, { id: await written(words) })
  expect(told.map(({ postId }) => postId)).toEqual([first])
})

test('later than a day, on another account, or with another picture they are only warned of', async () => {
  const text = 'Two ferries a day until spring, and a third on market days'
  const first = await written(text)
  await plan(first, 2)
  await plan(await written(text), 27)
  await plan(await written(text, second), 2)
  const told = await similarTo(ground.services, ground.caller, { id: await written(text, second), at: at(60) })
  expect(told).toHaveLength(3)
  expect(told.every(({ likeness, again }) => likeness === 1 && !again)).toBe(true)
  expect(told[0]!.same[0]).toBe('Two ferries a day until spring and a third on market days')
})

const at = (hours: number): string => new Date(Date.now() + ground.moved.ms + hours * hourMs).toISOString()

test('moving a post never meets itself, and a draft or a cancelled post counts for nothing', async () => {
  const id = await written('A bench with a view, and nobody on it')
  await plan(id, 2)
  await plan(id, 3)
  await written('A bench with a view, and nobody on it')
  expect(await similarTo(ground.services, ground.caller, { id })).toEqual([])
})

test('a text without words, such as a picture alone, is like nothing', async () => {
  await plan(await written('https://example.org/#only #links'), 2)
  const told = await similarTo(ground.services, ground.caller, {
    id: await written('https://example.org/#only #links'),
  })
  expect(told.filter(({ likeness }) => likeness >= 0.6 && likeness < 1)).toEqual([])
})

test('two people who schedule the same words at one moment: one of them is asked', async () => {
  const ids = await Promise.all(Array.from({ length: 4 }, () => written('Four hands on one button')))
  const done = await Promise.allSettled(ids.map((id) => plan(id, 2)))
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const each of done)
    if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'same-text-again' })
})

test('another organisation is never told of our words', async () => {
  await plan(await written('What only we say, and only to our own readers here'), 2)
  const stranger = await anOrganisation(ground.database.db, 'Strangers')
  const account = await aPracticeAccount(ground.services, stranger, ground.network, ground.faults.url)
  const { id } = await createPost(ground.services, stranger, {
    content: aDraft('What only we say, and only to our own readers here'),
    variants: [{ accountId: account, content: null }],
  })
  expect(await similarTo(ground.services, stranger, { id })).toEqual([])
})

test('among 5,000 posts the similar ones are found by their marks', { timeout: 120_000 }, async () => {
  await fill(5000)
  const text = 'Walk the ridge with our guides: twelve kilometres, two ferries, one very good bakery number 77'
  const id = await written(text)
  const took: number[] = []
  for (let round = 0; round < 20; round++) {
    const begun = performance.now()
    const told = await similarTo(ground.services, ground.caller, { id })
    took.push(performance.now() - begun)
    expect(told).toHaveLength(5)
    expect(told.every(({ likeness }) => likeness >= 0.6)).toBe(true)
  }
  took.sort((a, b) => a - b)
  const read = await rowsRead(text)
  console.info(
    `similar posts among 5,000: median ${took[10]!.toFixed(1)} ms, longest ${took[19]!.toFixed(1)} ms; ${read}`,
  )
  ground.moved.ms += 200 * 24 * hourMs
  expect(await forgetOldMarks(ground.services)).toBeGreaterThan(5000)
  ground.moved.ms = 0
})

const places = ['ridge', 'harbour', 'glacier', 'forest', 'lighthouse', 'valley', 'dunes', 'moor', 'canyon', 'island']
const things = ['boots', 'ropes', 'maps', 'tents', 'stoves', 'jackets', 'skis', 'kayaks', 'lamps', 'packs']

/** Published posts of the last 80 days, as scheduling leaves them; every tenth is like the one that is asked about. */
async function fill(count: number): Promise<void> {
  const { orgId, memberId } = ground.caller
  const rows = Array.from({ length: count }, (_, index) => {
    const [place, thing] = [places[index % 10]!, things[Math.floor(index / 10) % 10]!]
    const text =
      index % 10 === 0
        ? `Walk the ${place} with our guides: twelve kilometres, two ferries, one very good bakery number ${index}`
        : `Story ${index} of the ${place}: what ${thing} number ${index * 7} taught the people of house ${index % 97} about ${things[index % 7]}`
    return { id: newId(), variant: newId(), text, minutes: (index * 23) % 115_000 }
  })
  await asSystem(ground.database.db, async (tx) => {
    for (let from = 0; from < count; from += 500) {
      const some = rows.slice(from, from + 500)
      await sql`insert into posts (org_id, id, content, summary, state, created_by, updated_by)
        select ${orgId}, id, jsonb_build_object('segments', jsonb_build_array(jsonb_build_object('text', text, 'media', '[]'::jsonb))), left(text, 100),
          'published', ${memberId}, ${memberId} from unnest(${some.map((r) => r.id)}::uuid[], ${some.map((r) => r.text)}::text[]) r (id, text)`.execute(
        tx,
      )
      await sql`insert into variants (org_id, id, post_id, account_id, state, published_at)
        select ${orgId}, variant, post, ${ground.account}, 'published', now() - make_interval(mins => minutes)
        from unnest(${some.map((r) => r.variant)}::uuid[], ${some.map((r) => r.id)}::uuid[], ${some.map((r) => r.minutes)}::int[]) r (variant, post, minutes)`.execute(
        tx,
      )
      const marks = some.flatMap((r) => marksToKeep(saidOf(r.text)).map((mark) => [mark, r.id] as const))
      await sql`insert into post_marks (org_id, mark, post_id) select ${orgId}, mark, post
        from unnest(${marks.map(([mark]) => mark)}::int[], ${marks.map(([, post]) => post)}::uuid[]) m (mark, post)`.execute(
        tx,
      )
    }
  })
  await ground.database.owner.query('analyze')
}

/** How many marks there are, and how many of them a question touches at most. */
async function rowsRead(text: string): Promise<string> {
  const { rows } = await ground.database.owner.query<{ count: string }>('select count(*) from post_marks')
  return `${rows[0]!.count} marks kept (at most ${keptMarks} a text), ${marksToKeep(saidOf(text)).length} sought`
}
