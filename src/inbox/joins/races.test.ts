// What is said while people put conversations together, take them apart and put up walls: it is stored once, where it belongs, and nobody is refused for it.

import { expect, test } from 'vitest'
import type { Said } from '../../connectors/converse.ts'
import { retried } from '../../db/retry.ts'
import { mulberry32 } from '../../lib/mulberry.ts'
import { keep, owner, useInbox, world } from '../ground.testing.ts'
import { expectSound, hold, placesOfMessages, untilWaiting } from '../races.testing.ts'
import { minute, saidOf, saying, start } from '../said.testing.ts'

const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const by = (id: string) => ({ id, handle: id, name: id, url: null, followers: null })
let count = 0

useInbox(async () => {})

/** A conversation that somebody begins with this message; answers its id. */
async function begin(id: string, author: string): Promise<string> {
  await keep([saying(saidOf(id, { author: by(author), at: at(++count) }))])
  return (await placesOfMessages()).get(id)!
}

const more = (id: string, replyTo: string, author: string, change: Partial<Said> = {}) =>
  keep([saying(saidOf(id, { author: by(author), at: at(++count), replyTo, ...change }))])

const merge = (into: string, from: string) => owner.call('POST', `/orgs/{org}/conversations/${into}/merge`, { from })
const undo = (id: string) => owner.call('POST', `/orgs/{org}/conversation-joins/${id}/undo`)

test('what is said while its conversation becomes part of another stands in the other', async () => {
  const [first, second] = [await begin('a1', 'ann'), await begin('a2', 'ann')]
  // Storing looks up where it belongs, and then waits here.
  const release = await hold("select 1 from contact_identities where remote_id = 'ann' for no key update", [])
  const stored = more('a3', 'a2', 'ann')
  await untilWaiting(1)
  expect((await merge(first, second)).status).toBe(201)
  await release()
  await stored
  expect((await placesOfMessages()).get('a3')).toBe(first)
  const shown = await owner.call('GET', `/orgs/{org}/conversations/${second}`)
  expect(shown.body).toMatchObject({ state: 'closed', messages: 0, goesOnIn: first })
  await expectSound()
})

test('a wall that comes up while conversations of its department are put together waits for them', async () => {
  const { id: department } = (await owner.call('POST', '/orgs/{org}/departments', { name: 'HR' })).body
  const ids = [await begin('w1', 'wim'), await begin('w2', 'wim')]
  for (const id of ids)
    await owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: department, note: '' })
  const release = await hold("select 1 from messages where remote_id = 'w2' for update", [])
  const merged = merge(ids[0]!, ids[1]!)
  await untilWaiting(1)
  const walled = owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: true })
  await untilWaiting(2)
  await release()
  expect([(await merged).status, (await walled).status]).toEqual([201, 200])
  expect((await owner.call('GET', `/orgs/{org}/conversations/${ids[0]}`)).status).toBe(404)
  await owner.call('PUT', `/orgs/{org}/departments/${department}/wall`, { walled: false })
})

test('walls go up and down while conversations are handed over to and fro', async () => {
  const made = await Promise.all(
    ['Service', 'Legal'].map((name) => owner.call('POST', '/orgs/{org}/departments', { name })),
  )
  const departments = made.map(({ body }) => body.id as string)
  const ids = [await begin('h1', 'hal'), await begin('h2', 'hen'), await begin('h3', 'hob')]
  const statuses: number[] = []
  for (let round = 0; round < 8; round++) {
    const target = departments[round % 2]
    const handed = ids.map((id) =>
      owner.call('POST', `/orgs/{org}/conversations/${id}/assign`, { departmentId: target, note: `Round ${round}` }),
    )
    const walls = departments.map((id) =>
      owner.call('PUT', `/orgs/{org}/departments/${id}/wall`, { walled: round % 3 === 0 }),
    )
    const said = retried(() => more(`h1-${round}`, 'h1', 'hal'))
    statuses.push(...(await Promise.all([...handed, ...walls])).map(({ status }) => status))
    await said
  }
  // 404: it stands behind a wall by then; 409: it goes to and fro.
  expect(statuses.filter((status) => ![200, 404, 409].includes(status))).toEqual([])
  for (const id of departments) await owner.call('PUT', `/orgs/{org}/departments/${id}/wall`, { walled: false })
  await expectSound()
})

test('seeded: merged, taken apart, divided and undone by several while more comes in', {
  timeout: 120_000,
}, async () => {
  const random = mulberry32(7)
  const draw = <T>(from: readonly T[]): T => from[Math.floor((random() / 2 ** 32) * from.length)]!
  const ids = await Promise.all([1, 2, 3, 4].map((each) => begin(`s${each}`, 'sue')))
  const chat = { isPrivate: true, kind: 'message', thread: 'chat', root: null, replyTo: null, about: null } as const
  await keep([1, 2, 3].map((each) => saying(saidOf(`c${each}`, { ...chat, author: by('sue'), at: at(++count) }))))
  const heard = ['s1', 's2', 's3', 's4']
  let told = 7
  const joins: string[] = []
  const parts = new Set([...ids, (await placesOfMessages()).get('c1')!])
  const messagesOf = async (id: string): Promise<{ id: string }[]> =>
    (await owner.call('GET', `/orgs/{org}/conversations/${id}/messages`)).body.items ?? []
  const person = async () => {
    const kind = draw(['merge', 'merge', 'undo', 'split'] as const)
    if (kind === 'undo') return joins.length > 0 ? undo(draw(joins)) : null
    if (kind === 'merge') return merge(draw([...parts]), draw([...parts]))
    const id = draw([...parts])
    const messages = await messagesOf(id)
    if (messages.length === 0) return null
    const what = draw(['onward', 'one'] as const)
    return owner.call('POST', `/orgs/{org}/conversations/${id}/split`, { messageId: draw(messages).id, what })
  }
  for (let round = 0; round < 30; round++) {
    const arriving = Array.from({ length: 2 }, () => {
      const id = `r${round}-${told++}`
      const said =
        draw([0, 1]) === 0
          ? saidOf(id, { author: by('sue'), at: at(++count), replyTo: draw(heard) })
          : saidOf(id, { ...chat, author: by('sue'), at: at(++count) })
      if (!said.isPrivate) heard.push(id)
      return saying(said)
    })
    const [answers] = await Promise.all([
      Promise.all([person(), person(), person()]),
      // One reader stores one lot after the other.
      (async () => {
        for (const each of arriving) await retried(() => keep([each]))
      })(),
    ])
    for (const answer of answers) {
      if (answer === null) continue
      expect([200, 201, 409], JSON.stringify(answer.body)).toContain(answer.status)
      if (answer.status === 409) continue
      joins.push(answer.body.id)
      for (const part of [answer.body.from, answer.body.into]) parts.add(part.id)
    }
    await expectSound()
  }
  expect((await placesOfMessages()).size).toBeGreaterThanOrEqual(told)
  expect(joins.length).toBeGreaterThan(10)
  expect(world.logged.filter(({ message }) => /unexpected/i.test(message))).toEqual([])
})
