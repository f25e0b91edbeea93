// Things that happen at the same moment: two saves, and people who stop a post while delivery takes it.

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { asSystem, inOrg } from '../../src/db/tx.ts'
import { record } from '../../src/events/actions.ts'
import type { Answer } from '../world/app.ts'
import {
  expectWell,
  newPost,
  type Person,
  type Running,
  refusal,
  scheduled,
  startRunning,
  stateOf,
  textOf,
  there,
  untilState,
} from './world.ts'

let running: Running
let owner: Person
let account: string
beforeAll(async () => {
  running = await startRunning()
  owner = await running.as('owner')
  account = (await running.connect(owner)).id
})
afterEach(async () => {
  await running.stopWork()
  await expectWell(running)
})
afterAll(() => running.close())

const act = (id: string, action: string, body?: object) => owner.call('POST', `/orgs/{org}/posts/${id}/${action}`, body)

/** Everything is decided and nothing more will move by itself. */
async function untilStill(): Promise<void> {
  await expect
    .poll(
      () =>
        asSystem(running.app.services.db, (tx) =>
          tx.selectFrom('variants').select('id').where('wake_at', 'is not', null).execute(),
        ),
      { timeout: 20_000, interval: 50 },
    )
    .toEqual([])
}

test('of two saves at the same moment one wins and the other is told; no words are mixed', async () => {
  for (let round = 0; round < 30; round++) {
    const post = await newPost(owner, [account], textOf('before'))
    const save = (text: string) =>
      owner.call('PATCH', `/orgs/{org}/posts/${post.id}`, { revision: post.revision, content: textOf(text) })
    const answers = await Promise.all([save('one'), save('two'), save('three')])
    const won = answers.filter(({ status }) => status === 200)
    expect(won).toHaveLength(1)
    for (const lost of answers.filter((answer) => answer !== won[0]))
      expect(refusal(lost)).toEqual([409, 'edited-elsewhere', 'revision'])
    const now = (await owner.call('GET', `/orgs/{org}/posts/${post.id}`)).body
    expect(now).toMatchObject({ revision: post.revision + 1, content: won[0]!.body.content })
  }
})

test('the same request with the same key at the same moment begins one post', async () => {
  const key = crypto.randomUUID()
  const begin = () =>
    owner.call('POST', '/orgs/{org}/posts', { content: textOf('keyed race'), variants: [] }, { 'idempotency-key': key })
  const answers = await Promise.all(Array.from({ length: 8 }, begin))
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
  expect(ids.size).toBe(1)
  for (const answer of answers.filter(({ status }) => status !== 201))
    expect(refusal(answer).slice(0, 2)).toEqual([409, 'idempotency-key-in-use'])
})

describe('a person who stops a post while delivery takes it', () => {
  /** Posts that are due now, with a worker already looking for them, and somebody who acts after a few milliseconds. */
  async function race(name: string, action: (id: string, round: number) => Promise<Answer>, length = 60) {
    running.work()
    running.work()
    const rounds = await Promise.all(
      Array.from({ length }, async (_, round) => {
        const text = `${name} ${round} ${crypto.randomUUID()}`
        const post = await scheduled(owner, account, text)
        await new Promise((resolve) => setTimeout(resolve, (round * 7) % 40))
        return { text, post, answer: await action(post.id, round) }
      }),
    )
    return rounds
  }

  test.each([
    ['hold', 'held'],
    ['cancel', 'cancelled'],
    ['unschedule', 'draft'],
  ])('%s: where it was granted nothing goes out, ever; where not, it went out once', async (action, state) => {
    const rounds = await race(action, (id) => act(id, action, action === 'unschedule' ? undefined : { reason: 'stop' }))
    await untilStill()
    for (const { text, post, answer } of rounds) {
      expect([200, 409]).toContain(answer.status)
      expect(there(running, text)).toHaveLength(answer.status === 200 ? 0 : 1)
      expect(await stateOf(owner, post.id)).toBe(answer.status === 200 ? state : 'published')
    }
  })

  test('an edit: where it was granted the old words do not go out', async () => {
    const rounds = await race('edit', async (id) => {
      const { body } = await owner.call('GET', `/orgs/{org}/posts/${id}`)
      return owner.call('PATCH', `/orgs/{org}/posts/${id}`, { revision: body.revision, content: textOf('other words') })
    })
    await untilStill()
    for (const { text, answer } of rounds) {
      expect([200, 409]).toContain(answer.status)
      expect(there(running, text)).toHaveLength(answer.status === 200 ? 0 : 1)
    }
    expect(there(running, 'other words')).toEqual([])
  })

  test('hold, release, cancel and schedule in any order by several people end in one of their states, sent at most once', async () => {
    const others = await Promise.all([running.as('manager'), running.as('admin')])
    const actions = ['hold', 'release', 'schedule', 'unschedule', 'hold', 'release', 'cancel', 'schedule']
    const rounds = await race(
      'mixed',
      async (id, round) => {
        const many = [owner, ...others].flatMap((person, who) =>
          actions.map((_, step) => {
            const action = actions[(step * (who + 1) + round) % actions.length]!
            const body = action === 'schedule' ? { when: { kind: 'now' } } : undefined
            return person.call('POST', `/orgs/{org}/posts/${id}/${action}`, body)
          }),
        )
        const answers = await Promise.all(many)
        return answers.find(({ status }) => ![200, 409, 422].includes(status)) ?? answers[0]!
      },
      15,
    )
    await untilStill()
    for (const { text, post, answer } of rounds) {
      expect([200, 409, 422]).toContain(answer.status)
      const state = await stateOf(owner, post.id)
      expect(['held', 'cancelled', 'draft', 'published']).toContain(state)
      expect(there(running, text)).toHaveLength(state === 'published' ? 1 : 0)
    }
  })
})

test('an account disconnected in the middle of delivery leaves every post published once or parked', async () => {
  const { id } = await running.connect(owner)
  const posts = await Promise.all(
    Array.from({ length: 30 }, async (_, round) => {
      const text = `disconnect ${round} ${crypto.randomUUID()}`
      return { text, post: await scheduled(owner, id, text) }
    }),
  )
  running.work()
  await expect.poll(() => posts.some(({ text }) => there(running, text).length > 0), { timeout: 10_000 }).toBe(true)
  expect((await owner.call('DELETE', `/orgs/{org}/accounts/${id}`)).status).toBe(200)
  for (const { text, post } of posts) {
    await untilState(owner, post.id, 'published', 'parked')
    expect(there(running, text)).toHaveLength((await stateOf(owner, post.id)) === 'published' ? 1 : 0)
  }
})

test('whoever adds a topic waits for the log and holds up nobody who writes there', async () => {
  const { db } = running.app.services
  const waiting = async () => {
    const { rows } = await running.app.database.owner.query<{ count: number }>(
      "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rows[0]!.count
  }
  const { orgId } = owner
  let added: Promise<Answer> | undefined
  await inOrg(db, orgId, async (tx) => {
    await tx.selectFrom('event_heads').select('seq').where('org_id', '=', orgId).forUpdate().execute()
    added = owner.call('POST', '/orgs/{org}/topics', { name: 'Rain wear', kind: 'industry', query: 'jacket' })
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1)
    // An event refers to the organisation, which whoever adds a topic has locked.
    const event = { verb: 'account.checked', subject: { kind: 'account', id: account }, facts: {} }
    await record(tx, orgId, { kind: 'system', id: null }, new Date(), event)
  })
  expect((await added)?.status).toBe(201)
})
